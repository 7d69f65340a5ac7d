"""Stories of a hurricane: what people may file later, what the plan may not answer later, and what is undone."""

import asyncio
from datetime import date

import pytest

from client.reach.batching import OPEN, BatchOutcome, say
from client.reach.cases import Cases
from domain.clock.instruments import Window
from domain.desk.tolls import Toll, UndoToll
from domain.determination.decisions import Deny
from domain.parts.events import EventKind
from tests.builders import a_request, at, criteria_of, pack, staff
from tests.world import eventually

CLAUSE, *_ = criteria_of("72148")
DENIAL = {"reason_id": "criteria_not_met", "criterion": CLAUSE}
OCTOBER = date(2037, 10, 6)


def an_instrument(name="DR-2026-SAMPLE"):
    row = next(one for one in pack().instrument if one.id == name)
    days = {
        "issued_on": date(2037, 9, 15),
        "in_force_from": date(2037, 9, 15),
        "through": date(2037, 12, 31),
    }
    return row.model_copy(update=days)


def tolling(window, until, name="DR-2026-SAMPLE"):
    return {"instrument": an_instrument(name), "window": window, "until": until}


async def test_a_hurricane_moves_no_decision_clock_without_an_instrument_that_names_its_row(plan):
    """X2: the lawful route is the extension, at most to 6 October, with notice."""
    case = await plan.submit(a_request(received_at=at("2037-09-15 10:00 AST")))
    await case.let_pass(until=at("2037-09-17 09:00 AST"))

    refused = await case.is_refused("sup-diaz", Toll, **tolling(Window.DECISION, OCTOBER))

    assert "42 CFR 422.568(b)(2)(i)(C)" in refused
    assert "an extension with notice" in refused
    assert (await case.sheet()).shown.due_at == at("2037-09-22 23:59:59 AST")


async def test_a_time_to_appeal_is_held_open_once_and_let_go_again(plan):
    case = await plan.submit(a_request(received_at=at("2037-09-15 10:00 AST")))
    await case.does("md-ortiz", Deny, **DENIAL)
    await case.let_pass(until=at("2037-09-17 09:00 AST"))
    assert await window_of(case) == at("2037-11-19 23:59:59 AST")
    until = tolling(Window.FILING, date(2037, 12, 31))
    assert "may not toll" in await case.is_refused("rn-rivera", Toll, **until)
    too_long = tolling(Window.FILING, date(2038, 1, 1))
    assert "through 2037-12-31" in await case.is_refused("sup-diaz", Toll, **too_long)

    said = await case.does("sup-diaz", Toll, **until)

    assert "Thu 19 Nov 2037 23:59 AST -> Thu 31 Dec 2037 23:59 AST" in said.sentence
    assert await window_of(case) == at("2037-12-31 23:59:59 AST")
    again = await case.does("sup-diaz", Toll, **until)
    assert "already tolled under DR-2026-SAMPLE" in again.sentence
    assert len(await case.events(EventKind.TOLLED)) == 1
    [explained] = [one for one in (await case.explanation()).clocks if one.clock == "appeal window"]
    assert [step.kind for step in explained.steps] == ["received", "tolled"]
    assert explained.steps[-1].source == "DR-2026-SAMPLE"

    await case.let_pass(until=at("2037-11-25 09:00 AST"))
    assert (await case.sheet()).shown.stage == "appeal_window"
    undone = await case.does("sup-diaz", UndoToll, authority="DR-2026-SAMPLE")

    assert "ended Thu 19 Nov 2037 23:59 AST" in undone.sentence
    assert await case.closed_as() == "appeal window ended"
    *_, ended = await case.events(EventKind.WINDOW_ENDED)
    assert ended.at == at("2037-11-20 00:00:00 AST")


async def window_of(case):
    [clock] = [one for one in (await case.explanation()).clocks if one.clock == "appeal window"]
    return clock.due_at


async def test_a_normative_letter_that_names_the_row_moves_the_decision_and_undone_it_is_late(plan):
    case = await plan.submit(a_request(plan="mcs-life", received_at=at("2037-09-10 10:00 AST")))
    await case.let_pass(until=at("2037-09-26 09:00 AST"))
    assert "breach" in (await case.sheet()).flags

    await case.does("sup-diaz", Toll, **tolling(Window.DECISION, OCTOBER, "CN-2026-SAMPLE"))

    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-10-06 23:59:59 AST")
    assert "breach" not in sheet.flags
    assert len(await case.events(EventKind.BREACHED, EventKind.BREACH_REMOVED)) == 2

    undone = await case.does("sup-diaz", UndoToll, authority="CN-2026-SAMPLE")

    assert "LATE since Fri 25 Sep 2037 23:59 AST" in undone.sentence
    assert "breach" in (await case.sheet()).flags
    *_, again = await case.events(EventKind.BREACHED)
    assert again.details["lateness_seconds"] > 9 * 60 * 60


async def test_a_batch_that_is_stopped_half_way_and_run_again_tolls_each_case_once(plan):
    ours = [await plan.submit(a_request(received_at=at("2037-09-15 10:00 AST"))) for _ in range(3)]
    for case in ours[:2]:
        await case.does("md-ortiz", Deny, **DENIAL)
        await case.sheet()
    numbers = ", ".join(f"'{case.number}'" for case in ours)
    which = f"{OPEN} AND WorkflowId IN ({numbers}) AND CasePlan = 'mcs-classicare'"
    act = Toll(actor=staff("sup-diaz"), **tolling(Window.APPEAL, date(2037, 12, 31)))
    desk = Cases(plan.client, plan.queue)

    async def listed():
        return [one async for one in plan.client.list_workflows(which)][2:] or None

    async def batch(tell, *, dry_run=False):
        await say(desk, act, which, tell, dry_run=dry_run, doing="Tolling")

    await eventually(listed)  # visibility follows a little later
    lengths = [await case.length() for case in ours]
    rehearsed = []
    await batch(rehearsed.append, dry_run=True)
    assert sorted(one.outcome for one in rehearsed) == ["nothing", "would", "would"]
    assert [await case.length() for case in ours] == lengths

    def stop_at_the_first(result):
        if result.outcome is BatchOutcome.DONE:
            stopped.cancel()

    stopped = asyncio.create_task(batch(stop_at_the_first))
    with pytest.raises(asyncio.CancelledError):
        await stopped
    again, once_more = [], []
    await batch(again.append)
    await batch(once_more.append)

    assert "failed" not in {one.outcome for one in again}
    assert [one.outcome for one in once_more] == ["nothing"] * 3
    for case in ours[:2]:
        assert len(await case.events(EventKind.TOLLED)) == 1
    assert not await ours[2].events(EventKind.TOLLED)
    assert await ours[2].length() == lengths[2]
