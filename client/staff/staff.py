"""Who is there, who is away, and who covers: `plazo staff list | absent | back`."""

import json
from typing import Annotated

from cyclopts import Parameter

from activities.desk.absences import Absences
from client.reach.batching import Which, say_to_many
from client.reach.cases import cases
from client.staff.absences import absence_of, all_away, earliest_today, today
from client.terminal.options import Acting, Common
from client.terminal.reading import build, day
from config.access.staff import everybody, person
from config.console import ConsoleWords
from domain.case.authority import require
from domain.desk.absence_acts import Absent, Returned
from domain.parts.absence import Away
from domain.parts.queues import can_take_over
from domain.terms.people import Actor
from domain.terms.refusals import Misuse, Refused


async def list_(*, common: Common = Common()) -> int:
    """List the staff: who is there, who is away until when, and who covers. `plazo staff` alone does the same.

    For example:
        plazo staff list
    """
    people = everybody(common.settings.policy)
    async with cases(common.settings) as desk:
        away = await all_away(desk)
    if common.json:
        print(json.dumps([_as_json(one, away) for one in people], indent=2, ensure_ascii=False))
        return 0
    rows = [(one.id, one.name, one.title, _there(one, away)) for one in people]
    ConsoleWords().rows(rows, ("id", "name", "title", "there"))
    return 0


def _theirs(one: Actor, away: tuple[Away, ...]) -> list[Away]:
    return [absence for absence in away if absence.who == one.id and not absence.is_over(today())]


def _there(one: Actor, away: tuple[Away, ...]) -> str:
    told = []
    for absence in _theirs(one, away):
        now = "away" if absence.is_on(today()) else f"there; away from {absence.from_day}"
        cover = f", {absence.cover} covers" if absence.cover else ""
        told.append(f"{now} through {absence.until}{cover}")
    return "; ".join(told) or "there"


def _as_json(one: Actor, away: tuple[Away, ...]) -> dict[str, object]:
    theirs = _theirs(one, away)
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "there": not any(absence.is_on(today()) for absence in theirs),
        "absences": [absence.model_dump(mode="json", exclude={"who", "back_on"}) for absence in theirs],
    }


async def absent(
    who: str,
    /,
    *,
    from_: Annotated[str, Parameter(name="--from")],
    until: str,
    cover: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Record that somebody is away: their open work goes to the cover, or back to its queue.

    What begins on a later day is passed on that day. Nobody gives work to somebody who is away, and no reminder
    goes to them.

    For example:
        plazo staff absent rn-rivera --from 2026-12-21 --until 2027-01-02 --cover rn-colon --as sup-diaz

    Parameters
    ----------
    who
        The person, by the id of the staff file.
    from_
        The first day.
    until
        The last day.
    cover
        Who takes their work meanwhile; somebody who may do it.
    """
    settings, actor = acting.settings, acting.actor
    require(actor, Absent.act_name)
    leaves = person(settings.policy, who)
    fields = {"who": who, "from_day": day(from_, "from"), "until": day(until, "until"), "cover": cover}
    away = build(Away, fields)
    if away.until < today():
        raise Misuse("until: that absence is over already.")
    if cover is not None:
        _refuse_who_cannot_cover(person(settings.policy, cover), leaves)
    async with cases(settings) as desk:
        known = await all_away(desk)
        if any(one.who == cover and one.overlaps(away) for one in known):
            raise Refused(f"cover: {cover} is away in that time too")
        await desk.ask(Absences.keep_absence, away)
    act = Absent(actor=actor, absence=absence_of(away, settings))
    query = Which(assignee=who).query(settings)
    return await say_to_many(
        act, query, settings, dry_run=False, as_json=acting.json, doing="Passing on work"
    )


def _refuse_who_cannot_cover(cover: Actor, leaves: Actor) -> None:
    if cover.id == leaves.id:
        raise Misuse("cover: nobody covers for themselves.")
    if not can_take_over(cover, leaves):
        raise Refused(
            f"cover: {cover.name} ({cover.title}) may not do the work of {leaves.name} ({leaves.title}); "
            "name somebody who may, or nobody, and it goes back to its queue"
        )


async def back(who: str, /, *, acting: Acting = Acting()) -> int:
    """Record that somebody is back, or does not go after all. What was passed on stays where it is.

    For example:
        plazo staff back rn-rivera --as sup-diaz

    Parameters
    ----------
    who
        The person, by the id of the staff file.
    """
    settings, actor = acting.settings, acting.actor
    require(actor, Returned.act_name)
    name = person(settings.policy, who).name
    day = earliest_today(settings)
    async with cases(settings) as desk:
        theirs = [one for one in await all_away(desk) if one.who == who and not one.is_over(day)]
        if not theirs:
            raise Refused(f"{name} is not away")
        for one in theirs:
            await desk.ask(Absences.keep_absence, one.model_copy(update={"back_on": day}))
    query = Which(assignee=who).query(settings)
    act = Returned(actor=actor, person=who)
    return await say_to_many(act, query, settings, dry_run=False, as_json=acting.json, doing="Telling cases")
