"""Cases that came out of one that had closed: it was not told of them, so Temporal is asked."""

from datetime import datetime
from typing import NamedTuple

from temporalio.client import Client

from domain.authorization.authorization import LiveAuthorization
from domain.parts.events import Event, EventKind
from domain.terms.case_number import kind_of
from domain.terms.people import SYSTEM
from domain.view.view import Sheet, Timeline
from workflows.running import attributes


class Later(NamedTuple):
    """A case that came out of another, and when it reached the plan and was opened."""

    case: str
    received_at: datetime
    opened_at: datetime


async def later_cases(client: Client, case: str) -> list[Later]:
    """Every case that names this one as the one that it came out of, the earliest first."""
    found = client.list_workflows(f"{attributes.PARENT.name} = '{case}'")
    rows = [
        Later(
            one.id, one.typed_search_attributes.get(attributes.RECEIVED_AT) or one.start_time, one.start_time
        )
        async for one in found
    ]
    others = [
        row for row in rows if kind_of(row.case) != LiveAuthorization.kind
    ]  # the case's own lines name those
    return sorted(others, key=lambda row: row.received_at)


def with_links(page: Sheet, later: list[Later]) -> Sheet:
    """The page, with links that the case itself did not live to hear of."""
    linked = tuple(dict.fromkeys([*page.shown.linked, *(one.case for one in later)]))
    return page.model_copy(update={"shown": page.shown.model_copy(update={"linked": linked})})


def with_later_events(told: Timeline, later: list[Later]) -> Timeline:
    """The timeline, with a line for each case that came out of this one after it had closed."""
    known = {str(event.details.get("case")) for event in told.events if event.kind is EventKind.LINKED}
    new = [one for one in later if one.case not in known]
    events = [
        Event(
            sequence=len(told.events) + count,
            kind=EventKind.LINKED,
            at=one.received_at,
            recorded_at=max(one.received_at, one.opened_at),
            by=str(SYSTEM),
            by_id=SYSTEM.id,
            words=f"after this case had closed: {one.case}",
            details={"case": one.case},
        )
        for count, one in enumerate(new, start=1)
    ]
    return told.model_copy(update={"events": (*told.events, *events)})
