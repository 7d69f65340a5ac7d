"""What may still be changed of a decision, by whom, and what it does to the case: without Temporal."""

from datetime import timedelta

import pytest

from domain.case import dispatch, ending
from domain.case.keeping import come_to_rest
from domain.case.sending import Fate, Sending
from domain.correction.entered_in_error import EnterInError, RecordRecall
from domain.correction.reinstatement import Reinstate
from domain.correction.reopening import CorrectAnswer, is_in_favour
from domain.correction.second_thoughts import AGAIN, TakeBack
from domain.desk.delivery import SendAgain
from domain.desk.desk import RecordCall
from domain.desk.dispatch import TakeAsSent, take_note
from domain.desk.holds import PutOnHold
from domain.desk.stop_notice import StopNotice
from domain.determination.decisions import Approve, Deny, Reduce
from domain.determination.peer_to_peer import OfferPeerToPeer
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.parts.queues import ADDRESSES
from domain.request.determination import Outcome
from domain.request.line import Coverage
from domain.review import screening
from domain.terms.case_number import case_number
from domain.terms.notice import Recipient
from domain.terms.refusals import Refused
from tests.builders import a_case, a_line, at, criteria_of, staff

NOW = at("2037-03-03 09:00 AST")
AN_HOUR = timedelta(hours=1)
WEEKS, *_ = criteria_of("72148")
NOT_MET = {"reason_id": "criteria_not_met", "criterion": WEEKS}
APPEAL = case_number("APP", bytes(8))
APPROVED = {"outcome": Outcome.APPROVED, "reason": "the study was on file"}


def does(case, who, act, now=NOW, **words):
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, now)
    answer = said.apply(case, now)
    case.settle(now)
    return answer


def denied(criterion=WEEKS, **facts):
    """Denied and told by letter."""
    case = a_case(**facts)
    does(case, "md-ortiz", Deny, reason_id="criteria_not_met", criterion=criterion)
    come_to_rest(case, NOW)
    return case


@pytest.mark.parametrize("later", [timedelta(), AN_HOUR])
def test_a_call_that_reached_somebody_has_told_them_though_the_letter_has_not_left(later):
    case = a_case()
    does(case, "md-ortiz", Deny, **NOT_MET)
    does(case, "ic-santos", RecordCall, NOW + later, to=Recipient.PROVIDER, reached=False)
    reached = case.model_copy(deep=True)
    does(reached, "ic-santos", RecordCall, NOW + later, to=Recipient.PROVIDER, reached=True)

    with pytest.raises(Refused, match="reached the provider"):
        does(reached, "md-ortiz", TakeBack, NOW + AN_HOUR, reason="read the wrong study")
    assert "decided again" in does(case, "md-ortiz", TakeBack, NOW + AN_HOUR, reason="read the wrong study")


def test_of_the_calls_only_those_about_the_answer_that_is_taken_back_are_made_no_more():
    case = a_case()
    does(case, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    does(case, "md-ortiz", Deny, **NOT_MET)
    others = [("calls", "call the provider: a date for the study"), ("records", "tell the determination")]
    for queue, what in others:
        case.need(queue, what, NOW)
    does(case, "md-ortiz", TakeBack, reason="read the wrong study")

    assert {(one.queue, one.what) for one in case.work.open} >= set(others)


def test_an_accreditors_clock_that_the_determination_had_kept_is_open_again():
    case = a_case(plan="mcs-life")
    does(case, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    does(case, "md-ortiz", Deny, **NOT_MET)
    before = {clock.id for clock in case.clocks.open}
    does(case, "md-ortiz", TakeBack, reason="read the wrong study")

    again = {clock.id for clock in case.clocks.duties}
    assert again >= {clock.id for clock in case.clocks.values() if clock.timeframe.times is case.answers}
    assert again != before
    assert not case.may_leave
    assert not case.letters.unsent


def test_a_time_to_appeal_that_was_over_already_ends_only_once():
    case = denied()
    case.clocks.change("appeal window", ended_at=NOW)
    does(case, "md-vega", CorrectAnswer, **APPROVED, ended_appeals=(APPEAL,))

    assert EventKind.WINDOW_ENDED not in {event.kind for event in case.log.events}


def test_while_an_appeal_is_open_the_appeal_decides():
    case = denied()
    case.link(APPEAL, "appeal opened by the member", NOW)
    with pytest.raises(Refused, match=f"{APPEAL} is open: the appeal decides"):
        does(case, "md-vega", CorrectAnswer, **APPROVED)
    told_later = denied()
    with pytest.raises(Refused, match="the appeal decides"):
        does(told_later, "md-vega", CorrectAnswer, **APPROVED, open_appeals=(APPEAL,))
    assert "denied -> approved" in does(case, "md-vega", CorrectAnswer, **APPROVED, ended_appeals=(APPEAL,))


def test_where_everything_is_approved_after_all_nothing_is_left_to_appeal():
    case = denied()
    assert case.clocks.is_open("appeal window")
    does(case, "md-vega", CorrectAnswer, **APPROVED)
    assert not case.clocks.is_open("appeal window")


def test_a_correction_is_not_dated_before_the_answer_that_it_corrects():
    case = denied()
    with pytest.raises(Refused, match="comes after the answer"):
        does(case, "md-vega", CorrectAnswer, NOW + AN_HOUR, **APPROVED, at=NOW - AN_HOUR)


def test_what_nobody_was_told_is_taken_back_and_not_corrected():
    case = a_case()
    does(case, "md-ortiz", Deny, **NOT_MET)

    with pytest.raises(Refused, match="plazo reconsider"):
        does(case, "md-vega", CorrectAnswer, **APPROVED)


def test_a_part_that_is_granted_later_needs_its_own_reason_and_opens_a_full_time_to_appeal():
    case = denied("home-health-nursing.visits", service="G0299", units=20)
    later = NOW + timedelta(days=20)
    part = {"outcome": Outcome.PARTIAL, "units": 12, "reason": "read again"}
    with pytest.raises(Refused, match="gives its reason"):
        does(case, "md-vega", CorrectAnswer, later, **part)
    ground = {"reason_id": "fewer_units_suffice", "criterion": "home-health-nursing.visits"}
    does(case, "md-vega", CorrectAnswer, later, **part, **ground)
    come_to_rest(case, later)

    window = case.clocks["appeal window"]
    assert window.is_open
    assert case.due_at_of(window) == at("2037-05-27 23:59:59 AST")
    assert case.lines[0].authorization.units == 12


@pytest.mark.parametrize(
    ("before", "after", "in_favour"),
    [
        ((Outcome.DENIED, 0), (Outcome.APPROVED, 20), True),
        ((Outcome.DENIED, 0), (Outcome.PARTIAL, 4), True),
        ((Outcome.PARTIAL, 4), (Outcome.PARTIAL, 5), True),
        ((Outcome.PARTIAL, 4), (Outcome.PARTIAL, 4), False),
        ((Outcome.PARTIAL, 4), (Outcome.PARTIAL, 3), False),
        ((Outcome.PARTIAL, 4), (Outcome.MODIFIED, 4), False),
        ((Outcome.PARTIAL, 4), (Outcome.DENIED, 0), False),
        ((Outcome.APPROVED, 20), (Outcome.PARTIAL, 19), False),
    ],
)
def test_what_gives_the_member_more_is_in_their_favour(before, after, in_favour):
    case = a_case(service="G0299", units=20)
    does(
        case,
        "md-ortiz",
        Reduce,
        units=4,
        reason_id="fewer_units_suffice",
        criterion="home-health-nursing.visits",
    )
    standing = case.lines[0].determination
    one, other = (
        standing.model_copy(update={"outcome": outcome, "units": units}) for outcome, units in (before, after)
    )

    assert is_in_favour(one, other) is in_favour


def test_the_word_that_no_leave_is_needed_can_be_taken_back_with_the_original_receipt():
    case = a_case(service="99213", wants_decision=False)
    due_at = case.due_at
    screening.inform_not_required(case, "on no list", NOW)
    come_to_rest(case, NOW)
    assert case.closed_as == "no action required"

    ending.take_up(case, NOW + AN_HOUR, staff("sup-diaz"))
    does(case, "sup-diaz", Reinstate, NOW + AN_HOUR, reason="a decision was wanted")

    assert case.is_undecided
    assert case.due_at == due_at
    assert [notice.kind.value for notice in case.letters.unsent] == ["reopened", "reopened"]


def test_what_was_entered_in_error_is_not_reopened_and_has_no_clock_left():
    case = denied()
    does(case, "sup-diaz", EnterInError, reason="keyed for another member")

    assert not case.clocks.open
    assert case.agenda() == []
    with pytest.raises(Refused, match="enter the request anew"):
        does(case, "sup-diaz", Reinstate, reason="no, it was right")


def test_what_was_not_withdrawn_is_not_reopened_and_is_told_how_it_had_closed():
    case = denied()
    with pytest.raises(Refused, match=r"was not withdrawn \(it is open\)"):
        does(case, "sup-diaz", Reinstate, reason="a decision was wanted")
    case.had_closed_as = "denied"
    with pytest.raises(Refused, match=r"was not withdrawn \(denied\)"):
        does(case, "sup-diaz", Reinstate, reason="a decision was wanted")


def test_a_stopped_letter_that_left_all_the_same_is_flagged_and_opens_nothing():
    case = a_case()
    does(case, "md-ortiz", Deny, **NOT_MET)
    key = case.letters.unsent[0].key
    does(case, "md-ortiz", TakeBack, reason="read the wrong study")
    dispatch.sent(case, key, "spooled", NOW)

    assert "stopped_letter_left" in case.log.flags
    assert "appeal window" not in case.clocks


@pytest.mark.parametrize("fate", [Fate.SENT, Fate.UNKNOWN])
def test_of_a_case_that_should_not_be_each_letter_that_left_or_may_have_left_is_called_back_once(fate):
    case = a_case()
    does(case, "md-ortiz", Deny, **NOT_MET)
    first, second = (letter.key for letter in case.letters.unsent)
    dispatch.sent(case, first, "spooled", NOW)
    assert "1 letter had left" in does(case, "sup-diaz", EnterInError, reason="keyed for another member")
    take_note(case, Sending(key=second, fate=fate), NOW)

    asked = [work.what for work in case.work.open if work.queue == "privacy"]
    assert [(first in what, second in what) for what in asked] == [(True, False), (False, True)]


def test_what_may_have_left_and_was_called_back_is_not_called_back_again_when_it_is_shown_to_have_left():
    case = a_case()
    does(case, "md-ortiz", Deny, **NOT_MET)
    take_note(case, Sending(key=case.letters.unsent[0].key, fate=Fate.UNKNOWN), NOW)
    does(case, "sup-diaz", EnterInError, reason="keyed for another member")
    does(case, "sup-diaz", RecordRecall, reason="the post office has it")
    assert case.closed_as == "entered in error"

    does(case, "ic-santos", TakeAsSent, notice=1, reason="the receipt of the post")

    assert case.work.open == []
    kinds = [event.kind for event in case.log.events]
    assert (kinds.count(EventKind.RECALL_OWED), kinds.count(EventKind.RECALLED)) == (1, 1)


def test_a_decision_by_criteria_is_taken_back_by_a_medical_director_and_then_by_a_person_decided():
    case = a_case()
    does(case, "rn-rivera", Approve)
    line = case.lines[0]
    line.determination = line.determination.model_copy(update={"by": None})
    with pytest.raises(Refused, match="may not take back"):
        does(case, "rn-rivera", TakeBack, reason="the study is another member's")
    does(case, "dir-luna", TakeBack, reason="the study is another member's")

    assert line.referred
    assert not case.meets_all_criteria(line)


def test_what_is_not_covered_and_was_taken_back_is_decided_again_by_who_knows_of_coverage():
    case = a_case()
    case.coverage_found(Coverage(eligible=True, covered=False, because="not a benefit"), NOW)
    does(case, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    does(case, "cov-matos", Deny, reason_id="not_covered_benefit")
    does(case, "cov-matos", TakeBack, reason="read the wrong product")

    assert [work.queue for work in case.work.open if work.what == AGAIN] == ["coverage"]


@pytest.mark.parametrize("fate", [Fate.FAILED, Fate.UNSET])
def test_what_was_stopped_meanwhile_and_could_not_leave_is_nobodys_work(fate):
    case = a_case()
    does(case, "md-ortiz", Deny, **NOT_MET)
    letter = case.letters.unsent[0]
    does(case, "md-ortiz", TakeBack, reason="read the wrong study")
    before = [work.what for work in case.work.open]

    take_note(case, Sending(key=letter.key, fate=fate, why="the line is busy"), NOW)

    assert case.letters.named(letter.key).by is letter.by
    assert [work.what for work in case.work.open] == before


def test_a_call_that_came_before_the_letter_and_was_keyed_after_it_owes_no_other_letter():
    case = a_case(urgency="expedited", requested_by="physician")
    does(case, "md-ortiz", Deny, **NOT_MET)
    come_to_rest(case, NOW)

    does(case, "ic-santos", RecordCall, NOW + AN_HOUR, to=Recipient.MEMBER, reached=True)

    confirmation = case.clocks["written confirmation"]
    assert confirmation.satisfied_at == NOW


def test_about_a_line_that_is_decided_nobody_is_called_for_a_conversation_any_more():
    case = a_case(lines=[a_line(1, "72148"), a_line(2, "72148")])
    come_to_rest(case, case.received_at)
    does(case, "md-ortiz", OfferPeerToPeer, line=1)
    does(case, "md-ortiz", OfferPeerToPeer, line=2)
    does(case, "md-ortiz", Approve, line=1)

    wanted = [work.what for work in case.work.open if "peer-to-peer" in work.what]
    assert wanted
    assert not [what for what in wanted if "line 1" in what]


def test_an_address_that_was_found_is_that_of_its_reader_and_of_nobody_else():
    nowhere = {"name": "Luis Ortiz MD", "npi": "1234567893"}
    case = a_case(requesting_provider=nowhere, member={"address": None})
    does(case, "md-ortiz", Deny, **NOT_MET)
    come_to_rest(case, NOW)
    waiting = {one.recipient: place for place, one in enumerate(case.letters.notices, start=1)}

    does(case, "ic-santos", SendAgain, notice=waiting[Recipient.PROVIDER], address="Calle Sol 8, San Juan PR")

    addresses = {one.recipient: one.address for one in case.letters.notices}
    assert addresses == {Recipient.PROVIDER: "Calle Sol 8, San Juan PR", Recipient.MEMBER: None}


def test_for_a_letter_that_is_stopped_nobody_looks_for_an_address_any_more():
    case = a_case(requesting_provider={"name": "Luis Ortiz MD", "npi": "1234567893"})
    does(case, "md-ortiz", Deny, **NOT_MET)
    come_to_rest(case, NOW)
    assert case.work.in_queue(ADDRESSES)
    [place] = [at for at, one in enumerate(case.letters.notices, start=1) if one.lacks_address]

    does(case, "md-ortiz", StopNotice, notice=place, reason="told by telephone")

    assert not case.work.in_queue(ADDRESSES)
