"""Stories of deadlines that pass in silence. Each regime says what that means; no timer denies."""

from datetime import timedelta

from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from tests.builders import a_request, at, criteria_of

CLAUSE, *_ = criteria_of("72148")


async def window_of(case):
    [window] = [one for one in (await case.explanation()).clocks if one.clock == "appeal window"]
    return window


async def a_case_of_silence(plan):
    """Medicare Advantage: no notice by the due date is itself adverse, and nothing limits the appeal."""
    case = await plan.submit(a_request(received_at=at("2037-04-20 10:00 AST")))
    await case.let_pass(until=at("2037-04-28 00:00:05 AST"))
    sheet = await case.sheet()
    [breach] = await case.events(EventKind.BREACHED)
    assert (breach.at, breach.details["effect"]) == (at("2037-04-28 00:00:00 AST"), "adverse_by_law")
    assert sheet.shown.lines[0].outcome is None
    assert sheet.shown.status.code == "A4"
    assert (await window_of(case)).due_at is None
    return case


async def test_in_medicare_advantage_silence_may_be_appealed_without_end_until_a_late_denial(plan):
    case = await a_case_of_silence(plan)
    await case.let_pass(until=at("2037-09-01 10:00 AST"))  # 127 days later
    assert (await window_of(case)).due_at is None
    assert len(plan.letters(case, "missed_deadline")) == 2

    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=CLAUSE)
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A3"
    assert (await window_of(case)).due_at == at("2037-11-05 23:59:59 AST")
    await case.let_pass(until=at("2037-11-06 00:00:05 AST"))
    assert await case.closed_as() == "appeal window ended"


async def test_a_late_approval_leaves_nothing_to_appeal(plan):
    case = await a_case_of_silence(plan)
    await case.let_pass(timedelta(days=3))
    await case.does("rn-rivera", Approve)
    assert (await case.sheet()).shown.status.code == "A1"
    await case.let_pass(timedelta(days=3))
    assert await case.closed_as() == "certified in total"


async def test_in_medicaid_the_notice_of_silence_goes_before_midnight_and_starts_the_time_to_appeal(plan):
    case = await plan.submit(
        a_request(
            plan="caresource",
            service="G0299",
            order=None,
            documents=[],
            received_at=at("2037-10-28 13:00 EASTERN"),
        )
    )
    assert (await case.sheet()).shown.due_at == at("2037-11-04 23:59:59 EASTERN")

    await case.let_pass(until=at("2037-11-04 19:59 EASTERN"))
    assert not plan.letters(case, "missed_deadline")
    await case.let_pass(until=at("2037-11-04 21:00 EASTERN"))
    await case.sheet()
    member, _ = plan.letters(case, "missed_deadline")
    assert member.facts["dated"] == "2037-11-04"
    assert not await case.events(EventKind.BREACHED)
    assert (await window_of(case)).due_at == at("2038-01-03 23:59:59 EASTERN")

    await case.let_pass(until=at("2037-11-05 00:00:05 EASTERN"))
    [breach] = await case.events(EventKind.BREACHED)
    assert breach.details["effect"] == "denial_notice_owed"
    assert (await case.sheet()).shown.lines[0].outcome is None

    await case.let_pass(until=at("2038-01-04 00:00:05 EASTERN"))
    sheet = await case.sheet()
    assert await case.events(EventKind.WINDOW_ENDED)
    assert sheet.outcome is None  # the answer is still owed
    assert len(plan.letters(case, "missed_deadline")) == 2
    assert len(await case.events(EventKind.BREACHED)) == 1
