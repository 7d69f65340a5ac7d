"""What a shift leaves behind: `plazo late | handover`."""

from datetime import UTC, datetime, timedelta

from activities.desk.finding import FindQuestion
from client.desk.finding import ask_for, tell_found
from client.desk.worklist import on_their_own_clocks, print_waiting, queues_of
from client.reach.cases import cases
from client.reach.look import print_json
from client.terminal import render
from client.terminal.asking import tell
from client.terminal.last_list import keep_list
from client.terminal.options import Acting
from domain.parts.work import PROMISED
from domain.terms.refusals import Misuse

SOON = timedelta(days=1)


async def late(*, page: int = 1, acting: Acting = Acting()) -> int:
    """List open cases that are late, the longest first, whoever has them.

    For example:
        plazo late --as sup-diaz

    Parameters
    ----------
    page
        Which page of the answer.
    """
    if page < 1:
        raise Misuse("page: the first is 1.")
    async with cases(acting.settings) as desk:
        question = FindQuestion(wanted=(), actor=acting.actor, page=page, late_by=datetime.now(UTC))
        found = await ask_for(desk, question, acting.settings)
    if acting.json:
        return print_json(found)
    if not found.total:
        tell("Nothing is late.")
        return 0
    tell_found(found, acting.settings, page)
    return 0


async def handover(*, acting: Acting = Acting()) -> int:
    """Write what whoever comes next has to know: what you have, calls that were promised, what is late or due soon.

    It names cases and nobody. Work that you have stays yours; `plazo release` or `plazo assign` passes it on.

    For example:
        plazo handover --as rn-rivera
    """
    actor, now = acting.actor, datetime.now(UTC)
    async with cases(acting.settings) as desk:
        waiting = await desk.worklist((*queues_of(actor), "calls"), actor)
        waiting = await on_their_own_clocks(desk, waiting, acting.settings)
    soon = [row for row in waiting if row.due_at and row.due_at < (row.reckoned_at or now) + SOON]
    mine = [row for row in waiting if row.assignee == actor.id]
    promised = [row for row in waiting if row.what.endswith(PROMISED)]
    others = [row for row in soon if row not in mine and row not in promised]
    if acting.json:
        print_waiting(list(dict.fromkeys([*mine, *promised, *others])))
        return 0
    sections = {
        "With you": mine,
        "Calls that were promised": promised,
        "Late, or due within a day, with nobody": others,
    }
    keep_list([row.case for rows in sections.values() for row in rows], acting.settings)
    tell(f"Hand-over of {actor.name}, {now.astimezone():%a %-d %b %Y %H:%M %Z}")
    first = 1
    for title, rows in sections.items():
        tell(f"\n{title}: {len(rows) or 'nothing'}")
        if rows:
            render.worklist(rows, now, first)
        first += len(rows)
    return 0
