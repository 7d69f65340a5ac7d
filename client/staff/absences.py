"""What the register knows of people who are away, as commands and acts need it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from activities.desk.absences import Absences, AbsencesFrom
from client.reach.cases import Cases, cases
from config.access.staff import person
from config.pack import load
from config.settings import Settings
from domain.parts.absence import Absence, Away
from domain.terms.people import Actor
from domain.terms.refusals import Misuse

A_DAY = timedelta(days=1)


def today() -> date:
    """The day at the desk; each case goes by the day of its own plan."""
    return datetime.now().astimezone().date()


def earliest_today(settings: Settings) -> date:
    """The day on whichever plan's clock is furthest behind: whoever is back by it is back in every plan's cases."""
    zones = {ZoneInfo(plan.zone) for plan in load(settings.policy).plan}
    return min(datetime.now(zone).date() for zone in zones)


async def all_away(desk: Cases) -> tuple[Away, ...]:
    """Every absence of which some plan's clock may say that it is not over."""
    yesterday = datetime.now(UTC).date() - A_DAY
    return await desk.ask(Absences.absences, AbsencesFrom(day=yesterday))


async def absences_of(settings: Settings, who: str) -> tuple[Absence, ...]:
    """What the register knows of one person, for an act that gives them work."""
    async with cases(settings) as desk:
        return tuple(absence_of(away, settings) for away in await all_away(desk) if away.who == who)


def absence_of(away: Away, settings: Settings) -> Absence:
    """An absence with its people by name; a cover whom the staff file does not know any more covers nobody."""
    until = min(away.until, away.back_on - A_DAY) if away.back_on else away.until
    return Absence(
        who=away.who,
        name=person(settings.policy, away.who).name,
        from_day=away.from_day,
        until=until,
        cover=_cover(away, settings),
    )


def _cover(away: Away, settings: Settings) -> Actor | None:
    try:
        return person(settings.policy, away.cover) if away.cover else None
    except Misuse:
        return None
