"""A corrected row beside other corrections: each says its own, and none forgets the other."""

import pytest

from domain.case.keeping import come_to_rest, keep_appointments
from domain.clock.span import Span, Unit
from domain.clock.timeframe import Urgency
from domain.correction.change_plan import CorrectPlan
from domain.desk.row_correction import CorrectDay, CorrectRow
from domain.determination.clock_acts import CorrectReceipt, Expedite, Extend
from domain.determination.decisions import Approve
from domain.determination.receiving import ReceiveRequest
from domain.rehearsal.rehearsal import rehearse
from domain.rehearsal.trial import try_out
from domain.review import decision_clocks, screening
from domain.review.notified import APPEAL
from domain.terms.refusals import Refused
from tests.builders import a_case, a_line, a_request, at, pack, policy, staff

RECEIVED, NOW = at("2026-03-02 10:00 AST"), at("2026-03-04 10:00 AST")
BECAUSE = {"actor": staff("sup-diaz"), "reason": "read again"}


def do(case, act):
    act.refuse_unless_allowed(case, NOW)
    return act.apply(case, NOW)


def row_corrected(length, name="ma-standard", unit=Unit.CALENDAR_DAYS):
    row = next(one for one in pack().timeframe if one.id == name)
    changed = row.model_copy(update={"span": Span(length=length, unit=unit)})
    return CorrectRow(row=changed, pack="0123456789ab", **BECAUSE)


def receipt_corrected(instant):
    return CorrectReceipt(received_at=at(instant), **BECAUSE)


def test_a_receipt_and_a_row_are_corrected_in_either_order():
    corrections = [row_corrected(9), receipt_corrected("2026-03-01 10:00 AST")]
    for order in (corrections, corrections[::-1]):
        case = a_case(received_at=RECEIVED)
        for correction in order:
            do(case, correction)
        assert case.due_at == at("2026-03-10 23:59:59 AST")


def test_a_row_is_corrected_twice_and_the_newest_counts():
    case = a_case(received_at=RECEIVED)
    for length in (9, 8):
        do(case, row_corrected(length))

    assert case.due_at == at("2026-03-10 23:59:59 AST")
    assert [step.kind for step in case.clocks["decision"].explain(case.policy.calendar)] == [
        "received",
        "corrected",
        "corrected",
    ]


def test_an_extension_stays_on_the_corrected_row():
    case = a_case(received_at=RECEIVED)
    until = at("2026-03-20 12:00 AST").date()
    extend = Extend(
        actor=staff("sup-diaz"), until=until, ground="enrollee_asks", notice_sent_at=NOW, reason="asked"
    )
    do(case, extend)
    do(case, row_corrected(9))

    assert case.due_at == at("2026-03-20 23:59:59 AST")


def test_a_row_for_another_urgency_is_corrected_where_the_case_came_to_it():
    case = a_case(received_at=RECEIVED)
    assert "does not live by" not in do(case, row_corrected(48, "ma-expedited", Unit.HOURS))
    assert case.due_at == at("2026-03-09 23:59:59 AST")

    do(case, Expedite(actor=staff("rn-rivera"), asked_by="physician"))

    assert case.urgency is Urgency.EXPEDITED
    assert case.due_at == at("2026-03-06 10:00:00 AST")


def day_corrected(day, **closed):
    return CorrectDay(day=at(f"{day} 12:00 AST").date(), closed=closed, pack="0123456789ab", **BECAUSE)


def test_a_holiday_that_is_proclaimed_later_moves_what_counts_business_days_and_can_be_taken_back():
    case = a_case(received_at=RECEIVED)
    do(case, row_corrected(7, unit=Unit.BUSINESS_DAYS))
    assert case.due_at == at("2026-03-10 23:59:59 AST"), "somebody is there on Saturdays"
    proclaimed = day_corrected("2026-03-09", **{"mcs-classicare": "Day of mourning"})
    assert try_out(case, proclaimed, NOW).changes

    said = do(case, proclaimed)

    assert "2026-03-09 is Day of mourning; decision: Tue 10 Mar 2026 23:59 AST -> Wed 11 Mar 2026" in said
    assert case.due_at == at("2026-03-11 23:59:59 AST")
    assert case.log.events[-1].words.endswith(": read again")
    assert "already" in do(case, proclaimed)
    assert not try_out(case, proclaimed, NOW).changes
    assert "2026-03-09 is no holiday; decision: Wed 11 Mar" in do(case, day_corrected("2026-03-09"))
    assert case.due_at == at("2026-03-10 23:59:59 AST")


def test_what_counts_calendar_days_stands_whatever_the_day_is_called():
    case = a_case(received_at=RECEIVED)

    said = do(case, day_corrected("2026-03-09", **{"mcs-classicare": "Day of mourning"}))

    assert said == "2026-03-09 is Day of mourning; no date moves"


def test_only_a_supervisor_corrects_a_day_and_says_why():
    case = a_case(received_at=RECEIVED)
    proclaimed = day_corrected("2026-03-10", **{"mcs-classicare": "Day of mourning"})

    for changes in ({"actor": staff("rn-rivera")}, {"reason": ""}):
        assert try_out(case, proclaimed.model_copy(update=changes), NOW).is_refused


def test_a_trial_changes_nothing_and_says_whether_there_is_anything_to_do():
    case = a_case(received_at=RECEIVED)
    before = case.model_copy(deep=True)

    trial = try_out(case, row_corrected(9), NOW)

    assert trial.changes
    assert case == before
    do(case, row_corrected(9))
    assert not try_out(case, row_corrected(9), NOW).changes
    nobody = row_corrected(9).model_copy(update={"actor": staff("rn-rivera")})
    assert try_out(case, nobody, NOW).is_refused


def test_a_case_of_another_line_of_business_keeps_its_extension_where_that_has_one_and_rehearses_as_its_own():
    case = a_case(received_at=RECEIVED, plan="self-funded-sample")
    until = at("2026-03-25 12:00 AST").date()
    waits = Extend(
        actor=staff("sup-diaz"), until=until, ground="missing_information", notice_sent_at=NOW, reason="asked"
    )
    do(case, waits)
    assert case.clocks["decision"].reckon(case.policy.calendar).pause

    true = policy("mcs-classicare", 2026)
    do(case, CorrectPlan(plan="mcs-classicare", policy=true, **BECAUSE))

    [decision] = [clock for clock in case.clocks.duties if clock.id == "decision"]
    assert decision.reckon(case.policy.calendar).pause is None, "Medicare Advantage knows no pause"
    assert case.due_at == at("2026-03-23 23:59:59 AST"), "the extension is cut to what its row allows"
    assert not rehearse(case, true).moves


def plan_corrected(case, plan):
    return do(case, CorrectPlan(plan=plan, policy=policy(plan, 2026), **BECAUSE))


def test_what_comes_again_with_more_about_a_line_that_is_decided_is_another_request():
    first, second = a_line(1, "72148") | {"diagnoses": []}, a_line(2, "72148")
    case = a_case(lines=[first, second])
    now = case.received_at
    Approve(actor=staff("rn-rivera"), line=1).apply(case, now)
    more = a_request(lines=[a_line(1, "72148"), second])

    with pytest.raises(Refused, match="line 1 is decided and stays as it was asked"):
        ReceiveRequest(actor=staff("ic-santos"), receipt="PRE-2", request=more).check(case, now)


def test_an_emergency_that_is_said_later_is_for_a_nurse_to_confirm():
    case = a_case()
    again = a_request(emergency=True)
    ReceiveRequest(actor=staff("ic-santos"), receipt="PRE-2", request=again).apply(case, case.received_at)

    asked = a_case(emergency=True)
    screening.ask_to_confirm_emergency(asked, asked.received_at)
    [confirm] = {work.what for work in asked.work.open if "emergency" in work.what}
    assert confirm in [work.what for work in case.work.open]


def test_on_another_plan_coverage_is_another_question_and_the_review_goes_on():
    case = a_case(received_at=RECEIVED, plan="self-funded-sample")
    for queue in ("coverage", "intake"):
        case.need(queue, f"a question for {queue}", RECEIVED)

    plan_corrected(case, "mcs-classicare")

    waits = [work.what for work in case.work.open]
    assert "a question for coverage" not in waits
    assert "a question for intake" in waits


def test_the_time_to_appeal_that_silence_opened_falls_away_where_the_true_plan_has_more_time():
    case, now = a_case(received_at=RECEIVED), at("2026-03-10 10:00 AST")
    keep_appointments(case, now)
    assert case.clocks.is_open(APPEAL)

    CorrectPlan(plan="mcs-life", policy=policy("mcs-life", 2026), **BECAUSE).apply(case, now)

    assert case.clocks[APPEAL].ended_at == now


def test_what_tells_that_an_urgent_request_is_incomplete_runs_on_the_other_plans_row_or_falls_away():
    group = a_case(received_at=RECEIVED, plan="self-funded-sample", urgency="expedited", documents=())
    decision_clocks.start_incomplete_notice(group, RECEIVED)
    no_such = group.model_copy(deep=True)
    assert group.clocks["incomplete notice"].timeframe.id == "erisa-urgent-incomplete-notice"

    plan_corrected(group, "mcs-life")
    plan_corrected(no_such, "mcs-classicare")

    notice = group.clocks["incomplete notice"]
    assert notice.row(group.policy.calendar).id == "pr-urgent-incomplete-notice"
    assert notice.is_open
    assert no_such.clocks["incomplete notice"].ended_at == NOW


def test_a_line_of_business_that_is_corrected_once_too_often_gives_its_clocks_back():
    case = a_case(received_at=RECEIVED, plan="mcs-life-accredited")
    before = {clock.id: case.due_at_of(clock) for clock in case.clocks.open}

    plan_corrected(case, "mcs-classicare")
    assert {clock.id for clock in case.clocks.open} == {"decision"}
    plan_corrected(case, "mcs-life-accredited")

    assert {clock.id: case.due_at_of(clock) for clock in case.clocks.open} == before


def test_a_clock_that_waits_for_the_writing_waits_on_the_corrected_row_and_has_no_end_until_then():
    called = {"channel": "telephone", "requested_by": "member", "documents": ()}
    case = a_case(received_at=RECEIVED, plan="self-funded-sample", **called)
    assert case.due_at is None

    said = do(case, row_corrected(9, "erisa-pre-service"))
    other = case.model_copy(deep=True)
    plan_corrected(other, "mcs-life")

    assert "decision: no end known" in said
    assert case.clocks["decision"].timeframe.span.length == 9
    assert other.clocks["decision"].timeframe.id == "pr-standard"


def test_a_letter_that_left_and_answered_nothing_keeps_no_case_in_its_line_of_business():
    case = a_case(received_at=RECEIVED, plan="self-funded-sample", documents=())
    case.request_information(["the study"], ["el estudio"], RECEIVED)
    come_to_rest(case, RECEIVED)
    assert any(one.sent_at for one in case.letters.notices)

    plan_corrected(case, "mcs-classicare")
    assert case.policy.plan.id == "mcs-classicare"
