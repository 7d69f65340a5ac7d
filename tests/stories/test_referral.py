"""Stories of services in the United States: asked by voice, found unavailable, approved, coordinated to the end."""

from datetime import date, timedelta

import pytest

from domain.desk.desk import Attach, Withdraw
from domain.determination.decisions import Approve, Deny, Modify
from domain.parts.events import EventKind
from domain.referral.coordination_acts import (
    AgreeDates,
    Choose,
    ChoosePlace,
    Confirm,
    ProviderAnswer,
    RecordReturn,
    Send,
    TellCoinsurance,
)
from tests.builders import a_line, at
from tests.referrals import (
    CALL,
    HUDSON,
    LAKESIDE,
    ORDER,
    ORLANDO,
    PROTON_CENTER,
    SERVICE_DAY,
    a_referral,
    approved,
    coordinated,
    find_unavailable,
    in_writing,
)


def queues(sheet):
    return sorted(work.queue for work in sheet.shown.work)


@pytest.mark.parametrize(
    ("line_of_business", "due"),
    [("mcs-classicare", "2037-06-09 23:59:59 AST"), ("mcs-life", "2037-06-17 23:59:59 AST")],
)
async def test_r1_the_call_starts_the_clock_and_the_writing_is_evidence_that_is_asked_for(
    plan, line_of_business, due
):
    case = await plan.submit(a_referral(plan=line_of_business), "referral")
    sheet = await case.sheet()
    assert sheet.shown.due_at == at(due)
    assert "The request in writing, or the medical order" in sheet.missing
    assert plan.letters(case, "information_request")

    await case.let_pass(until=at("2037-06-05 10:00 AST"))
    await case.does("ic-santos", Attach, document=ORDER)
    sheet = await case.sheet()
    assert (sheet.missing, sheet.shown.due_at) == ((), at(due))


async def test_r1_a_declined_service_finds_another_provider_and_ends_with_the_return(plan):
    case = await plan.submit(a_referral(), "referral")
    assert queues(await case.sheet()) == ["care-management", "intake"]
    assert "nobody has found out" in await case.is_refused("cm-reyes", Approve)
    await case.let_pass(until=at("2037-06-05 10:00 AST"))
    await case.does("ic-santos", Attach, document=ORDER)
    await find_unavailable(case)
    sheet = await case.sheet()
    assert (sheet.shown.stage, queues(sheet)) == ("specialist_review", ["specialist-review"])
    await case.does("cm-reyes", Approve)
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A1", "coordination")
    permit = sheet.shown.lines[0].authorization
    assert (permit.through, "course of treatment" in permit.ends_when) == (None, True)
    assert queues(sheet) == ["calls", "calls", "coordination", "coordination"]

    await case.does("cm-reyes", Choose, npi=PROTON_CENTER)
    await case.let_pass(until=at("2037-06-15 09:00 AST"))
    await case.does("cm-reyes", ProviderAnswer, accepted=False, because="no room until autumn")
    assert "has declined" in await case.is_refused("cm-reyes", Choose, npi=PROTON_CENTER)
    await case.does("cm-reyes", Choose, npi=LAKESIDE)
    await case.does("cm-reyes", ProviderAnswer, accepted=True)
    await case.does("cm-reyes", AgreeDates, on=SERVICE_DAY)
    await case.does("cm-reyes", Send, to=LAKESIDE)
    await case.does("cm-reyes", TellCoinsurance)
    await case.sheet()
    await case.does("cm-reyes", Confirm)
    [sent] = plan.letters(case, "preauthorization")
    assert (sent.recipient.value, sent.name) == ("us_provider", "Lakeside Cancer Institute (sample)")
    assert (sent.facts["number"], sent.facts["service_day"]) == (permit.number, "2037-07-13")
    [told] = plan.letters(case, "coinsurance")
    assert (told.recipient.value, told.facts["percent"]) == ("member", "20")
    assert (await case.sheet()).shown.stage == "follow_up"
    steps = await case.events(EventKind.COORDINATED)
    assert [one.details["step"] for one in steps] == [
        *("choose", "answer", "choose", "answer", "dates", "send", "coinsurance", "confirm")
    ]
    assert {one.by_id for one in steps} == {"cm-reyes"}

    assert "has not come yet" in await case.is_refused("cm-reyes", RecordReturn)
    await case.let_pass(until=at("2037-07-13 08:00 AST"))
    asked = await case.events(EventKind.ELIGIBILITY_ASKED)
    assert [one.recorded_at.date() for one in asked] == [date(2037, 7, 6), date(2037, 7, 13)]
    assert len(await case.events(EventKind.COVERAGE_CHECKED)) == 3
    await case.let_pass(until=at("2037-08-20 10:00 AST"))
    await case.does("cm-reyes", RecordReturn)
    assert await case.closed_as() == "returned to local care"
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.work, sheet.shown.next) == ("A1", (), ())


async def test_when_the_day_moves_provider_and_coinsurance_stay_and_the_provider_gets_a_new_letter(plan):
    case = await approved(plan)
    await coordinated(case)
    later = date(2037, 7, 27)
    await case.does("cm-reyes", AgreeDates, on=later)
    sheet = await case.sheet()
    [arrangement] = sheet.shown.coordination
    assert (arrangement.provider, arrangement.service_day) == ("Lakeside Cancer Institute (sample)", later)
    assert (arrangement.coinsurance_told, arrangement.confirmed) == (True, False)
    assert [one.facts["service_day"] for one in plan.letters(case, "preauthorization")] == [
        "2037-07-13",
        "2037-07-27",
    ]
    await case.does("cm-reyes", Confirm)
    looks = [one.at for one in (await case.forecast()).events if one.kind is EventKind.ELIGIBILITY_ASKED]
    assert looks == [at("2037-07-20 00:00 AST"), at("2037-07-27 00:00 AST")]


async def test_what_coordination_refuses_is_refused_in_one_line_each(plan):
    boise = {"place": {"city": "Boise", "state": "ID"}}
    case = await approved(plan, in_writing(visit=boise))
    assert "no provider for this service in Boise, ID" in await case.is_refused(
        "cm-reyes", Choose, npi=LAKESIDE
    )
    assert "may not coordinate" in await case.is_refused("rn-rivera", Choose, npi=LAKESIDE)
    await case.does("cm-reyes", ChoosePlace, place=ORLANDO["place"])
    await case.sheet()
    assert "not in the network for Orlando" in await case.is_refused("cm-reyes", Choose, npi=HUDSON)
    assert "no provider is chosen" in await case.is_refused("cm-reyes", Send)
    await case.does("cm-reyes", Choose, npi=LAKESIDE)
    assert "has not accepted" in await case.is_refused("cm-reyes", Send)
    await case.does("cm-reyes", ProviderAnswer, accepted=True)
    assert "lies in the past" in await case.is_refused("cm-reyes", AgreeDates, on=date(2037, 5, 1))
    assert "is good from" in await case.is_refused("cm-reyes", AgreeDates, on=date(2037, 7, 1))
    await case.does("cm-reyes", AgreeDates, on=SERVICE_DAY)
    refusal = await case.is_refused("cm-reyes", Send, to=HUDSON)
    assert "goes to Lakeside" in refusal
    refusal = await case.is_refused("cm-reyes", Confirm)
    assert (
        "still to do: send the pre-authorization to the provider; tell the member the coinsurance" in refusal
    )


async def test_several_lines_are_coordinated_side_by_side(plan):
    lines = [a_line(1, "77520", from_day="2037-07-13"), a_line(2, "77523", from_day="2037-07-13")]
    case = await plan.submit(in_writing(lines=lines), "referral")
    await find_unavailable(case)
    for line in (1, 2):
        await case.does("cm-reyes", Approve, line=line)
    await case.sheet()
    assert "name one with --line" in await case.is_refused("cm-reyes", Choose, npi=LAKESIDE)
    await case.does("cm-reyes", Choose, line=1, npi=LAKESIDE)
    await case.does("cm-reyes", Choose, line=2, npi=PROTON_CENTER)
    waiting = (await case.sheet()).waiting
    assert sum("get the provider's answer" in one for one in waiting) == 2
    assert sum("tell the member the coinsurance" in one for one in waiting) == 2


async def test_open_steps_are_work_with_due_dates_and_done_ones_are_not(plan):
    case = await approved(plan, in_writing(received_at=at("2037-06-02 11:30 AST")))
    due = {work.due_at for work in (await case.sheet()).shown.work}
    # three and five business days after the approval of Tuesday the 2nd; Saturday is one
    assert due == {at("2037-06-05 23:59:59 AST"), at("2037-06-08 23:59:59 AST")}


async def test_an_expedited_referral_runs_on_72_hours_from_the_call(plan):
    case = await plan.submit(a_referral(urgency="expedited", requested_by="physician"), "referral")
    assert (await case.sheet()).shown.due_at == CALL + timedelta(hours=72)
    await find_unavailable(case)
    await case.does("ic-santos", Attach, document=ORDER.model_copy(update={"received_at": None}))
    await case.does("cm-reyes", Approve)
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.urgency) == ("A1", "expedited")


async def test_withdrawn_in_the_middle_of_coordination_everybody_is_told_and_work_leaves_every_list(plan):
    case = await approved(plan)
    for act, words in ((Choose, {"npi": LAKESIDE}), (ProviderAnswer, {"accepted": True})):
        await case.does("cm-reyes", act, **words)
    await case.does("ic-santos", Withdraw, by="member")
    assert await case.closed_as() == "cancelled"
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.work) == ("C", ())
    ended = plan.letters(case, "authorization_ended")
    assert sorted(one.recipient.value for one in ended) == ["member", "provider", "us_provider"]
    assert sheet.shown.lines[0].authorization.ended_as == "cancelled"


async def test_denied_by_a_physician_it_closes_with_its_appeal_window(plan):
    case = await plan.submit(in_writing(), "referral")
    await find_unavailable(case)
    refusal = await case.is_refused(
        "cm-reyes", Deny, reason_id="criteria_not_met", criterion="proton-therapy.tumor"
    )
    assert "may not deny" in refusal
    await case.does("md-vega", Deny, reason_id="criteria_not_met", criterion="proton-therapy.tumor")
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A3", "telling")
    assert not sheet.shown.coordination
    await case.let_pass(timedelta(days=70))
    assert await case.closed_as() == "appeal window ended"


async def test_another_service_than_was_asked_for_is_coordinated_as_it_was_granted(plan):
    plan.directory.providers = tuple(
        one.model_copy(update={"services": ("77520",) if one.npi == PROTON_CENTER else ("77523",)})
        for one in plan.directory.providers
    )
    case = await plan.submit(in_writing(), "referral")
    await find_unavailable(case)
    granted = {"service": "77523", "reason_id": "lower_level_suffices", "criterion": "proton-therapy.plan"}
    await case.does("md-vega", Modify, **granted)
    await case.sheet()
    assert "not in the network" in await case.is_refused("cm-reyes", Choose, npi=PROTON_CENTER)
    await case.does("cm-reyes", Choose, npi=LAKESIDE)
    assert (await case.sheet()).shown.coordination[0].npi == LAKESIDE
