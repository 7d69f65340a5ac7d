"""What a hold outlives: calls have their time afterwards, and no letter speaks of a day that is over."""

from datetime import date, timedelta

from domain.case.keeping import come_to_rest, keep_appointments
from domain.desk.desk import RequestInformation
from domain.desk.holds import LiftHold, PutOnHold
from domain.determination.clock_acts import Extend
from domain.determination.decisions import Approve
from domain.determination.peer_to_peer import OfferPeerToPeer
from domain.dispute import receipt
from domain.parts.events import EventKind
from domain.parts.happenings import LettersOvertaken
from domain.parts.hold import HoldKind
from domain.review import announcing
from domain.terms.notice import NoticeKind
from tests import disputes
from tests.appealing import NIECE, appeal_of, carried, denied, does
from tests.authorized import ISSUED, an_authorization
from tests.builders import a_case, at

LEGAL, FRAUD = {"kind": HoldKind.LEGAL}, {"kind": HoldKind.FRAUD}
MORNING = at("2037-03-03 09:00 AST")
HOUR, DAYS = timedelta(hours=1), timedelta(days=1)


def held(case, now, **kind):
    return does(case, now, "sup-diaz", PutOnHold, **(kind or LEGAL), reason="subpoena")


def lifted(case, now, **kind):
    """Carried to the instant, and let go."""
    return does(carried(case, now), now, "sup-diaz", LiftHold, **(kind or LEGAL))


def held_while_approved():
    return does(held(a_case(), MORNING), MORNING + HOUR, "rn-rivera", Approve)


def only(case, kind):
    return [one for one in case.letters.notices if one.kind is kind]


def test_calls_begin_with_the_letters_when_the_hold_outlived_their_time():
    case = lifted(held_while_approved(), MORNING + 10 * DAYS)

    assert [one.kind.value for one in case.letters.notices if one.sent_at] == [
        "determination",
        "determination",
    ]
    end = at("2037-03-15 23:59:59 AST")
    assert [work.due_at for work in announcing.calls_to_make(case)] == [end, end]
    assert "the time ends" in case.next_appointment.words

    assert carried(case, end + 2 * HOUR).closed_as == "certified in total"


def test_what_leaves_at_the_instant_at_which_the_hold_ends_waits_for_no_other_run():
    case = held_while_approved()
    first, second = (one.key for one in case.letters.unsent)
    case.letters.change(first, leaves_at=MORNING + DAYS)
    case.letters.change(second, leaves_at=MORNING + DAYS - timedelta(seconds=1))

    case.letters.wait_for_next_run(case.letter_times, MORNING + DAYS)

    assert [one.leaves_at == MORNING + DAYS for one in case.letters.unsent] == [True, False]


def test_calls_wait_for_the_last_hold():
    case = held(held_while_approved(), MORNING + 2 * HOUR, **FRAUD)

    lifted(case, MORNING + 10 * DAYS)

    assert announcing.calls_to_make(case)
    assert not case.clocks["calls"].is_open


def test_calls_that_were_begun_before_a_hold_have_their_whole_time_after_it():
    case = does(a_case(), MORNING, "rn-rivera", Approve)
    held(case, MORNING + HOUR)

    lifted(case, MORNING + 2 * HOUR + DAYS)

    assert [work.due_at for work in announcing.calls_to_make(case)] == [at("2037-03-06 23:59:59 AST")] * 2


def test_a_conversation_is_not_offered_by_a_letter_after_its_time():
    case = held(a_case(), MORNING)
    does(case, MORNING + HOUR, "md-ortiz", OfferPeerToPeer)

    lifted(case, MORNING + 2 * DAYS)

    (offer,) = only(case, NoticeKind.PEER_TO_PEER)
    assert (offer.sent_at, offer.stopped_at) == (None, MORNING + 2 * DAYS)
    assert "the time of which it speaks is over" in case.log.events[-1].words


def test_the_time_for_calls_does_not_end_a_call_that_offers_a_conversation():
    case = does(a_case(), MORNING, "md-ortiz", OfferPeerToPeer)
    announcing.owe_calls(case, "tell that the expedite was refused", MORNING - 3 * DAYS)
    keep_appointments(case, MORNING + HOUR)

    (call,) = [work for work in case.work.open if work.queue == "calls"]
    assert "a peer-to-peer conversation" in call.what


def test_an_extension_whose_notice_was_held_beyond_the_due_date_is_void_and_not_promised():
    case = held(a_case(), MORNING)
    asked = {"until": date(2037, 3, 20), "ground": "enrollee_asks", "reason": "the member asks"}
    does(case, MORNING + HOUR, "sup-diaz", Extend, **asked)

    lifted(case, at("2037-03-10 09:00 AST"))

    assert {one.sent_at for one in only(case, NoticeKind.EXTENSION)} == {None}
    assert case.due_at == at("2037-03-09 23:59:59 AST")
    assert [event.words for event in case.log.events if event.kind is EventKind.EXTENDED] == [
        "extension void: its notice did not leave in time; due Mon 9 Mar 2037 23:59 AST stands"
    ]
    assert case.extension is None


def test_an_extension_falls_away_with_its_own_notice_and_with_no_other():
    case = held(a_case(), MORNING)
    case.request_information(["the study"], ["el estudio"], MORNING)
    asked = {"until": date(2037, 3, 20), "ground": "enrollee_asks", "reason": "the member asks"}
    does(case, MORNING + HOUR, "sup-diaz", Extend, **asked)
    said = len(case.log.events)

    case.follow(LettersOvertaken(tuple(only(case, NoticeKind.INFORMATION_REQUEST))), MORNING + HOUR)
    assert (case.extension is not None, len(case.log.events)) == (True, said)

    for events in (1, 1):  # once: there is no extension that could fall away again
        case.follow(LettersOvertaken(tuple(only(case, NoticeKind.EXTENSION))), MORNING + HOUR)
        assert (case.extension, len(case.log.events)) == (None, said + events)


def test_an_extension_whose_notice_was_held_and_left_in_time_is_good():
    case = held(a_case(), MORNING)
    asked = {"until": date(2037, 3, 20), "ground": "enrollee_asks", "reason": "the member asks"}
    does(case, MORNING + HOUR, "sup-diaz", Extend, **asked)

    lifted(case, MORNING + DAYS)

    assert case.due_at == at("2037-03-20 23:59:59 AST")


def test_a_request_for_information_says_the_day_that_its_window_has():
    noon = disputes.noon
    case = held(disputes.a_dispute(), noon("2037-05-04"))
    does(case, noon("2037-05-05"), "da-torres", RequestInformation, items=("the operative report",))

    lifted(case, noon("2037-07-01"))

    (request,) = only(case, NoticeKind.DISPUTE_INFORMATION_REQUEST)
    assert request.sent_at == noon("2037-07-01")
    assert request.facts["until"] == disputes.last_day(case, "information window")[:10]


def test_a_redirect_that_was_held_promises_no_day_that_has_passed():
    noon = disputes.noon
    case = disputes.received(lines=[disputes.a_line(1), disputes.denied(2)])
    held(case, case.received_at)
    receipt.standing_found(case, disputes.OURS, case.received_at)
    come_to_rest(case, case.received_at)
    assert only(case, NoticeKind.REDIRECT)[0].facts["until"] == "2037-05-06"

    lifted(case, noon("2037-05-20"))

    (redirect,) = only(case, NoticeKind.REDIRECT)
    assert redirect.sent_at
    assert (redirect.facts["until"], redirect.facts["passed"]) == (None, "2037-05-06")


def test_whoever_was_not_asked_for_a_form_has_their_whole_time_once_they_are_asked():
    received = at("2026-02-20 09:00 AST")
    case = appeal_of(denied("2026-02-09"), received, **NIECE)
    asked = [one for one in case.letters.notices if one.kind is NoticeKind.APPEAL_FORM_ASKED]
    for one in asked:  # as if the hold had come in the same minute
        case.letters.change(one.key, sent_at=None, proof=None)
    held(case, received)
    first = case.due_at_of(case.clocks["form"])
    carried(case, first + 2 * DAYS)
    assert case.work.in_queue("appeals")

    lifted(case, first + 3 * DAYS)

    again = case.due_at_of(case.clocks["form"])
    assert again > first + 3 * DAYS
    assert not case.work.in_queue("appeals")
    day = case.policy.calendar.day_of(again).isoformat()
    assert {one.facts["until"] for one in only(case, NoticeKind.APPEAL_FORM_ASKED)} == {day}


def test_nobody_is_reminded_of_a_last_day_that_is_over():
    leave = an_authorization()
    reminded = next(one.at for one in leave.agenda() if "last day" in one.words)
    held(leave, ISSUED)
    carried(leave, reminded)
    assert only(leave, NoticeKind.AUTHORIZATION_REMINDER)

    lifted(leave, reminded + 60 * DAYS)

    assert {one.sent_at for one in only(leave, NoticeKind.AUTHORIZATION_REMINDER)} == {None}
    assert not leave.letters.unsent
