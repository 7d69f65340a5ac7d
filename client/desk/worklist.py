"""What waits: `plazo worklist`."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter
from pydantic_core import to_jsonable_python

from client.reach.cases import Cases, cases
from client.reach.own_time import own_times
from client.reach.trouble import Trouble, troubles
from client.terminal import render
from client.terminal.asking import tell
from client.terminal.last_list import keep_list
from client.terminal.options import Acting, AskedBack
from config.settings import Settings
from domain.parts.queues import QUEUE_ROLES, refuse_unknown
from domain.terms.people import Actor
from domain.terms.refusals import Misuse
from domain.view.page import Waiting

PROMISED = {
    *("case", "kind", "plan", "services", "queue", "assignee", "due_at", "urgency", "overdue", "trouble")
}


ON_A_PAGE = 200


def queues_of(actor: Actor) -> tuple[str, ...]:
    """The queues that a person's roles look after."""
    return tuple(queue for queue, role in QUEUE_ROLES.items() if role in actor.roles)


def print_waiting(rows: Sequence[Waiting]) -> None:
    print(json.dumps([to_jsonable_python(row.model_dump(include=PROMISED)) for row in rows], indent=2))


async def worklist(
    *,
    queue: Annotated[str | None, AskedBack] = None,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    page: int = 1,
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
    page
        Which page of the list.
    """
    if page < 1:
        raise Misuse("page: the first is 1.")
    if queue:
        refuse_unknown(queue)
    person = None if everything or (queue and not acting.is_named) else acting.actor
    async with cases(acting.settings) as desk:
        asked = {"everybody": everything, "skip": (page - 1) * ON_A_PAGE, "most": ON_A_PAGE + 1}
        listed = await desk.worklist(_wanted(queue, person), person, **asked)
        rows = listed[:ON_A_PAGE]
        found = await troubles(desk.client)
        rows = await on_their_own_clocks(desk, marked(rows, found), acting.settings)
    if acting.json:
        print_waiting(rows)
        return 0
    keep_list([row.case for row in rows], acting.settings)
    render.worklist(rows, datetime.now(UTC))
    if len(listed) > ON_A_PAGE:
        tell(f"There is more: --page {page + 1}.")
    for case in sorted(found.keys() - {row.case for row in rows}):
        tell(f"{case} is {found[case].as_text}")
    return 0


async def on_their_own_clocks(
    desk: Cases, rows: tuple[Waiting, ...], settings: Settings
) -> tuple[Waiting, ...]:
    """The rows as they stand where cases may be moved through time; everywhere else there is one clock."""
    times = await own_times(desk.client, (row.case for row in rows), settings)
    if not times:
        return rows
    return tuple(
        row.model_copy(update={"reckoned_at": at, "overdue": bool(row.due_at and row.due_at < at)})
        for row in rows
        for at in [times[row.case]]
    )


def marked(rows: Sequence[Waiting], found: Mapping[str, Trouble]) -> tuple[Waiting, ...]:
    """The rows of the worklist, with what keeps a case from hearing anybody."""
    told = {case: trouble.as_text for case, trouble in found.items()}
    return tuple(row.model_copy(update={"trouble": told.get(row.case)}) for row in rows)


def _wanted(queue: str | None, person: Actor | None) -> tuple[str, ...]:
    if queue:
        return (queue,)
    return queues_of(person) if person else tuple(QUEUE_ROLES)
