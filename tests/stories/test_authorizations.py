"""Stories of authorizations: issued, used, reminded, extended, and ended by each of their names."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from temporalio.exceptions import ApplicationError

from activities.appeals import Appeals
from domain.appeal.acts import AcceptCause
from domain.appeal.deciding import DecideAppeal
from domain.authorization.acts import CircumstanceCame, EndByCoverage, UseUnits, VoidAuthorization
from domain.correction.entered_in_error import EnterInError
from domain.correction.reinstatement import Reinstate
from domain.correction.reopening import CorrectAnswer
from domain.correction.second_thoughts import TakeBack
from domain.desk.desk import Note, RecordCall, Withdraw
from domain.desk.holds import PutOnHold
from domain.determination.clock_acts import CorrectRequest
from domain.determination.decisions import Approve, Reduce
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.request.determination import Ending, Outcome
from domain.terms.refusals import Refused
from tests.appealing import appeal
from tests.authorizations import approved, authorization_of, extended, life_of, refused_extension
from tests.builders import a_request, at, criteria_of, meeting
from tests.referrals import approved as approved_referral
from tests.referrals import coordinated, in_writing
from tests.world import World, eventually
from worker.adapters.live_cases import TemporalCases
from workflows.kinds import WORKFLOWS
from workflows.running.questions import Questions

CLAUSE, *_ = criteria_of("72148")
LAST_SECOND = at("2037-05-31 23:59:59 AST")
WORDS = {"reported_by": "the imaging center"}


async def ended_as(case, line=1):
    """By what the case that issued it says that the authorization ended, once it has heard."""

    async def heard():
        permit = (await case.look()).shown.lines[line - 1].authorization
        return permit.ended_as if permit else None

    return await eventually(heard)


async def test_an_authorization_is_reminded_extended_in_a_case_of_its_own_and_ends_on_its_exact_second(
    plan, replayer
):
    case = await approved(plan)
    leave = await authorization_of(case)
    sheet = await leave.sheet()
    assert (sheet.shown.stage, sheet.shown.status.code) == ("active", "A1")
    assert sheet.shown.linked == (case.number,)
    assert sheet.why == "good through 2037-05-31; 1 of 1 unit left"
    assert [one.at for one in sheet.shown.next] == [at("2037-05-17 00:00 AST"), at("2037-06-01 00:00 AST")]

    await leave.let_pass(until=at("2037-05-17 00:00:05 AST"))
    member, provider = plan.letters(leave, "authorization_reminder")
    assert (member.recipient.value, provider.recipient.value) == ("member", "provider")
    assert (member.facts["through"], member.facts["units_left"]) == ("2037-05-31", 1)

    await leave.let_pass(until=at("2037-05-31 23:00 AST"))
    more = await extended(
        plan, leave, at("2037-05-31 23:00 AST"), units=2, papers={"documents": meeting("72148")}
    )
    asked = await more.sheet()
    assert asked.shown.linked == (leave.number,)
    assert more.number in (await leave.sheet()).shown.linked
    [line] = asked.shown.lines
    assert (line.outcome, line.units, line.authorization.from_day) == ("approved", 2, date(2037, 6, 1))
    [clock] = [one for one in asked.shown.clocks if one.timeframe == "ma-standard"]
    assert clock.due_at == at("2037-06-07 23:59:59 AST")

    following = await authorization_of(more)
    assert (await life_of(following)).extends == leave.number

    async def told():
        return (await life_of(leave)).extended_by

    assert await eventually(told) == following.number
    assert (await leave.sheet()).shown.stage == "active"

    await leave.let_pass(until=LAST_SECOND)
    assert (await leave.look()).outcome is None
    await leave.let_pass(timedelta(seconds=2))
    assert await leave.closed_as() == "expired"
    [end] = await leave.events(EventKind.AUTHORIZATION_ENDED)
    assert (end.at, end.details["lateness_seconds"]) == (at("2037-06-01 00:00 AST"), 0)
    assert not plan.letters(leave, "authorization_ended")
    assert (await following.sheet()).shown.stage == "active"

    for one in (case, leave, more, following):
        await replayer(*WORKFLOWS.values()).replay_workflow(await one.handle.fetch_history())


async def test_an_extension_is_measured_by_the_instant_at_which_it_reached_us(plan):
    leave = await authorization_of(await approved(plan))
    await leave.let_pass(until=at("2037-06-01 09:00 AST"))
    assert await leave.closed_as() == "expired"

    refusal = await refused_extension(plan, leave, LAST_SECOND + timedelta(seconds=1))
    assert "send a new request" in refusal
    assert "X12 278" in refusal
    more = await extended(plan, leave, LAST_SECOND)  # a fax of the last day, keyed on the day after
    assert (await more.sheet()).shown.lines[0].outcome is None


async def test_the_last_unit_ends_it_and_more_than_are_left_are_refused(plan):
    case = await approved(plan, units=3)
    leave = await authorization_of(case)
    await leave.let_pass(until=at("2037-04-20 10:00 AST"))
    await leave.does("ic-santos", UseUnits, units=2, on=date(2037, 4, 19), **WORDS)
    assert (await leave.sheet()).why == "good through 2037-05-31; 1 of 3 units left"
    too_many = await leave.is_refused("ic-santos", UseUnits, units=2, on=date(2037, 4, 20), **WORDS)
    assert "1 of 3 units are left" in too_many
    for day in (date(2037, 3, 31), date(2037, 6, 1), date(2037, 4, 21)):
        await leave.is_refused("ic-santos", UseUnits, units=1, on=day, **WORDS)

    await leave.does("ic-santos", UseUnits, units=1, on=date(2037, 4, 20), **WORDS)
    assert await leave.closed_as() == "used up"
    assert await ended_as(case) == "used_up"
    member, _ = plan.letters(leave, "authorization_ended")
    assert member.facts["ended_as"] == "used_up"


async def test_it_is_voided_for_a_listed_cause_and_never_for_medical_necessity(plan):
    case = await approved(plan)
    leave = await authorization_of(case)
    why = {"reason": "the code was mistyped"}
    necessity = await leave.is_refused(
        "dir-luna", VoidAuthorization, ground="medical_necessity", reason="not needed"
    )
    assert "never for medical necessity (42 CFR 422.138(c))" in necessity
    assert "422.138(c)" in await leave.is_refused("dir-luna", VoidAuthorization, **why)
    assert "may not reopen against the member" in await leave.is_refused(
        "md-ortiz", VoidAuthorization, ground="clerical_error", **why
    )

    await leave.does("dir-luna", VoidAuthorization, ground="clerical_error", **why)
    assert await ended_as(case) == "voided"
    sheet = await leave.sheet()
    assert (sheet.shown.stage, sheet.shown.status.code) == ("ended", "C")
    assert [one.at for one in sheet.shown.next] == [at("2037-05-07 00:00 AST")]  # 65 days from its letter
    member, _ = plan.letters(leave, "authorization_ended")
    assert member.facts["because"] == "clerical error"
    assert (await case.sheet()).shown.lines[0].outcome == "approved"
    assert "has ended (voided)" in await leave.is_refused(
        "dir-luna", VoidAuthorization, ground="clerical_error", **why
    )
    await leave.let_pass(until=at("2037-05-06 23:59 AST"))
    assert (await leave.look()).outcome is None
    await leave.let_pass(until=at("2037-05-07 00:00:01 AST"))
    assert await leave.closed_as() == "voided"


async def test_its_voiding_is_appealed_under_its_own_number_and_a_reversal_issues_it_anew_with_its_uses(
    plan, replayer
):
    case = await approved(plan, units=4)
    leave = await authorization_of(case)
    await leave.let_pass(until=at("2037-04-02 10:00 AST"))
    await leave.does("ic-santos", UseUnits, units=1, on=date(2037, 4, 1), **WORDS)
    await leave.does("dir-luna", VoidAuthorization, ground="new_evidence", reason="a study of February")
    await leave.sheet()
    asked = await asked_about(plan, case)
    with pytest.raises(Refused, match=f"plazo appeal open {leave.number}"):
        asked.refuse_unless_appealable()

    heard = await appeal(plan, leave, at("2037-04-05 09:00 AST"))
    await heard.let_pass(until=at("2037-04-06 10:00 AST"))
    assert await leave.closed_as() == "voided"
    sheet = await heard.sheet()
    assert (sheet.shown.parent, sheet.shown.due_at) == (leave.number, at("2037-05-05 23:59:59 AST"))
    assert heard.number in (await leave.look()).shown.linked
    own = await heard.is_refused("dir-luna", DecideAppeal, answer="overturned")
    assert "had a part in the first answer" in own
    assert "422.590(h)(1)" in own

    await heard.does("md-vega", DecideAppeal, answer="overturned")
    again = await authorization_of(heard)

    async def counted():
        life = await life_of(again)
        return (life.replaces, life.units_used, life.units_left) if life.used else None

    assert await eventually(counted) == (leave.number, 1, 3)
    assert (await heard.sheet()).shown.status.code == "A1"
    for one in (leave, heard, again):
        await replayer(*WORKFLOWS.values()).replay_workflow(await one.handle.fetch_history())


async def test_voided_after_its_case_had_closed_it_is_appealed_late_for_good_cause_and_upheld_on_its_ground(
    plan,
):
    case = await approved(plan)
    leave = await authorization_of(case)
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    assert await case.closed_as() == "certified in total"
    await leave.does("dir-luna", VoidAuthorization, ground="clerical_error", reason="mistyped")
    await leave.let_pass(until=at("2037-05-07 00:00:05 AST"))
    assert await leave.closed_as() == "voided"
    asked = await asked_about(plan, case)
    with pytest.raises(Refused, match=f"plazo appeal open {leave.number}"):
        asked.refuse_unless_appealable()

    late = await appeal(plan, leave, at("2037-05-07 00:00 AST"), good_cause="I was in hospital.")
    assert (await late.sheet()).shown.stage == "good_cause"
    await late.does("ap-soto", AcceptCause)
    await late.does("ap-soto", DecideAppeal, answer="upheld")
    sheet = await late.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A5", "independent_review")
    member, _ = plan.letters(late, "appeal_decision")
    assert member.facts["lines"][0]["reason"] == "clerical error"


async def asked_about(plan, case):
    """What the desk says of what may be appealed of it."""
    return await Appeals(plan.register, TemporalCases(plan.client)).appealed(case.number)


async def test_what_its_case_took_away_or_what_ended_otherwise_is_not_appealed_under_its_number(plan):
    case = await approved(plan)
    leave = await authorization_of(case)
    good = await asked_about(plan, leave)
    with pytest.raises(Refused, match="was not voided for cause"):
        good.refuse_unless_appealable()
    against = {"outcome": Outcome.DENIED, "reason_id": "not_eligible_on_date", "reason": "mistyped"}
    await case.does("dir-luna", CorrectAnswer, ground="clerical_error", **against)
    assert await leave.closed_as() == "voided"
    taken = await asked_about(plan, leave)
    with pytest.raises(Refused, match=f"plazo appeal open {case.number}"):
        taken.refuse_unless_appealable()
    (await asked_about(plan, case)).refuse_unless_appealable()


async def test_it_ends_with_the_coverage_only_where_the_directory_shows_none(plan):
    case = await approved(plan)
    leave = await authorization_of(case)
    assert "may not end an authorization" in await leave.is_refused("rn-rivera", EndByCoverage)
    with pytest.raises(ApplicationError, match="the directory shows it on 2037-04-01"):
        await leave.does("cov-matos", EndByCoverage)
    assert (await leave.sheet()).shown.stage == "active"

    plan.directory.not_covered["MCS-0001"] = "coverage ended on 2037-03-31"
    said = await leave.does("cov-matos", EndByCoverage, on=date(2037, 4, 15))
    assert said.sentence == "ended: coverage ended"
    assert await leave.closed_as() == "coverage ended"
    assert await ended_as(case) == "coverage_ended"
    assert (await leave.look()).shown.status.code == "CT"
    assert len(plan.letters(leave, "authorization_ended")) == 2


async def test_without_a_last_day_it_lasts_until_somebody_records_that_its_circumstance_came(plan):
    case = await approved(plan, service="E0250")
    leave = await authorization_of(case)
    sheet = await leave.sheet()
    assert sheet.shown.next == ()
    assert "medically necessary" in sheet.why
    await leave.let_pass(timedelta(days=400))
    await leave.does("ic-santos", Note, text="the bed is in use")

    await leave.does("cov-matos", CircumstanceCame, on=date(2038, 4, 1), reason="the bed went back")
    assert await leave.closed_as() == "expired"
    member, _ = plan.letters(leave, "authorization_ended")
    assert "medically necessary" in member.facts["circumstance"]
    assert "no circumstance ends it" in await (await authorization_of(await approved(plan))).is_refused(
        "cov-matos", CircumstanceCame, on=date(2037, 4, 1)
    )


FEWER = {"units": 2, "reason_id": "fewer_units_suffice", "criterion": CLAUSE}


async def partly_approved(plan, **facts):
    case = await plan.submit(a_request(received_at=at("2037-03-02 09:00 AST"), units=4, **facts))
    await case.does("md-ortiz", Reduce, **FEWER)
    await case.sheet()
    return case


async def test_the_reversal_of_a_partial_answer_supersedes_the_first_authorization_and_its_uses_count(plan):
    original = await partly_approved(plan)
    first = await authorization_of(original)
    await first.let_pass(until=at("2037-04-02 10:00 AST"))
    await first.does("ic-santos", UseUnits, units=1, on=date(2037, 4, 1), **WORDS)

    case = await appeal(plan, original, at("2037-04-02 11:00 AST"))
    await case.does("md-vega", DecideAppeal, answer="overturned")
    second = await authorization_of(case)
    assert await first.closed_as() == "superseded"
    life = await life_of(first)
    assert life.replaced_by == second.number
    member, _ = plan.letters(first, "authorization_ended")
    assert member.facts["replaced_by"] == second.number

    async def counted():
        life = await life_of(second)
        return (life.replaces, life.units_used, life.units_left) if life.used else None

    assert await eventually(counted) == (first.number, 1, 3)


async def test_a_corrected_answer_revises_it_and_one_that_is_taken_away_voids_it(plan):
    case = await partly_approved(plan)
    leave = await authorization_of(case)
    assert (await life_of(leave)).permit.units == 2
    await case.does("md-vega", CorrectAnswer, outcome=Outcome.APPROVED, reason="the study was on file")

    async def revised():
        events = await leave.events(EventKind.AUTHORIZATION_REVISED)
        return events[0].words if events else None

    assert "4 units of 72148" in await eventually(revised)
    assert (await leave.sheet()).shown.stage == "active"

    against = {"outcome": Outcome.DENIED, "reason_id": "not_eligible_on_date", "reason": "mistyped"}
    await case.sheet()
    await case.does("dir-luna", CorrectAnswer, ground="clerical_error", **against)
    assert await leave.closed_as() == "voided"
    assert not plan.letters(leave, "authorization_ended")  # the determination says it


async def test_a_decision_taken_back_before_anybody_was_told_leaves_no_authorization_and_may_give_it_again(
    plan,
):
    case = await plan.submit(a_request())
    await case.does("sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    await case.does("rn-rivera", Approve)
    permit = (await case.look()).shown.lines[0].authorization
    leave = type(case)(plan, plan.client.get_workflow_handle(permit.number))
    await leave.sheet()
    await case.does("rn-rivera", TakeBack, reason="read the wrong study")
    assert await leave.closed_as() == "entered in error"

    await case.does("rn-rivera", Approve)
    await is_live_again(leave)


async def is_live_again(leave):
    async def live():
        sheet = await leave.handle.query(Questions.sheet, None)  # None while it is being taken up
        return True if sheet and sheet.shown.stage == "active" else None

    await eventually(live)
    assert await leave.events(EventKind.REOPENED)


async def test_a_referral_taken_back_cancels_it_and_one_taken_back_by_mistake_has_it_again(plan, replayer):
    case = await approved_referral(plan)
    leave = await authorization_of(case)
    await case.does("ic-santos", Withdraw, by="member")
    assert await leave.closed_as() == "cancelled"
    assert not plan.letters(leave, "authorization_ended")  # the referral tells everybody
    assert await case.closed_as() == "cancelled"

    case = await plan.take_up(case, "sup-diaz", Reinstate, reason="another member called")
    await case.sheet()
    await is_live_again(leave)
    await replayer(*WORKFLOWS.values()).replay_workflow(await leave.handle.fetch_history())


async def test_the_requester_takes_it_back_and_the_referral_tells_the_chosen_provider(plan):
    case = await approved_referral(plan)
    await coordinated(case)
    leave = await authorization_of(case)
    await leave.does("ic-santos", Withdraw, by="physician")
    assert await leave.closed_as() == "cancelled"
    assert await case.closed_as() == "authorization ended: cancelled"
    assert len(plan.letters(case, "authorization_ended")) == 3
    assert not plan.letters(leave, "authorization_ended")


async def test_one_of_a_referral_that_is_voided_tells_its_people_of_their_appeal_and_the_referral_the_provider(
    plan,
):
    case = await approved_referral(plan)
    await coordinated(case)
    leave = await authorization_of(case)
    await leave.does("dir-luna", VoidAuthorization, ground="obvious_error", reason="the wrong person's study")
    assert await case.closed_as() == "authorization ended: voided"
    await leave.sheet()
    told = plan.letters(leave, "authorization_ended")
    assert [(one.recipient.value, one.facts["appeal"]["days"]) for one in told] == [
        ("member", 65),
        ("provider", 65),
    ]
    [abroad] = plan.letters(case, "authorization_ended")
    assert (abroad.recipient.value, abroad.facts["appeal"]) == ("us_provider", None)
    (await asked_about(plan, leave)).refuse_unless_appealable()


async def test_one_that_was_terminated_goes_on_with_what_was_used_when_its_case_speaks_to_it(plan):
    case = await approved(plan, units=3)
    leave = await authorization_of(case)
    await leave.let_pass(until=at("2037-04-20 09:00 AST"))
    await leave.does("ic-santos", UseUnits, units=1, on=date(2037, 4, 19), **WORDS)
    life, before = await life_of(leave), await leave.events()
    await leave.handle.terminate(reason="the wrong button")

    member = life.request.member.model_copy(update={"address": "7 Calle Luna, Ponce, PR 00730"})
    right = life.request.model_copy(update={"member": member})
    await case.does("ic-santos", CorrectRequest, request=right, reason="the address was mistyped")

    async def is_there_again():
        return (await leave.handle.describe()).close_time is None or None

    await eventually(is_there_again)
    again = await authorization_of(case)
    events = await again.events()
    assert (await life_of(again)).units_used == 1
    assert [one.kind for one in events[len(before) :]][:2] == [EventKind.RUN_RESUMED, EventKind.CORRECTED]
    assert events[: len(before)] == before


async def test_what_was_keyed_wrong_of_a_person_is_corrected_in_the_authorization_too(plan):
    case = await approved(plan)
    leave = await authorization_of(case)
    request = (await life_of(leave)).request
    member = request.member.model_copy(update={"address": "7 Calle Luna, Ponce, PR 00730"})
    right = request.model_copy(update={"member": member})
    await case.does("ic-santos", CorrectRequest, request=right, reason="the address was mistyped")

    async def corrected():
        return (await life_of(leave)).request.member.address == member.address or None

    await eventually(corrected)
    assert len(await leave.events(EventKind.CORRECTED)) == 1
    await leave.let_pass(until=at("2037-05-17 00:00:05 AST"))
    reminded, _ = plan.letters(leave, "authorization_reminder")
    assert reminded.address == member.address


async def test_what_was_entered_in_error_takes_its_authorization_along(plan):
    case = await approved(plan)
    leave = await authorization_of(case)
    await case.does("sup-diaz", EnterInError, reason="keyed for another member")
    assert await leave.closed_as() == "entered in error"
    assert (await life_of(leave)).permit.ended_as is Ending.ENTERED_IN_ERROR


async def test_a_case_that_has_closed_hears_no_more_and_the_authorization_tells_its_people_itself(plan):
    case = await approved(plan)
    leave = await authorization_of(case)
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    assert await case.closed_as() == "certified in total"
    await leave.does("ic-santos", Withdraw, by="provider")
    assert await leave.closed_as() == "cancelled"
    assert len(plan.letters(leave, "authorization_ended")) == 2


async def test_an_expiry_that_falls_into_an_outage_is_kept_once_when_a_worker_is_back(env):
    world = World(env)
    async with world.worker():
        case = await approved(world)
        leave = await authorization_of(case)
        await leave.let_pass(until=at("2037-05-31 23:00 AST"))
    moving = asyncio.create_task(env.fast_forward(leave.handle, timedelta(hours=2)))

    async def past_its_last_day():
        return await leave.now() > at("2037-06-01 00:00 AST") or None

    await eventually(past_its_last_day)
    async with world.worker():
        await moving
        assert await leave.closed_as() == "expired"
        [end] = await leave.events(EventKind.AUTHORIZATION_ENDED)
        assert end.at == at("2037-06-01 00:00 AST")
        assert await ended_as(case) == "expired"
        assert len(world.letters(leave, "authorization_reminder")) == 2


async def test_a_referral_and_its_authorization_expire_together_and_each_tells_the_other_nothing_new(plan):
    case = await approved_referral(plan, in_writing(plan="mcs-life"))
    await coordinated(case)
    leave = await authorization_of(case)
    await leave.let_pass(until=at("2037-10-12 00:00:05 AST"))
    assert await leave.closed_as() == "expired"
    assert await ended_as(case) == "expired"
    await case.let_pass(until=at("2037-10-12 00:00:05 AST"))
    sheet = await case.sheet()
    assert [work.queue for work in sheet.shown.work] == ["coordination"]  # the return is awaited
    assert len(await case.events(EventKind.AUTHORIZATION_ENDED)) == 1
    assert len(await leave.events(EventKind.AUTHORIZATION_ENDED)) == 1


async def test_an_authorization_costs_its_case_one_event_and_itself_little(plan):
    now = datetime.now(UTC).replace(microsecond=0)
    today = (now - timedelta(hours=4)).date()  # in Puerto Rico
    case = await approved(plan, received_at=now, from_day=today.isoformat())
    leave = await authorization_of(case)
    issued = await leave.length()
    await leave.does("ic-santos", UseUnits, units=1, on=today, **WORDS)
    await leave.closed_as()
    print(f"issued: {issued} events, used up, told and closed: {await leave.length()}")
    assert await case.length() <= 56  # it heard of the end too
    assert issued <= 15
    assert await leave.length() <= 64
