"""What waits: `plazo worklist | next`."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter
from pydantic_core import to_jsonable_python

from client import render
from client.absences import absences_of, today
from client.cases import Cases, cases
from client.options import Acting
from domain.absence import Absence
from domain.desk import Claim
from domain.page import Waiting
from domain.people import Actor
from domain.queues import QUEUE_ROLES
from domain.refusals import Refused

PROMISED = {"case", "kind", "queue", "assignee", "due_at", "urgency", "overdue"}


def queues_of(actor: Actor) -> tuple[str, ...]:
    """The queues that a person's roles look after."""
    return tuple(queue for queue, role in QUEUE_ROLES.items() if role in actor.roles)


def _print_json(rows: Sequence[Waiting]) -> None:
    print(json.dumps([to_jsonable_python(row.model_dump(include=PROMISED)) for row in rows], indent=2))


async def worklist(
    *,
    queue: str | None = None,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """List what waits for you and in your queues, by time left, with why each waits.

    For example:
        plazo worklist --as rn-rivera

    Parameters
    ----------
    queue
        Another queue instead of your own.
    everything
        All queues and everybody's work.
    """
    person = None if everything or (queue and not acting.is_named) else acting.actor
    async with cases(acting.settings) as desk:
        rows = await desk.worklist(_wanted(queue, person), None if everything else person)
    if acting.json:
        _print_json(rows)
        return 0
    render.worklist(rows, datetime.now(UTC))
    return 0


def _wanted(queue: str | None, person: Actor | None) -> tuple[str, ...]:
    if queue:
        return (queue,)
    return queues_of(person) if person else tuple(QUEUE_ROLES)


async def next_(*, acting: Acting = Acting()) -> int:
    """Take the most urgent piece of work that nobody has, from your queues.

    For example:
        plazo next --as rn-rivera
    """
    actor = acting.actor
    absences = await absences_of(acting.settings, actor.id)
    if away := next((one for one in absences if one.is_on(today())), None):
        raise Refused(f"{away.refusal}; `plazo staff back {away.who}` ends that")
    async with cases(acting.settings) as desk:
        taken = await _take_first_free(desk, actor, absences)
    if acting.json:
        _print_json([taken] if taken else [])
    else:
        print(f"{taken.case}: {taken.queue} is yours: {taken.what}" if taken else "Nothing waits.")
    return 0


async def _take_first_free(desk: Cases, actor: Actor, absences: tuple[Absence, ...]) -> Waiting | None:
    for row in await desk.worklist(queues_of(actor), actor):
        if row.assignee is not None:
            continue
        try:
            await desk.act(row.case, Claim(actor=actor, queue=row.queue, absences=absences))
        except Refused:
            continue  # somebody else was quicker
        return row.model_copy(update={"assignee": actor.id})
    return None
