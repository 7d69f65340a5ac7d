"""Stories of referrals that go another way: emergencies, Puerto Rico offers it, not covered, received already."""

from datetime import date, timedelta

from activities.opening import Opening
from domain.desk.desk import Attach, Link
from domain.determination.clock_acts import Expedite, Extend
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from domain.referral.acts import FindAvailability
from domain.request.network import UsBenefit, UsScope
from domain.terms.case_number import case_number, prefix_of
from tests.builders import a_line, at
from tests.referrals import ASKED, LOCAL, ORLANDO, a_referral, find_unavailable, in_writing
from tests.world import NUMBERS

ER = [a_line(1, "99285", place_of_service="23", from_day="2037-06-02")]


async def opened(plan, request, **links):
    number = case_number(prefix_of("referral"), NUMBERS.pop())
    opening = Opening(number=number, request=request, **links)
    return await plan.open("referral", opening, number, request.received_at)


async def test_r4_an_emergency_needs_none_and_the_transfer_of_the_same_call_has_a_clock_of_its_own(plan):
    transfer = await opened(plan, a_referral(lines=[a_line(1, "99223", from_day="2037-06-02")]))
    emergency = await opened(
        plan, a_referral(emergency=True, lines=ER, requested_by="physician"), linked=(transfer.number,)
    )
    await transfer.does("ic-santos", Link, to=emergency.number)

    assert await emergency.closed_as() == "no action required"
    sheet = await emergency.sheet()
    assert (sheet.shown.status.code, sheet.shown.due_at, sheet.shown.work) == ("NA", None, ())
    letters = plan.letters(emergency, "not_required")
    assert {one.facts["eligibility_telephone"] for one in letters} == {"1-800-981-4766"}
    assert not await emergency.events(EventKind.INFORMATION_REQUESTED)
    assert sheet.shown.linked == (transfer.number,)

    sheet = await transfer.sheet()
    assert sheet.shown.due_at == at("2037-06-09 23:59:59 AST")
    assert sheet.shown.linked == (emergency.number,)


async def test_what_puerto_rico_offers_is_offered_and_denied_only_by_whom_the_table_names(plan):
    case = await plan.submit(in_writing(), "referral")
    available = {"reason_id": "available_in_puerto_rico"}
    refusal = await case.is_refused("sup-diaz", Deny, **available)
    assert "no finding says" in refusal
    assert "may not find" in await case.is_refused(
        "rn-rivera", FindAvailability, available=True, inquiries=ASKED, local=LOCAL
    )
    assert "who gives" in await case.is_refused("cm-reyes", FindAvailability, available=True, inquiries=ASKED)
    await case.does("cm-reyes", FindAvailability, available=True, inquiries=ASKED, local=LOCAL)
    sheet = await case.sheet()
    assert sheet.shown.lines[0].outcome is None
    assert [work.queue for work in sheet.shown.work] == ["supervisor"]
    told = plan.letters(case, "available_locally")
    assert [one.recipient.value for one in told] == ["member", "provider"]
    assert told[0].facts["local_provider"] == LOCAL["name"]
    assert "Puerto Rico offers it" in await case.is_refused("md-vega", Approve)
    assert "may not deny because" in await case.is_refused("cm-reyes", Deny, **available)
    assert "may not deny because" in await case.is_refused("cov-matos", Deny, **available)

    await case.does("sup-diaz", Deny, **available)
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.due_at) == ("A3", None)
    member, _ = plan.letters(case, "determination")
    assert "available in Puerto Rico" in member.facts["lines"][0]["reason"]
    assert member.facts["appeal"]["days"] == 65


async def test_a_finding_that_turns_out_wrong_is_recorded_again_and_review_goes_on(plan):
    case = await plan.submit(in_writing(), "referral")
    await case.does("cm-reyes", FindAvailability, available=True, inquiries=ASKED, local=LOCAL)
    await find_unavailable(case)
    sheet = await case.sheet()
    assert [work.queue for work in sheet.shown.work] == ["specialist-review"]


async def test_a_precertification_cannot_be_denied_because_puerto_rico_offers_it(plan):
    case = await plan.submit(in_writing(visit=None))
    assert "for services in the United States" in await case.is_refused(
        "md-vega", Deny, reason_id="available_in_puerto_rico"
    )


async def test_a_product_that_covers_emergencies_only_is_for_the_coverage_specialist_with_full_notice(plan):
    plan.directory.us_benefits["MCS-0001"] = UsBenefit(scope=UsScope.EMERGENCIES)
    case = await plan.submit(in_writing(), "referral")
    sheet = await case.sheet()
    assert sheet.shown.stage == "coverage_review"
    assert [work.queue for work in sheet.shown.work] == ["coverage"]
    assert "emergencies only" in await case.is_refused("cm-reyes", Approve)
    await case.does("cov-matos", Deny, reason_id="not_covered_benefit")
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A3"
    member, provider = plan.letters(case, "determination")
    assert member.facts["appeal"]["days"] == provider.facts["appeal"]["days"] == 65


async def test_a_product_that_covers_more_asks_nobody_in_puerto_rico(plan):
    plan.directory.us_benefits["MCS-0001"] = UsBenefit(scope=UsScope.ADDITIONAL)
    case = await plan.submit(in_writing(), "referral")
    sheet = await case.sheet()
    assert sheet.shown.stage == "specialist_review"
    assert "covers what Puerto Rico offers too" in await case.is_refused(
        "md-vega", Deny, reason_id="available_in_puerto_rico"
    )
    await case.does("cm-reyes", Approve)
    assert (await case.sheet()).shown.status.code == "A1"


async def an_erisa_call(plan, **changes):
    call = {"plan": "self-funded-sample", "received_at": at("2037-06-02 11:30 EASTERN")}
    plan.directory.us_benefits["MCS-0001"] = UsBenefit(scope=UsScope.ADDITIONAL)
    return await plan.submit(a_referral(**call, **changes), "referral")


def in_writing_on(day):
    return {"id": "order-1", "kind": "medical_order", "dated": "2037-06-04", "received_at": at(day)}


async def test_where_a_call_does_not_start_the_clock_the_writing_does_at_its_own_instant(plan):
    case = await an_erisa_call(plan)
    sheet = await case.sheet()
    assert [clock.due_at for clock in sheet.shown.clocks if clock.timeframe == "erisa-pre-service"] == [None]
    assert sheet.shown.due_at is None
    assert "The request in writing, or the medical order" in sheet.missing
    await case.let_pass(timedelta(days=20))
    assert not await case.events(EventKind.BREACHED, EventKind.ESCALATED)
    assert (await case.sheet()).shown.due_at is None

    await case.does(
        "ic-santos", Attach, document=in_writing_on("2037-06-05 16:00 EASTERN"), reason="in the wrong tray"
    )
    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-06-20 23:59:59 EASTERN")
    [started] = await case.events(EventKind.CLOCK_STARTED)
    assert started.at == at("2037-06-05 16:00 EASTERN")


async def test_an_urgent_word_starts_the_clock_that_waited_for_the_writing(plan):
    case = await an_erisa_call(plan)
    spoken = at("2037-06-03 10:00 EASTERN")
    await case.let_pass(until=spoken)
    await case.does("rn-rivera", Expedite, asked_by="physician", at=spoken)
    assert (await case.sheet()).shown.due_at == spoken + timedelta(hours=72)


RECEIVED_ALREADY = {"visit": ORLANDO | {"retrospective": True}, "from_day": "2037-05-04"}


async def test_what_was_received_without_leave_runs_on_30_days_under_erisa(plan):
    request = in_writing(
        plan="self-funded-sample", received_at=at("2037-06-02 11:30 EASTERN"), **RECEIVED_ALREADY
    )
    case = await plan.submit(request, "referral")
    sheet = await case.sheet()
    assert [clock.timeframe for clock in sheet.shown.clocks] == ["erisa-post-service"]
    assert sheet.shown.due_at == at("2037-07-02 23:59:59 EASTERN")
    await case.does("sup-diaz", Extend, until=date(2037, 7, 17), ground="beyond_control")
    assert (await case.sheet()).shown.due_at == at("2037-07-17 23:59:59 EASTERN")


async def test_where_no_row_times_it_a_person_has_the_work_and_no_clock_is_invented(plan):
    case = await plan.submit(in_writing(**RECEIVED_ALREADY), "referral")
    sheet = await case.sheet()
    assert (sheet.shown.clocks, sheet.shown.due_at) == ((), None)
    assert any("no row times it" in one for one in sheet.waiting)
    await find_unavailable(case)
    await case.does("cm-reyes", Approve)
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.coordination) == ("A1", ())
    assert [work.queue for work in sheet.shown.work] == ["calls", "calls"]
    await case.let_pass(timedelta(days=4))
    assert await case.closed_as() == "certified in total"
