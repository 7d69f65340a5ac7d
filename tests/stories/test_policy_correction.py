"""Stories of a policy row that was wrong: open cases are computed again, and both rows stay to be read."""

from datetime import date, timedelta

import pytest
from temporalio.exceptions import ApplicationError

from domain.clock.span import Span, Unit
from domain.correction.change_plan import CorrectPlan
from domain.desk.row_correction import CorrectDay, CorrectRow
from domain.determination.clock_acts import CorrectReceipt, Expedite
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from tests.builders import a_line, a_request, at, pack

RECEIVED = at("2037-03-02 10:00 AST")


def a_row(name="ma-standard", **changes):
    return next(row for row in pack().timeframe if row.id == name).model_copy(update=changes)


def days(length):
    return Span(length=length, unit=Unit.CALENDAR_DAYS)


def correction(**changes):
    return {"row": a_row(**changes), "pack": "0123456789ab", "reason": "misread the amendment"}


async def test_a_wrong_row_is_corrected_with_its_reason_and_what_was_no_breach_is_taken_back(plan):
    case = await plan.submit(a_request(received_at=RECEIVED))
    await case.let_pass(until=at("2037-03-10 10:00 AST"))
    assert "breach" in (await case.sheet()).flags
    nine = correction(span=days(9))
    assert "may not correct a policy row" in await case.is_refused("ic-santos", CorrectRow, **nine)
    assert "says why" in await case.is_refused("sup-diaz", CorrectRow, **nine | {"reason": ""})
    other = correction(services="unlisted")
    assert "takes a new row" in await case.is_refused("sup-diaz", CorrectRow, **other)

    said = await case.does("sup-diaz", CorrectRow, **nine)

    assert "Mon 9 Mar 2037 23:59 AST -> Wed 11 Mar 2037 23:59 AST" in said.sentence
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-03-11 23:59:59 AST")
    assert "breach" not in sheet.flags
    assert len(await case.events(EventKind.BREACHED, EventKind.BREACH_REMOVED)) == 2
    [clock, *_] = (await case.explanation()).clocks
    received, corrected = clock.steps
    assert received.due_at == at("2037-03-09 23:59:59 AST")
    assert "ma-standard allows 9 calendar days: misread the amendment" in corrected.words
    assert corrected.by == "sup-diaz"
    again = await case.does("sup-diaz", CorrectRow, **nine)
    assert "reads so already" in again.sentence
    assert len(await case.events(EventKind.CORRECTED)) == 1

    await case.let_pass(until=at("2037-03-12 00:00:05 AST"))
    assert len(await case.events(EventKind.BREACHED)) == 2, "the corrected date is kept like any other"


async def test_a_day_that_was_proclaimed_a_holiday_shows_a_breach_to_be_none(plan):
    case = await plan.submit(a_request(received_at=RECEIVED))
    two = Span(length=2, unit=Unit.BUSINESS_DAYS)
    await case.does("sup-diaz", CorrectRow, **correction(span=two))
    await case.let_pass(until=at("2037-03-05 10:00 AST"))
    assert "breach" in (await case.sheet()).flags
    mourning = {
        "day": date(2037, 3, 4),
        "closed": {"mcs-classicare": "Day of mourning"},
        "pack": "0123456789ab",
    }
    assert "may not correct a calendar day" in await case.is_refused(
        "ic-santos", CorrectDay, **mourning, reason="proclaimed"
    )

    said = await case.does("sup-diaz", CorrectDay, **mourning, reason="proclaimed on the day itself")

    assert "decision: Wed 4 Mar 2037 23:59 AST -> Thu 5 Mar 2037 23:59 AST" in said.sentence
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-03-05 23:59:59 AST")
    assert "breach" not in sheet.flags


async def test_a_row_that_no_clock_has_reached_yet_is_corrected_for_when_it_does(plan):
    case = await plan.submit(a_request(received_at=RECEIVED))
    await case.does("sup-diaz", CorrectRow, **correction(name="ma-calls", span=days(9)))
    assert (await case.sheet()).shown.due_at == at("2037-03-09 23:59:59 AST")

    await case.does("rn-rivera", Approve)

    [calls] = [one for one in (await case.sheet()).shown.clocks if one.timeframe == "ma-calls"]
    day = (await case.now()).date()
    assert (calls.due_at.date() - day).days in {9, 10}


async def test_a_case_of_another_regime_does_not_live_by_the_row(plan):
    case = await plan.submit(a_request(plan="mcs-life", received_at=RECEIVED))

    said = await case.does("sup-diaz", CorrectRow, **correction(span=days(9)))

    assert said.sentence == "does not live by ma-standard"
    assert not await case.events(EventKind.CORRECTED)


async def test_a_case_keyed_for_the_wrong_line_of_business_is_computed_again_from_its_receipt(plan):
    """Keyed as Classicare, seven days; it is MCS Life, fifteen: what was recorded as a breach was none."""
    case = await plan.submit(a_request(received_at=RECEIVED))
    await case.let_pass(until=at("2037-03-10 10:00 AST"))
    assert "breach" in (await case.sheet()).flags
    mcs_life = {"plan": "mcs-life", "reason": "the card says MCS Life"}
    assert "says why" in await case.is_refused("sup-diaz", CorrectPlan, plan="mcs-life")
    assert "already" in await case.is_refused(
        "sup-diaz", CorrectPlan, **mcs_life | {"plan": "mcs-classicare"}
    )
    with pytest.raises(ApplicationError, match="a supervisor records or confirms it"):
        await case.does("ic-santos", CorrectPlan, **mcs_life)
    with pytest.raises(ApplicationError, match="no line of business is called 'mcs-death'"):
        await case.does("sup-diaz", CorrectPlan, **mcs_life | {"plan": "mcs-death"})

    said = await case.does("sup-diaz", CorrectPlan, **mcs_life)

    assert "mcs-classicare, due Mon 9 Mar 2037 23:59 AST -> mcs-life, due Tue 17 Mar 2037" in said.sentence
    sheet = await case.sheet()
    assert (sheet.plan, sheet.shown.regime) == ("MCS Life", "puerto_rico")
    assert "breach" not in sheet.flags
    assert [clock.timeframe for clock in sheet.shown.clocks if clock.due_at] == ["pr-standard"]
    assert len(await case.events(EventKind.BREACHED, EventKind.BREACH_REMOVED)) == 2
    [clock, *_] = (await case.explanation()).clocks
    assert [step.kind for step in clock.steps] == ["received", "corrected"]
    assert "line of business corrected; pr-standard governs" in clock.steps[-1].words
    assert len(await case.events(EventKind.COVERAGE_CHECKED)) == 2, "coverage is asked of the other plan too"

    # what comes after lives by the other plan
    await case.does("sup-diaz", CorrectReceipt, received_at=at("2037-03-03 10:00 AST"), reason="fax log")
    assert (await case.sheet()).shown.due_at == at("2037-03-18 23:59:59 AST")
    await case.does("rn-rivera", Expedite, asked_by="physician")
    left = (await case.sheet()).shown.due_at - await case.now()
    assert left <= timedelta(hours=24)
    await case.does("rn-rivera", Approve)
    decided = await case.is_refused("sup-diaz", CorrectPlan, plan="mcs-classicare", reason="once more")
    assert "enter a new case with its original receipt" in decided


async def test_lines_that_the_other_plan_times_apart_get_clocks_of_their_own_and_law_and_accreditation_run(
    plan,
):
    request = a_request(received_at=RECEIVED, lines=[a_line(1, "72148"), a_line(2, "J9271")])
    case = await plan.submit(request)
    before = [clock.clock for clock in (await case.explanation()).clocks]
    assert before == ["decision line 1", "decision line 2"]

    await case.does("sup-diaz", CorrectPlan, plan="mcs-life-accredited", reason="the card says so")

    clocks = {clock.clock: clock for clock in (await case.explanation()).clocks}
    running = {name: clock.timeframe for name, clock in clocks.items() if clock.ended_at is None}
    assert running == {"decision": "pr-standard", "decision ncqa": "ncqa-nonurgent"}
    assert {name for name, clock in clocks.items() if clock.ended_at} == set(before)
    assert (await case.sheet()).shown.due_at == at("2037-03-09 23:59:59 AST")
