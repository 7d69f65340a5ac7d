"""Stories of more time: once, on a lawful ground, by a notice that leaves before the due instant."""

from datetime import date, timedelta

from domain.determination.clock_acts import Extend
from domain.parts.events import EventKind
from tests.builders import a_line, a_request, at

CAUSE = {"ground": "beyond_control"}
MEMBER_ASKS = {"ground": "enrollee_asks", "asked_by": "member"}


async def test_puerto_rico_extends_once_on_the_last_day_and_not_the_day_after(plan):
    request = a_request(plan="mcs-life", received_at=at("2037-09-10 10:00 AST"))
    in_time, too_late = await plan.submit(request), await plan.submit(request)
    assert (await in_time.sheet()).shown.due_at == at("2037-09-25 23:59:59 AST")

    await in_time.let_pass(until=at("2037-09-25 10:00 AST"))
    escalated = len(await in_time.events(EventKind.ESCALATED))
    assert escalated == 3
    await in_time.does("sup-diaz", Extend, until=date(2037, 10, 10), **CAUSE)
    assert (await in_time.sheet()).shown.due_at == at("2037-10-10 23:59:59 AST")
    member, _ = plan.letters(in_time, "extension")
    assert member.facts["until"] == "2037-10-10"
    assert "once" in await in_time.is_refused("sup-diaz", Extend, until=date(2037, 10, 20), **CAUSE)

    await too_late.let_pass(until=at("2037-09-26 09:00 AST"))
    assert "too late" in await too_late.is_refused("sup-diaz", Extend, until=date(2037, 10, 10), **CAUSE)
    assert "breach" in (await too_late.sheet()).flags

    # the rungs are set again for the longer time, and the new date is kept
    await in_time.let_pass(until=at("2037-10-11 00:00:05 AST"))
    rungs = [event.details["rung"] for event in await in_time.events(EventKind.ESCALATED)]
    assert rungs == ["half", "three_quarters", "nine_tenths"] * 2
    [breach] = await in_time.events(EventKind.BREACHED)
    assert breach.at == at("2037-10-11 00:00:00 AST")


async def test_medicare_advantage_extends_by_fourteen_days_at_most_and_never_for_a_part_b_drug(plan):
    lines = [a_line(1, "72148"), a_line(2, "J9271")]
    case = await plan.submit(a_request(lines=lines, received_at=at("2037-03-02 10:00 AST")))
    assert "knows" in await case.is_refused("rn-rivera", Extend, until=date(2037, 3, 20), **CAUSE)
    refusal = await case.is_refused("rn-rivera", Extend, until=date(2037, 3, 24), **MEMBER_ASKS)
    assert "at most Mon 23 Mar 2037" in refusal
    assert "may not extend" in await case.is_refused(
        "ic-santos", Extend, until=date(2037, 3, 20), **MEMBER_ASKS
    )

    await case.does("rn-rivera", Extend, until=date(2037, 3, 23), **MEMBER_ASKS)
    due = {clock.line: clock.due_at for clock in (await case.sheet()).shown.clocks}
    assert due == {1: at("2037-03-23 23:59:59 AST"), 2: at("2037-03-05 10:00 AST")}


async def test_an_extension_whose_notice_leaves_too_late_is_void_and_the_breach_stays(plan):
    case = await plan.submit(a_request(plan="mcs-life", received_at=at("2037-09-10 10:00 AST")))
    await case.let_pass(until=at("2037-09-25 23:59:57 AST"))
    plan.post.down = True
    await case.does("sup-diaz", Extend, until=date(2037, 10, 10), **CAUSE)
    await case.let_pass(timedelta(seconds=5))
    plan.post.down = False
    await case.let_pass(timedelta(seconds=30))
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-09-25 23:59:59 AST")
    assert len(await case.events(EventKind.BREACHED)) == 1
    assert not await case.events(EventKind.BREACH_REMOVED)
    [extended] = await case.events(EventKind.EXTENDED)
    assert "void" in extended.words
