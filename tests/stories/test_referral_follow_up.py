"""Stories of what happens between an approval and the return: coverage ends, more is asked for, a day passes."""

from datetime import timedelta

from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from domain.referral.acts import EndAuthorization, LookAgain
from domain.referral.coordination_acts import Choose
from tests.authorizations import authorization_of, extended, refused_extension
from tests.builders import at
from tests.referrals import LAKESIDE, approved, coordinated, find_unavailable, in_writing

WEEK_BEFORE = at("2037-07-06 00:00:05 AST")


async def a_lapse(plan):
    """R2: coverage ends on June 30th, the service is on July 13th."""
    case = await approved(plan)
    await coordinated(case)
    plan.directory.not_covered["MCS-0001"] = "coverage ended on 2037-06-30, before the day of service"
    await case.let_pass(until=WEEK_BEFORE)
    return case


async def test_r2_coverage_that_ends_ends_the_authorization_by_that_name_and_people_are_told_before_the_date(
    plan,
):
    case = await approved(plan)
    assert "the directory shows it" in await case.is_refused("cov-matos", EndAuthorization)
    await coordinated(case)
    plan.directory.not_covered["MCS-0001"] = "coverage ended on 2037-06-30, before the day of service"
    await case.let_pass(until=WEEK_BEFORE)
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.lines[0].authorization.ended_as) == ("A1", None)
    [work] = [work for work in sheet.shown.work if work.queue == "coverage"]
    assert work.due_at == at("2037-07-12 23:59:59 AST")

    assert "may not end" in await case.is_refused("cm-reyes", EndAuthorization)
    await case.does("cov-matos", EndAuthorization)
    assert await case.closed_as() == "authorization ended: coverage ended"
    sheet = await case.sheet()
    assert sheet.shown.lines[0].authorization.ended_as == "coverage_ended"
    assert (sheet.shown.lines[0].outcome, sheet.shown.work) == ("approved", ())
    ended = plan.letters(case, "authorization_ended")
    assert sorted(one.recipient.value for one in ended) == ["member", "provider", "us_provider"]
    assert {one.facts["ended_as"] for one in ended} == {"coverage_ended"}
    assert all(one.owed_at < at("2037-07-13 00:00 AST") for one in ended)
    assert len(await case.events(EventKind.DETERMINED)) == 1


async def test_coverage_that_came_back_is_looked_at_again_and_everything_stands(plan):
    case = await a_lapse(plan)
    del plan.directory.not_covered["MCS-0001"]
    await case.does("cov-matos", LookAgain)
    sheet = await case.sheet()
    assert [work.queue for work in sheet.shown.work] == ["coordination"]
    assert "the directory shows it" in await case.is_refused("cov-matos", EndAuthorization)


async def test_nobody_who_looks_leaves_the_work_with_a_person_and_software_ends_nothing(plan):
    case = await a_lapse(plan)
    await case.let_pass(until=at("2037-07-20 10:00 AST"))
    sheet = await case.sheet()
    assert sheet.outcome is None
    assert sum(work.queue == "coverage" for work in sheet.shown.work) == 1
    assert sheet.shown.lines[0].authorization.ended_as is None


async def test_an_extension_asked_in_time_is_a_case_of_its_own_with_its_own_clock(plan):
    first = await approved(plan, in_writing(plan="mcs-life"))
    await coordinated(first)
    permit = (await first.sheet()).shown.lines[0].authorization
    assert permit.through.isoformat() == "2037-10-11"
    leave = await authorization_of(first)
    await leave.let_pass(until=at("2037-10-11 23:00 AST"))

    second = await extended(plan, leave, at("2037-10-11 23:00 AST"))
    sheet = await second.sheet()
    assert (sheet.shown.kind, sheet.shown.linked) == ("referral", (leave.number,))
    assert second.number in (await leave.sheet()).shown.linked
    assert sheet.shown.due_at == at("2037-10-26 23:59:59 AST")
    await find_unavailable(second)
    await second.does("cm-reyes", Approve)
    following = (await second.sheet()).shown.lines[0].authorization
    assert following.number != permit.number
    assert following.from_day.isoformat() == "2037-10-12"


async def test_after_its_last_day_an_authorization_has_expired_and_a_new_request_is_needed(plan):
    case = await approved(plan, in_writing(plan="mcs-life"))
    await coordinated(case)
    await case.let_pass(until=at("2037-10-12 00:00:05 AST"))
    sheet = await case.sheet()
    assert sheet.shown.lines[0].authorization.ended_as == "expired"
    assert sheet.outcome is None  # the return to local care is still to be recorded
    leave = await authorization_of(case)
    late = at("2037-10-12 00:00:05 AST")
    assert "send a new request" in await refused_extension(plan, leave, late)
    assert not plan.letters(case, "authorization_ended")


async def test_an_authorization_that_expires_before_anything_was_arranged_ends_the_case_and_people_are_told(
    plan,
):
    case = await approved(plan, in_writing(plan="mcs-life"))
    await case.does("cm-reyes", Choose, npi=LAKESIDE)
    await case.let_pass(timedelta(days=140))
    assert await case.closed_as() == "authorization ended: expired"
    assert len(plan.letters(case, "authorization_ended")) == 3
