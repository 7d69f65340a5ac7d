"""A payment dispute from receipt to close, day by day, without Temporal."""

from datetime import timedelta

import pytest

from domain.case.keeping import come_to_rest, keep_appointments
from domain.desk.desk import Attach, Withdraw
from domain.dispute import letters, receipt
from domain.dispute.acts import DecideGoodCause, Dismiss, Resolve, SendElsewhere, TriageLine
from domain.dispute.correcting import CorrectRemittance
from domain.dispute.filing import ContendedLine, DisputedClaim
from domain.dispute.level import SecondLevelAnswered, SecondLevelFiled
from domain.dispute.receiving import ReceiveFiling
from domain.dispute.standing import Standing
from domain.dispute.work import DISMISS_OR_DECIDE, FILED_AGAIN, FOLLOW, ON_WHAT_IS_THERE
from domain.parts.events import EventKind
from domain.parts.happenings import WindowEnded
from domain.parts.hold import Hold
from domain.remittance.notification import NoticeOfPayment
from domain.terms.people import Language
from domain.terms.refusals import Refused
from domain.view.dispute_showing import dispute_sheet
from tests.builders import at
from tests.disputes import (
    a_dispute,
    a_filing,
    a_line,
    a_paper,
    denied,
    does,
    kinds,
    last_day,
    noon,
    papers,
    passes,
    received,
)

UPHELD = {"line": 1, "outcome": "upheld", "reason_id": "paid_at_medicare_rate"}
OVERTURNED = {"line": 1, "outcome": "overturned", "reason_id": "fee_schedule_misread"}


def timely(received_on, told_on, **changes):
    """Was a dispute received then in time, and which day was the last?"""
    case = received(a_filing(received_at=at(received_on), remittance={"produced_on": told_on}, **changes))
    return not case.late_lines, last_day(case, "filing window")


@pytest.mark.parametrize(
    ("told_on", "received_on", "in_time", "last"),
    [
        # D1: the last day is New Year's Day; it does not roll
        ("2026-09-03", "2027-01-01 22:10 PACIFIC", True, "2027-01-01 23:59:59 PST"),
        ("2026-09-03", "2027-01-02 00:00 PACIFIC", False, "2027-01-01 23:59:59 PST"),
        # D4: day 120 and day 121
        ("2026-03-10", "2026-07-08 23:59:59.4 PACIFIC", True, "2026-07-08 23:59:59 PDT"),
        ("2026-03-10", "2026-07-09 00:00 PACIFIC", False, "2026-07-08 23:59:59 PDT"),
        # D8: leap year, and none
        ("2027-11-02", "2028-03-01 09:00 PACIFIC", True, "2028-03-01 23:59:59 PST"),
        ("2026-11-02", "2027-03-02 09:00 PACIFIC", True, "2027-03-02 23:59:59 PST"),
        # daylight saving begins and ends in between
        ("2026-01-15", "2026-05-15 23:30 PACIFIC", True, "2026-05-15 23:59:59 PDT"),
        ("2026-08-01", "2026-11-29 23:30 PACIFIC", True, "2026-11-29 23:59:59 PST"),
    ],
)
def test_in_time_is_counted_in_days_of_the_plan_from_the_day_of_the_notice(
    told_on, received_on, in_time, last
):
    assert timely(received_on, told_on) == (in_time, last)


def test_which_date_counts_is_the_plans_choice_and_the_case_says_which_it_used():
    days = {"produced_on": "2026-09-03", "payment_on": "2026-09-08"}
    first = received(a_filing(received_at=at("2027-01-01 22:10 PACIFIC"), remittance=days))
    later = received(
        a_filing(plan="namm-sample", received_at=at("2027-01-01 22:10 PACIFIC"), remittance=days)
    )

    assert last_day(first, "filing window") == "2027-01-01 23:59:59 PST"
    assert last_day(later, "filing window") == "2027-01-06 23:59:59 PST"
    [said] = [event.words for event in later.log.events if event.kind is EventKind.TIMELINESS]
    assert "counted from the payment date (BPR16), Tue 8 Sep 2026" in said
    assert "the remittance date (DTM*405) is Thu 3 Sep 2026" in said


def test_a_dispute_that_went_to_the_wrong_mailbox_is_received_when_it_reached_that_and_decided_in_30_days():
    case = a_dispute(
        a_filing(
            received_at=at("2027-01-01 22:10 PACIFIC"),
            arrived_at="claimssupport@procaremso.com",
            channel="email",
            remittance={"produced_on": "2026-09-03"},
        ),
        now=noon("2027-01-05"),
    )
    assert last_day(case, "decision") == "2027-01-31 23:59:59 PST"
    does(case, "da-torres", Resolve, noon("2027-01-28"), **UPHELD)
    assert last_day(case, "second level window") == "2027-07-27 23:59:59 PDT"


# Complete


def incomplete(plan="procare", received_on="2026-05-14 09:00 PACIFIC"):
    """D3: received on day 119, without claim copy and form."""
    return a_dispute(
        a_filing(
            plan=plan,
            received_at=at(received_on),
            remittance={"produced_on": "2026-01-15"},
            documents=papers("original_claim", "dispute_form"),
        )
    )


def complete(case, arrived_at, keyed):
    for kind in ("original_claim", "dispute_form"):
        paper = a_paper(kind, received_at=at(arrived_at))
        does(case, "ic-santos", Attach, keyed, document=paper, reason="keyed on Monday")


def outcomes(case):
    return [event.words for event in case.log.events if event.kind is EventKind.TIMELINESS]


@pytest.mark.parametrize("came_at", ["16:00", "23:59:59"])
def test_papers_that_reached_the_box_on_the_last_day_and_were_keyed_later_are_in_time(came_at):
    case = incomplete()
    assert last_day(case, "filing window") == "2026-05-15 23:59:59 PDT"
    assert [row.id for row in case.missing] == ["original_claim", "dispute_form"]

    passes(case, noon("2026-05-18"))
    complete(case, f"2026-05-15 {came_at} PACIFIC", noon("2026-05-18"))

    assert not case.missing
    assert not case.late_lines
    assert case.stage.value == "dispute_review"
    assert outcomes(case)[-1] == "completed within the time to file"
    assert last_day(case, "decision") == "2026-06-13 23:59:59 PDT"  # 30 days from receipt


def test_papers_after_the_last_day_are_in_time_or_late_as_the_plans_row_says_and_never_silently():
    first, last = incomplete("procare"), incomplete("namm-sample")
    for case in (first, last):
        passes(case, noon("2026-05-18"))
        assert any("the time to file ended and the dispute is incomplete" in said for said in outcomes(case))
        assert not case.is_closed
        complete(case, "2026-05-16 10:00 PACIFIC", noon("2026-05-18"))

    assert not first.late_lines
    assert "in time, because procare-disputes measures the first receipt alone" in outcomes(first)[-1]
    assert [line.sequence for line in last.late_lines] == [1]
    assert "late, because namm-sample-disputes measures the last paper too" in outcomes(last)[-1]
    assert kinds(last)[-1] == "good_cause_request"
    assert last_day(first, "decision") == "2026-06-13 23:59:59 PDT"
    assert last_day(last, "decision") == "2026-06-15 23:59:59 PDT"  # 30 days from completion
    for case, measured, decided_by in (
        (first, "procare-disputes measures the first receipt alone", "dispute-decision allows 30"),
        (last, "namm-sample-disputes measures the last paper too", "namm-sample-dispute-decision allows 30"),
    ):
        calendar = case.policy.calendar
        assert measured in case.clocks["filing window"].explain(calendar)[0].words
        assert decided_by in case.clocks["decision"].explain(calendar)[0].words


def test_a_filing_completed_in_time_is_decided_from_completion_where_the_row_says_so():
    case = incomplete("namm-sample")
    assert case.due_at is None
    complete(case, "2026-05-15 16:00 PACIFIC", noon("2026-05-15") + (noon("2026-05-16") - noon("2026-05-15")))
    assert last_day(case, "decision") == "2026-06-14 23:59:59 PDT"


def test_nothing_is_dismissed_by_a_timer_a_supervisor_dismisses_what_stays_incomplete():
    case = incomplete()
    with pytest.raises(Refused, match="still runs"):
        does(case, "sup-diaz", Dismiss, noon("2026-05-20"), ground="incomplete", reason="no claim")
    passes(case, noon("2026-06-01"))
    assert not case.is_closed
    assert any(work.queue == "supervisor" for work in case.work.open)
    with pytest.raises(Refused, match="may not dismiss"):
        does(case, "da-torres", Dismiss, noon("2026-06-01"), ground="incomplete", reason="no claim")

    does(case, "sup-diaz", Dismiss, noon("2026-06-01"), ground="incomplete", reason="no claim copy came")

    assert case.closed_as == "dismissed as incomplete"
    assert case.clocks["decision"].satisfied_at == noon("2026-06-01")


def test_what_was_never_asked_for_is_a_supervisors_when_the_time_to_file_has_ended():
    case = a_dispute(a_filing(documents=papers("original_claim")))
    case.information_asked = False
    [filing] = case.filing_clocks
    ended = case.due_at_of(filing)

    case.follow(WindowEnded(filing, ended), ended)

    assert ("supervisor", DISMISS_OR_DECIDE) in [(work.queue, work.what) for work in case.work.open]


def test_a_paper_that_comes_before_it_was_asked_for_completes_the_dispute():
    case = received(documents=papers("original_claim"))
    assert case.completed_at is None
    came = noon("2037-05-02")

    case.attached(a_paper("original_claim", received_at=came), came)

    assert case.completed_at == came


def test_what_is_said_otherwise_when_it_comes_again_is_an_analysts_until_it_is_answered():
    case = a_dispute()
    again = a_filing(provider={"address": "1 Other Way, Long Beach, CA 90802"})

    said = does(case, "ic-santos", ReceiveFiling, noon("2037-05-02"), receipt="DIS-2", filing=again)

    assert "which is work for the analyst" in said
    assert any("when the dispute came again: look at both" in work.what for work in case.work.open)

    does(case, "da-torres", Resolve, noon("2037-05-03"), **UPHELD)
    assert case.work.open == [], "with the answer nothing waits any more"


def test_what_was_left_out_and_comes_later_sorts_no_line_again():
    unnamed = [{"group": "CO", "reason": "59", "amount": "200.00"}]
    first = a_filing(statement=None, lines=[a_line(1, adjustments=unnamed)])
    case = a_dispute(first)
    does(case, "da-torres", TriageLine, noon("2037-05-02"), line=1, route="amount")
    again = first.model_copy(update={"statement": "Original Medicare pays more for this code."})

    said = does(case, "ic-santos", ReceiveFiling, noon("2037-05-03"), receipt="DIS-2", filing=again)

    assert "taken over, as it was left out before: statement" in said
    assert case.lines[0].triage.route == "amount"


def test_a_paper_completes_a_dispute_once_and_only_with_the_last_that_was_missing():
    complete, lacking_two = a_dispute(), a_dispute(documents=papers("original_claim", "dispute_form"))
    completed_at, came = complete.completed_at, noon("2037-05-02")

    for case in (complete, lacking_two):
        had = len(case.log.events)
        case.attached(a_paper("original_claim", received_at=came), came)
        assert len(case.log.events) == had + 1, "the paper, and nothing that follows from it"

    assert (complete.completed_at, lacking_two.completed_at) == (completed_at, None)


def test_what_comes_after_its_time_after_all_leaves_nobody_to_decide_on_what_was_there():
    case = incomplete()
    passes(case, noon("2026-06-01"))
    waits = {ON_WHAT_IS_THERE, DISMISS_OR_DECIDE}
    assert waits <= {work.what for work in case.work.open}

    complete(case, "2026-06-02 09:00 PACIFIC", noon("2026-06-02"))

    assert not waits & {work.what for work in case.work.open}


def test_an_incomplete_dispute_reminds_the_provider_before_its_days_end():
    case = a_dispute(
        a_filing(
            remittance={"produced_on": "2037-03-02"}, documents=papers("dispute_form"), plan="namm-sample"
        )
    )
    passes(case, noon("2037-06-24"))
    reminded = [event.at for event in case.log.events if event.kind is EventKind.REMINDED]
    days = [case.policy.calendar.day_of(instant).isoformat() for instant in reminded]
    assert last_day(case, "filing window").startswith("2037-06-30")
    assert days == ["2037-05-31", "2037-06-23"]


def test_a_reminder_that_passed_while_nothing_ran_promises_no_day_that_has_passed():
    case = a_dispute(
        a_filing(
            remittance={"produced_on": "2037-03-02"}, documents=papers("dispute_form"), plan="namm-sample"
        )
    )
    keep_appointments(case, noon("2037-07-02"))
    assert "dispute_reminder" not in kinds(case)
    passed = [event.words for event in case.log.events if event.kind is EventKind.RUNG_PASSED]
    assert sum("before the end" in words for words in passed) == 2
    assert any("the time to file ended" in said for said in outcomes(case))


def test_of_two_reminders_that_are_late_only_the_last_is_sent():
    case = a_dispute(
        a_filing(
            remittance={"produced_on": "2037-03-02"}, documents=papers("dispute_form"), plan="namm-sample"
        )
    )
    keep_appointments(case, noon("2037-06-24"))
    assert kinds(case).count("dispute_reminder") == 1


def test_a_person_may_decide_on_what_is_there():
    case = incomplete()
    passes(case, noon("2026-05-30"))
    does(case, "da-torres", Resolve, noon("2026-06-01"), **OVERTURNED)
    assert case.status.code == "OVERTURNED"


# Late


def late(**changes):
    """D4: received on day 121."""
    return a_dispute(
        a_filing(
            received_at=at("2026-07-09 00:00 PACIFIC"), remittance={"produced_on": "2026-03-10"}, **changes
        )
    )


def test_what_comes_late_is_received_and_asked_for_a_good_cause_and_its_clock_runs():
    case = late()
    assert case.stage.value == "good_cause"
    assert kinds(case) == ["dispute_acknowledged", "good_cause_request"]
    assert last_day(case, "decision") == "2026-08-08 23:59:59 PDT"
    with pytest.raises(Refused, match="came late"):
        does(case, "da-torres", Resolve, noon("2026-07-10"), **UPHELD)
    with pytest.raises(Refused, match="may be stated through"):
        does(case, "sup-diaz", Dismiss, noon("2026-07-10"), ground="untimely", reason="late")


def test_what_came_in_the_last_second_and_was_keyed_later_makes_it_timely():
    case, told = late(), {"produced_on": "2026-03-10"}
    first = a_filing(received_at=at("2026-07-08 23:59:59 PACIFIC"), remittance=told)
    does(case, "ic-santos", ReceiveFiling, noon("2026-07-10"), receipt="DIS-2", filing=first)
    [window] = case.filing_clocks
    assert (case.late_lines, window.ended_at) == ([], None)
    assert case.work.in_queue("supervisor").what.startswith("a filing that was keyed later makes")


def test_what_came_earlier_still_moves_no_time_that_was_made_use_of():
    case = a_dispute()
    [window] = case.filing_clocks
    first = a_filing(received_at=case.received_at - timedelta(days=1))
    does(case, "ic-santos", ReceiveFiling, case.received_at, receipt="DIS-2", filing=first)
    assert case.received_at == first.received_at
    assert case.filing_clocks[0].satisfied_at == window.satisfied_at
    assert not case.work.in_queue("supervisor")


def test_nobody_stating_a_cause_in_time_is_work_for_the_supervisor_and_no_dismissal():
    case = late()
    passes(case, noon("2026-07-24"))
    assert case.status.code == "OPEN"
    assert any("nobody stated a good cause" in work.what for work in case.work.open)

    does(case, "sup-diaz", Dismiss, noon("2026-07-24"), ground="untimely", reason="no cause was stated")

    assert (case.status.code, case.closed_as) == ("UNTIMELY", "dismissed as untimely")
    assert kinds(case)[-1] == "dispute_dismissed"


def test_a_cause_that_is_stated_after_its_time_is_what_the_supervisor_looks_at():
    case = late()
    passes(case, noon("2026-07-24"))
    does(case, "ic-santos", Attach, noon("2026-07-25"), document=a_paper("good_cause_statement"))

    waits = [work.what for work in case.work.open]
    assert any("a good cause for coming late was stated" in what for what in waits)
    assert not any("nobody stated a good cause" in what for what in waits)


def test_a_cause_that_a_supervisor_knows_of_is_waited_for_no_longer():
    case = late()
    assert case.clocks.is_open("good cause window")
    does(
        case,
        "sup-diaz",
        DecideGoodCause,
        noon("2026-07-10"),
        accepted=True,
        reason="the fire was in the news",
    )
    assert not case.clocks.is_open("good cause window")


def test_a_cause_that_is_stated_is_accepted_or_refused_by_a_supervisor():
    accepted, refused = late(), late(good_cause="The mail room had burned down.")
    does(accepted, "ic-santos", Attach, noon("2026-07-15"), document=a_paper("good_cause_statement"))
    for case, said in ((accepted, True), (refused, False)):
        assert any("a good cause for coming late was stated" in work.what for work in case.work.open)
        with pytest.raises(Refused, match="may not decide good cause"):
            does(case, "da-torres", DecideGoodCause, noon("2026-07-16"), accepted=said, reason="fire report")
        does(case, "sup-diaz", DecideGoodCause, noon("2026-07-16"), accepted=said, reason="fire report")
        assert not case.work.in_queue("supervisor"), "nobody is asked any more what was decided"

    assert kinds(refused) == ["dispute_acknowledged", "dispute_dismissed"]
    assert refused.closed_as == "dismissed as untimely"
    assert accepted.stage.value == "dispute_review"
    does(accepted, "da-torres", Resolve, noon("2026-07-17"), **UPHELD)
    assert accepted.status.code == "UPHELD"


@pytest.mark.parametrize(("said", "is_a_cause"), [("good_cause", True), ("statement", False)])
def test_of_what_a_filing_says_for_the_first_time_only_a_cause_is_looked_at_as_one(said, is_a_cause):
    case = late(statement=None)
    sent = {"received_at": case.received_at, "remittance": {"produced_on": "2026-03-10"}, "statement": None}
    again = a_filing(**sent | {said: "The mail room had burned down."})
    does(case, "ic-santos", ReceiveFiling, noon("2026-07-10"), receipt="DIS-AGAIN", filing=again)

    asked = [work.what for work in case.work.open if work.queue == "supervisor"]
    assert any("a good cause for coming late was stated" in what for what in asked) is is_a_cause


def test_forwarded_inside_after_it_came_in_time_it_is_in_time():
    case = a_dispute(
        a_filing(received_at=at("2026-07-07 15:00 PACIFIC"), remittance={"produced_on": "2026-03-10"}),
        now=noon("2026-07-10"),
    )
    assert not case.late_lines
    assert last_day(case, "decision") == "2026-08-06 23:59:59 PDT"


def test_a_corrected_remittance_gives_new_days_to_the_lines_that_it_changed():
    case = late(lines=[a_line(1), a_line(2)])
    assert [line.sequence for line in case.late_lines] == [1, 2]
    again = ContendedLine.model_validate(a_line(2, paid="310.00"))
    same = ContendedLine.model_validate(a_line(1))
    does(
        case,
        "da-torres",
        CorrectRemittance,
        noon("2026-07-12"),
        notice=NoticeOfPayment(produced_on="2026-05-01"),
        lines=(same, again),
        reason="corrected 835",
    )
    assert [line.sequence for line in case.late_lines] == [1]
    assert last_day(case, "filing window line 2") == "2026-08-29 23:59:59 PDT"
    does(case, "sup-diaz", DecideGoodCause, noon("2026-07-13"), accepted=False, reason="none was stated")
    assert case.line(1).dismissed == "untimely"
    assert case.is_undecided
    does(case, "da-torres", Resolve, noon("2026-07-14"), **(OVERTURNED | {"line": 2}))
    assert [line.outcome for line in case.lines] == ["dismissed", "overturned"]
    assert case.status.code == "OVERTURNED"


@pytest.mark.parametrize(("seconds", "said"), [(0, ""), (1, ", 1 day late")])
def test_an_answer_in_the_last_second_is_not_late(seconds, said):
    case = a_dispute()
    does(case, "da-torres", Resolve, case.due_at + timedelta(seconds=seconds), **OVERTURNED)
    [*_, answered] = [event.words for event in case.log.events if event.kind is EventKind.DETERMINED]
    assert answered == f"first level answered: payment overturned{said}"


@pytest.mark.parametrize(("day", "until"), [("2026-05-14", "2026-05-15"), ("2026-05-15", None)])
def test_what_is_dismissed_as_incomplete_may_be_sent_again_while_a_day_is_left(day, until):
    case = incomplete()
    facts = letters.dismissed(case, "incomplete", case.lines, Language.ENGLISH, noon(day))
    assert facts["again_until"] == until


def corrected(case, day="2026-07-12", **said):
    fields = {"notice": NoticeOfPayment(produced_on="2026-05-01"), "reason": "corrected 835"}
    return does(case, "da-torres", CorrectRemittance, noon(day), **(fields | said))


def test_while_papers_are_missing_the_time_that_a_corrected_remittance_gives_runs_on():
    case = incomplete()
    lines = (ContendedLine.model_validate(a_line(1, paid="310.00")),)
    corrected(case, day="2026-05-15", lines=lines)
    assert [window.is_open for window in case.filing_clocks] == [True, True]


def test_a_remittance_may_be_corrected_on_its_own_day_and_not_before():
    case, lines = late(), (ContendedLine.model_validate(a_line(1, paid="310.00")),)
    with pytest.raises(Refused, match="notice: the corrected remittance lies in the future"):
        corrected(case, notice=NoticeOfPayment(produced_on="2026-07-13"), lines=lines)
    corrected(case, notice=NoticeOfPayment(produced_on="2026-07-12"), lines=lines)
    assert not case.late_lines


def test_a_correction_of_the_claim_as_a_whole_changes_each_of_its_lines():
    case = late(lines=[a_line(1), a_line(2)])
    lines = tuple(line.asked for line in case.lines)
    taken = {"group": "CO", "reason": "97", "amount": "40.00"}
    numbers = {"payer_number": "CLM-NEW", "member": "PRO-400001"}
    with pytest.raises(Refused, match="changes none of the disputed lines"):
        corrected(case, claim=DisputedClaim(**numbers), lines=lines)
    as_a_whole = DisputedClaim(**numbers, adjustments=[taken], said_elsewhere=["PLB takes 40.00 back"])

    corrected(case, claim=as_a_whole, lines=lines)

    assert case.filing.claim.payer_number == "CLM-20370401", "it stays the claim that it was filed as"
    assert [line.triage.row for line in case.lines] == ["bundled", "bundled"]
    assert [clock.lines for clock in case.filing_clocks] == [(), (1, 2)]
    assert "PLB takes 40.00 back" in case.warnings


def test_what_was_paid_otherwise_as_filed_again_is_shown_beside_and_a_person_says_which_counts():
    case = a_dispute(lines=[a_line(1), a_line(2)])
    lines, notice = [a_line(1, paid="280.00"), a_line(2)], {"produced_on": "2037-04-30"}
    now = noon("2037-05-02")

    for hour in (9, 10):
        again = a_filing(lines=lines, remittance=notice, received_at=now - timedelta(hours=hour))
        said = {"receipt": f"DIS-{hour}", "filing": again}
        assert "the dispute came again" in does(case, "ic-santos", ReceiveFiling, now, **said)

    assert [str(line.asked.paid) for line in case.lines] == ["300.00", "300.00"], "nothing merges by itself"
    beside = "the remittance of 2037-04-30 beside that of 2037-03-02"
    assert dispute_sheet(case).look_at == (f"{beside}; line 1: 300.00 was paid here, 280.00 as filed again",)
    assert [work.what for work in case.work.open if "filed again" in work.what] == [FILED_AGAIN]

    other = ContendedLine.model_validate(lines[0])
    corrected(case, day="2037-05-03", lines=(other,), notice=NoticeOfPayment(**notice))
    assert FILED_AGAIN not in [work.what for work in case.work.open]


# Whose it is


def found(indicator="HM", **standing):
    case = received(a_filing(claim={"filing_indicator": indicator}))
    said = case.standing_by_remittance or case.beside_the_remittance(Standing(because="told", **standing))
    receipt.standing_found(case, said, case.received_at)
    come_to_rest(case, case.received_at)
    return case


@pytest.mark.parametrize(
    ("indicator", "member", "contract", "status", "letters"),
    [
        ("MC", None, None, "NOT_OURS", ["not_ours"]),
        ("HM", False, False, "NOT_OURS", ["not_ours"]),
        ("16", None, True, "CONTRACT", ["contract_process"]),
        ("16", None, False, "OPEN", ["dispute_acknowledged"]),
        ("12", True, False, "OPEN", ["dispute_acknowledged"]),
        ("12", None, False, "OPEN", []),
        ("16", None, None, "OPEN", []),
    ],
)
def test_whose_it_is_the_remittance_says_or_the_directory_or_an_analyst_finds_out(
    indicator, member, contract, status, letters
):
    case = found(indicator, in_medicare_advantage=member, has_contract=contract)
    assert (case.status.code, kinds(case)) == (status, letters)
    assert case.standing.because in [event.words for event in case.log.events]
    assert case.is_closed == (status != "OPEN")
    if status != "OPEN":
        assert case.clocks["decision"].satisfied_at == case.received_at
    if not letters:
        assert [work.queue for work in case.work.open] == ["dispute-triage"]


def test_an_analyst_finds_out_what_the_directory_does_not_know():
    ours, theirs = (found("12", in_medicare_advantage=None, has_contract=False) for _ in range(2))
    does(ours, "da-torres", TriageLine, noon("2037-05-02"), line=1, route="amount", reason="the plan says so")
    assert ours.stage.value == "dispute_review"
    does(theirs, "da-torres", SendElsewhere, noon("2037-05-02"), where="contract", reason="the group's file")
    assert theirs.closed_as == "sent to the contract's process"


# Lines


def test_denied_lines_go_to_the_health_plan_and_the_others_stay():
    case = a_dispute(lines=[a_line(1), denied(2)])
    assert kinds(case) == ["dispute_acknowledged", "redirect", "forwarded_to_plan"]
    _, redirect, forwarded = case.letters.notices
    assert redirect.facts["until"] == "2037-05-06"  # 65 days of 2037-03-02
    assert forwarded.facts["received_on"] == "2037-05-01"
    assert len(forwarded.facts["documents"]) == 4
    with pytest.raises(Refused, match="redirected"):
        does(case, "da-torres", Resolve, noon("2037-05-02"), **(UPHELD | {"line": 2}))
    does(case, "da-torres", Resolve, noon("2037-05-02"), **UPHELD)
    assert [line.outcome for line in case.lines] == ["upheld", "redirected"]
    assert case.clocks["decision"].satisfied_at == noon("2037-05-02")


@pytest.mark.parametrize(
    ("produced_on", "until", "passed"),
    [("2037-02-25", "2037-05-01", None), ("2037-02-24", None, "2037-04-30")],  # received on the first of May
)
def test_a_redirect_promises_the_last_day_of_its_window_and_no_day_that_has_passed(
    produced_on, until, passed
):
    case = a_dispute(lines=[denied(1)], remittance={"produced_on": produced_on})
    redirect = case.letters.notices[1]
    assert (redirect.facts["until"], redirect.facts["passed"]) == (until, passed)
    assert case.closed_as == "sent to the health plan's appeal"
    assert case.status.code == "REDIRECTED"


def test_what_a_row_decided_is_changed_only_with_a_reason():
    case = a_dispute()
    act = {"line": 1, "route": "redirect"}
    with pytest.raises(Refused, match="fee-schedule of the pack decided"):
        does(case, "da-torres", TriageLine, noon("2037-05-02"), **act)
    does(case, "da-torres", TriageLine, noon("2037-05-02"), **act, reason="the record shows a denial")
    assert case.closed_as == "sent to the health plan's appeal"


# Thirty days, and the second level


def test_thirty_days_missed_open_the_second_level_and_a_late_answer_gives_its_own_time():
    """D6."""
    case = a_dispute()
    assert last_day(case, "decision") == "2037-05-31 23:59:59 PDT"
    passes(case, noon("2037-06-03"))
    assert "breach" in case.log.flags
    assert kinds(case) == ["dispute_acknowledged", "dispute_missed"]
    assert last_day(case, "second level window") == "2037-11-27 23:59:59 PST"
    assert case.letters.notices[-1].facts["second_level"] == {"days": 180, "until": "2037-11-27"}
    assert case.is_undecided

    does(case, "da-torres", Resolve, noon("2037-06-04"), **OVERTURNED)

    answered = [event.words for event in case.log.events if event.kind is EventKind.DETERMINED][-1]
    assert answered == "first level answered: payment overturned, 4 days late"
    assert case.clocks["decision"].is_late(noon("2037-06-04"), case.policy.calendar)
    assert last_day(case, "second level window") == "2037-12-01 23:59:59 PST"
    [payment] = case.payments
    assert (str(payment.total), payment.payee, payment.tax_id) == ("120.00", "Bayview Group", "95-2000001")
    steps = case.clocks["second level window"].explain(case.policy.calendar)
    assert [step.kind for step in steps] == ["received", "retimed"]


def decided_on_march_31():
    """D5."""
    case = a_dispute(
        a_filing(received_at=at("2037-03-20 10:00 PACIFIC"), remittance={"produced_on": "2037-03-02"})
    )
    does(case, "da-torres", Resolve, noon("2037-03-31"), **UPHELD)
    assert last_day(case, "second level window") == "2037-09-27 23:59:59 PDT"
    return case


def test_the_window_ends_as_no_request_known_and_a_plan_that_asks_later_reopens_the_case():
    case = decided_on_march_31()
    passes(case, noon("2037-09-28"))
    assert case.closed_as == "window closed, no request known"
    assert "second_level_reminder" in kinds(case)

    case.reopen(noon("2037-10-05"))
    come_to_rest(case, noon("2037-10-05"))
    assert (case.stage.value, case.is_closed) == ("second_level", False)
    filed = {"filed_on": "2037-09-18", "learned": "the plan's letter", "file_wanted": True}
    does(case, "da-torres", SecondLevelFiled, noon("2037-10-05"), **filed)

    assert [work.what for work in case.work.open] == [FOLLOW], "what it was reopened for is recorded"
    assert str(case.second_level.filed_on) == "2037-09-18"
    assert case.letters.notices[-1].facts["what"] == "file"
    assert case.clocks["second level window"].ended_at is not None
    assert not case.is_closed
    answer = {"outcome": "partly", "amount": "40.00", "answered_on": "2037-11-02"}
    does(case, "da-torres", SecondLevelAnswered, noon("2037-11-03"), **answer)
    assert [str(payment.total) for payment in case.payments] == ["40.00"]
    assert (case.closed_as, case.status.code) == ("second level: partly", "PARTLY")


def test_a_request_that_reaches_us_by_mistake_is_forwarded_with_its_date_of_receipt():
    case = decided_on_march_31()
    filed = {"filed_on": "2037-09-26", "learned": "it came to our box", "with_us": True}
    came = at("2037-09-26 16:00 PACIFIC")
    does(case, "da-torres", SecondLevelFiled, noon("2037-09-27"), at=came, **filed)
    forwarded = case.letters.notices[-1]
    assert (forwarded.facts["what"], forwarded.facts["received_on"]) == ("request", "2037-09-26")
    passes(case, noon("2037-12-31"))
    assert case.stage.value == "second_level"


def test_the_second_level_is_filed_from_the_day_of_receipt_on_and_answered_from_that_of_filing_on():
    case, now = decided_on_march_31(), noon("2037-04-02")  # received on 20 March
    for day in ("2037-03-19", "2037-04-03"):
        with pytest.raises(Refused, match="filed-on"):
            does(case, "da-torres", SecondLevelFiled, now, filed_on=day, learned="the plan's letter")
    today = case.model_copy(deep=True)
    for filed, day in ((today, "2037-04-02"), (case, "2037-03-20")):
        does(filed, "da-torres", SecondLevelFiled, now, filed_on=day, learned="the plan's letter")
    made_use_of = [one.clocks["second level window"].satisfied_at for one in (today, case)]
    assert made_use_of == [now, at("2037-03-20 23:59:59 PACIFIC")]

    for day in ("2037-03-19", "2037-04-03"):
        with pytest.raises(Refused, match="answered-on: between the day of filing and today"):
            does(case, "da-torres", SecondLevelAnswered, now, outcome="upheld", answered_on=day)
    for day in ("2037-03-20", "2037-04-02"):
        answered = case.model_copy(deep=True)
        does(answered, "da-torres", SecondLevelAnswered, now, outcome="upheld", answered_on=day)
        assert (answered.closed_as, answered.second_level.amount) == ("second level: upheld", None)


@pytest.mark.parametrize(("filed_on", "is_late"), [("2037-09-27", False), ("2037-09-28", True)])
def test_a_second_level_that_was_filed_after_its_last_day_is_recorded_as_that(filed_on, is_late):
    case, now = decided_on_march_31(), noon("2037-10-05")
    passes(case, now)
    case.reopen(now)

    does(case, "da-torres", SecondLevelFiled, now, filed_on=filed_on, learned="the plan's letter")

    [filed] = [event.words for event in case.log.events if event.kind is EventKind.SECOND_LEVEL_FILED]
    assert (", after its last day" in filed) is is_late


def test_nobody_here_decides_the_second_level():
    case = decided_on_march_31()
    for who in ("da-torres", "sup-diaz", "dir-luna"):
        with pytest.raises(Refused, match="the health plan decides the second level"):
            does(case, who, Resolve, noon("2037-04-01"), **OVERTURNED, level=2)


def test_a_case_on_hold_pays_nothing_until_the_hold_is_lifted():
    case = a_dispute()
    case.letters.holds = [Hold(kind="fraud", since=noon("2037-05-04"), by="sup-diaz", because="a tip")]
    does(case, "da-torres", Resolve, noon("2037-05-05"), **OVERTURNED)
    assert (case.may_be_paid, len(case.unpaid)) == ([], 1)
    case.letters.holds = []
    come_to_rest(case, noon("2037-05-06"))
    assert not case.unpaid


def test_withdrawn_it_ends_and_nothing_is_decided():
    case = a_dispute()
    does(case, "ic-santos", Withdraw, noon("2037-05-05"), by="provider")
    assert case.closed_as == "withdrawn by the provider"
    assert kinds(case)[-1] == "dispute_withdrawn"
    assert not case.clocks.open


def test_withdrawn_after_thirty_days_were_missed_it_waits_for_no_second_level():
    case = a_dispute()
    passes(case, noon("2037-06-03"))
    assert case.clocks["second level window"].is_open

    does(case, "ic-santos", Withdraw, noon("2037-06-05"), by="provider")

    assert case.closed_as == "withdrawn by the provider"


def test_a_case_that_was_kept_whole_goes_on_from_there():
    case = decided_on_march_31()
    passes(case, noon("2037-09-28"))
    again = type(case).model_validate_json(case.model_dump_json())
    assert again == case
