"""The counter of a story: what comes in goes the way that a clerk's command takes."""

from pathlib import Path
from typing import Any

from activities.appeals import Appeals
from activities.opening import DisputeOpening
from client.appeal.appeals import open_appeal
from client.reach.cases import Cases
from client.reach.counter import Counter
from client.reach.intake import Arrival, Opened, open_case
from config.sealing.documents import DocumentStore
from domain.appeal.request import AppealRequest
from domain.dispute.filing import Filing
from domain.request.request import Request
from tests.builders import pack, staff
from tests.world import CaseSeen, World, eventually

NOWHERE = Path("no-papers-lie-beside-it")
CLERK = staff("ic-santos")


async def brings(
    plan: World, sent: Request | AppealRequest | Filing, kind: str = "precertification"
) -> Opened:
    """What became of something that a clerk was given; time passes for its case when a story says so."""
    with plan.env.with_time_skipping_disabled():
        return await _brought(plan, sent, kind)


async def _brought(plan: World, sent: Request | AppealRequest | Filing, kind: str) -> Opened:
    desk = Cases(plan.client, plan.queue)
    match sent:
        case Request():
            store = DocumentStore(NOWHERE, plan.ring)
            return await Counter(desk, kind, plan.ring, store, CLERK, pack()).open(sent, NOWHERE)
        case AppealRequest():
            original = await desk.ask(Appeals.appealed, sent.original)
            return await open_appeal(desk, plan.ring, sent, original, CLERK)
        case Filing():
            arrival = Arrival(
                "dispute",
                sent,
                lambda number: DisputeOpening(number=number, filing=sent, may_join=True, keyed_by=CLERK),
            )
            return await open_case(desk, plan.ring, arrival)


async def opens(plan: World, sent: Any, kind: str = "precertification") -> CaseSeen:
    """The case that is made of it."""
    opened = await brings(plan, sent, kind)
    assert opened.created, opened.what_happened
    return seen(plan, opened.case)


def seen(plan: World, number: str) -> CaseSeen:
    return CaseSeen(plan, plan.client.get_workflow_handle(number, result_type=str))


async def flagged_for(case, other):
    """The page of a case, once it names the other."""

    async def names_it():
        sheet = await case.sheet()
        return sheet if any(other.number in warning for warning in sheet.warnings) else None

    sheet = await eventually(names_it)
    assert "possible_duplicate" in sheet.flags
    return sheet
