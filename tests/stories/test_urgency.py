"""Stories of requests that cannot wait, or say so."""

import pytest

from domain.desk.desk import RecordCall
from domain.determination.clock_acts import Downgrade, Expedite
from domain.determination.decisions import Approve, ConfirmEmergency
from domain.parts.events import EventKind
from tests.builders import a_line, a_request, at


async def test_in_puerto_rico_24_hours_run_through_a_holiday_and_silence_leaves_the_answer_owed(plan):
    case = await plan.submit(
        a_request(
            plan="mcs-life",
            service="71260",
            urgency="expedited",
            received_at=at("2037-07-24 16:50 AST"),
        )
    )
    assert (await case.sheet()).shown.due_at == at("2037-07-25 16:50 AST")

    await case.let_pass(until=at("2037-07-25 16:50 AST"))
    rungs = await case.events(EventKind.ESCALATED)
    assert [rung.at for rung in rungs] == [
        at("2037-07-25 04:50 AST"),
        at("2037-07-25 10:50 AST"),
        at("2037-07-25 14:26 AST"),
    ]
    assert all(rung.words.endswith("Told: on-call.") for rung in rungs)
    assert not await case.events(EventKind.BREACHED)

    await case.let_pass(until=at("2037-07-25 16:50:05 AST"))
    sheet = await case.sheet()
    [breach] = await case.events(EventKind.BREACHED)
    assert (breach.at, breach.details["effect"]) == (at("2037-07-25 16:50:01 AST"), "deemed_exhausted")
    assert breach.details["lateness_seconds"] == 0
    assert sheet.flags == ("breach",)
    assert {work.queue for work in sheet.shown.work} == {"nurse-review", "on-call"}
    assert sheet.shown.lines[0].outcome is None
    member, provider = plan.letters(case, "missed_deadline")
    assert member.facts["rights"] == provider.facts["rights"]
    assert member.facts["appeal"]["days"] is None, "no time has begun that would run from the silence"

    await case.let_pass(until=at("2037-07-25 18:20 AST"))
    await case.does("rn-rivera", Approve)
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A1"
    [clock] = [clock for clock in sheet.shown.clocks if clock.timeframe == "pr-urgent"]
    assert clock.breached
    assert [work.queue for work in sheet.shown.work] == ["calls", "calls"]
    assert len(plan.letters(case, "missed_deadline")) == 2


async def a_member_who_asks_to_hurry_and_is_refused(plan):
    """P5: the standard time counts from the original receipt."""
    case = await plan.submit(
        a_request(
            service="E0250",
            requested_by="member",
            channel="telephone",
            urgency="expedited",
            received_at=at("2037-05-05 09:20 AST"),
        )
    )
    assert (await case.sheet()).shown.due_at == at("2037-05-08 09:20 AST")
    await case.let_pass(until=at("2037-05-06 11:00 AST"))
    await case.does("rn-rivera", Downgrade)
    sheet = await case.sheet()
    assert sheet.shown.urgency == "standard"
    assert sheet.shown.due_at == at("2037-05-12 23:59:59 AST")
    clocks = {clock.timeframe: clock for clock in sheet.shown.clocks}
    letter = clocks["ma-refused-expedite-letter"]
    assert letter.due_at == at("2037-05-09 23:59:59 AST")
    assert letter.satisfied_at
    assert not letter.breached
    assert [one.recipient.value for one in plan.letters(case, "expedite_refused")] == ["member", "provider"]
    await case.does("ic-santos", RecordCall, to="member", reached=True, said="refused, standard time")
    assert (await case.sheet()).shown.lines[0].outcome is None
    return case


@pytest.mark.parametrize(
    ("states_urgency_at", "due"),
    [
        ("2037-05-08 10:00 AST", "2037-05-11 10:00 AST"),
        ("2037-05-11 10:00 AST", "2037-05-12 23:59:59 AST"),  # the earlier due date stands
    ],
)
async def test_a_physician_who_states_urgency_is_believed_and_the_earlier_due_date_governs(
    plan, states_urgency_at, due
):
    case = await a_member_who_asks_to_hurry_and_is_refused(plan)
    await case.let_pass(until=at(states_urgency_at))
    moment = at(states_urgency_at)
    await case.does("ic-santos", Expedite, asked_by="physician", at=moment)
    sheet = await case.sheet()
    assert (sheet.shown.urgency, sheet.shown.due_at) == ("expedited", at(due))
    assert "binds the plan" in await case.is_refused("rn-rivera", Downgrade)


async def test_a_physicians_word_on_top_of_a_members_wish_binds_the_plan(plan):
    case = await plan.submit(a_request(requested_by="member", urgency="expedited"))
    due_at = (await case.sheet()).shown.due_at
    assert "expedited already" in await case.is_refused("ic-santos", Expedite, asked_by="member")
    await case.does("ic-santos", Expedite, asked_by="physician")
    assert (await case.sheet()).shown.due_at == due_at
    assert "binds the plan" in await case.is_refused("rn-rivera", Downgrade)


async def test_an_emergency_in_an_emergency_room_needs_no_precertification(plan):
    lines = [a_line(1, "71260", place_of_service="23")]
    case = await plan.submit(a_request(emergency=True, lines=lines, documents=[]))
    assert await case.closed_as() == "no action required"
    sheet = await case.sheet()
    assert sheet.shown.status.code == "NA"
    assert len(plan.letters(case, "not_required")) == 2
    assert not await case.events(EventKind.WORK_OPENED, EventKind.INFORMATION_REQUESTED)
    [screened] = await case.events(EventKind.SCREENED)
    assert "emergency" in screened.words


async def test_a_ticked_emergency_is_expedited_until_a_nurse_confirms_it(plan):
    ticked = a_request(emergency=True, received_at=at("2037-03-02 10:00 AST"))
    confirmed, not_confirmed = await plan.submit(ticked), await plan.submit(ticked)
    for case in (confirmed, not_confirmed):
        sheet = await case.sheet()
        assert (sheet.shown.urgency, sheet.shown.due_at) == ("expedited", at("2037-03-05 10:00 AST"))

    assert "may not confirm" in await confirmed.is_refused("ic-santos", ConfirmEmergency, confirmed=True)
    await confirmed.does("rn-rivera", ConfirmEmergency, confirmed=True)
    assert await confirmed.closed_as() == "no action required"

    await not_confirmed.does("rn-rivera", ConfirmEmergency, confirmed=False)
    sheet = await not_confirmed.sheet()
    assert (sheet.shown.status.code, sheet.shown.urgency) == ("A4", "expedited")
    assert [work.queue for work in sheet.shown.work] == ["nurse-review"]
    assert "no emergency" in await not_confirmed.is_refused("rn-rivera", ConfirmEmergency, confirmed=True)
    await not_confirmed.does("rn-rivera", Approve)
    assert (await not_confirmed.sheet()).shown.status.code == "A1"
