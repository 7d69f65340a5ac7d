"""Letters and their time: by when each has to leave, what keeps it, when it is late, and how one is stopped."""

from datetime import date, timedelta

import pytest

from client.reach.acting import waited_for
from domain.case import dispatch
from domain.case.keeping import as_if_nobody_acts, come_to_rest, keep_appointments
from domain.correction.second_thoughts import TakeBack
from domain.desk.delivery import SendAgain
from domain.desk.desk import Withdraw
from domain.desk.holds import LiftHold, PutOnHold
from domain.desk.stop_notice import StopNotice
from domain.determination.clock_acts import CorrectReceipt, Extend
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.parts.queues import ADDRESSES
from domain.policy.notices import MailRun
from domain.rehearsal.preview import preview
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.refusals import Refused
from domain.terms.sourced import Trust
from domain.view.notices import notices
from domain.view.showing import is_overdue
from tests.appealing import NOT_MET
from tests.builders import a_case, a_request, at, staff

NOW = at("2037-03-03 10:00 AST")  # a Tuesday
DUE = at("2037-03-09 23:59:59 AST")
HOME = "Calle Sol 3, Ponce PR 00730"
RUN = MailRun(
    id="afternoon",
    plans=("mcs-classicare",),
    at=("16:00:00",),
    in_force_from="2025-01-01",
    source="a test",
    standing=Trust.ASSUMED,
)


def does(case, now, who, act, **words):
    """An act, and what follows by itself; nothing leaves unless the test sends it."""
    said = act(actor=staff(who), **words)
    keep_appointments(case, now)
    said.refuse_unless_allowed(case, now)
    sentence = said.apply(case, now)
    case.settle(now)
    return sentence


def refused(case, now, who, act, **words):
    with pytest.raises(Refused) as refusal:
        does(case.model_copy(deep=True), now, who, act, **words)
    return str(refusal.value)


def decided(case=None, now=NOW):
    case = case or a_case()
    does(case, now, "md-ortiz", Deny, **NOT_MET)
    return case


def withdrawn(case, now=NOW):
    does(case, now, "ic-santos", Withdraw)
    return case


def on_hold(case=None, now=NOW):
    case = case or a_case()
    does(case, now, "sup-diaz", PutOnHold, kind=HoldKind.LEGAL, reason="subpoena")
    return case


def with_mail_runs(case=None):
    case = case or a_case()
    case.policy = case.policy.model_copy(update={"mail_run": (RUN,)})
    return case


def passes(case, until):
    while (coming := case.next_appointment) and coming.at <= until:
        keep_appointments(case, coming.at)
        case.settle(coming.at)
    return case


def posted(case, now):
    """Everything that may leave has left."""
    come_to_rest(case, now)
    return case


def work_of(case, queue):
    return [work.what for work in case.work.open if work.queue == queue]


def breaches(case):
    return [event for event in case.log.events if event.kind is EventKind.BREACHED]


def shown(case, now):
    return [(one.recipient, one.state, one.late, one.waits_for) for one in notices(case, now).notices]


# By when


def test_an_answer_is_due_with_the_clock_that_it_keeps_wherever_that_moves():
    case = decided(on_hold())
    assert {case.letter_times.due_at(one) for one in case.letters.unsent} == {DUE}

    earlier = at("2037-02-28 18:41 AST")
    does(case, NOW, "sup-diaz", CorrectReceipt, received_at=earlier, reason="the stamp on the fax")

    assert {case.letter_times.due_at(one) for one in case.letters.unsent} == {DUE - timedelta(days=2)}


def test_a_letter_that_keeps_no_duty_has_its_own_time_from_when_it_became_owed():
    case = withdrawn(on_hold())
    assert {case.letter_times.due_at(one) for one in case.letters.unsent} == {at("2037-03-06 23:59:59 AST")}


def test_what_left_has_no_appointment_any_more():
    assert [one.words for one in withdrawn(on_hold()).agenda()] == [
        "the withdrawal letter is late: it has not left"
    ]
    assert posted(withdrawn(a_case()), NOW).agenda() == []


# Late


def test_a_letter_kept_back_by_a_hold_is_late_once_told_to_the_supervisor_and_recorded_when_it_leaves():
    case = withdrawn(on_hold())
    passes(case, at("2037-03-12 10:00 AST"))

    [breach] = breaches(case)
    assert (breach.at, breach.details["letters"]) == (at("2037-03-07 00:00:00 AST"), 2)
    assert case.log.flags == ["legal_hold", "breach"]
    assert is_overdue(case)
    late = "the withdrawal letter is late: find out why it has not left"
    assert [work.what for work in case.work.open] == [late]
    assert shown(case, NOW.replace(day=12))[0] == ("member", "owed", True, "the legal hold")

    lifted = at("2037-03-12 10:00 AST")
    does(case, lifted, "sup-diaz", LiftHold, kind=HoldKind.LEGAL)
    posted(case, lifted)

    sent = [event for event in case.log.events if event.kind is EventKind.NOTICE_SENT]
    assert [event.details["lateness_seconds"] for event in sent] == [5 * 86400 + 10 * 3600 + 1] * 2
    assert "sent, late" in sent[0].words
    assert not case.work.open
    assert (case.log.flags, is_overdue(case)) == (["breach"], False)
    assert shown(case, lifted)[0] == ("member", "sent", True, None)


def test_a_letter_behind_which_a_clock_runs_is_late_by_that_clock_and_not_twice():
    case = passes(decided(on_hold()), at("2037-03-10 12:00 AST"))
    [breach] = breaches(case)
    assert breach.details["clock"] == "decision"


def test_the_copy_that_keeps_no_duty_is_late_when_the_members_left_in_time():
    case = decided()
    member, provider = case.letters.unsent
    dispatch.sent(case, member.key, "posted", NOW)
    passes(case, at("2037-03-10 12:00 AST"))

    [breach] = breaches(case)
    assert breach.words == "the determination letter is late: it has not left; owed to provider"
    dispatch.sent(case, provider.key, "posted", at("2037-03-10 12:00 AST"))
    assert work_of(case, "supervisor") == []


def test_a_letter_late_at_night_reaches_whoever_is_on_call():
    case = passes(withdrawn(on_hold()), at("2037-03-12 10:00 AST"))
    assert work_of(case, "on-call") == ["the withdrawal letter is late: find out why it has not left"]


def test_the_forecast_knows_of_a_letter_that_will_be_late():
    future = as_if_nobody_acts(withdrawn(on_hold()), NOW)
    assert [event.at for event in breaches(future)] == [at("2037-03-07 00:00:00 AST")]


# Without an address


def test_a_letter_without_an_address_waits_for_one_and_its_clock_runs():
    case = posted(decided(a_case(a_request(member={"address": None}))), NOW)

    assert shown(case, NOW) == [("member", "owed", False, "an address"), ("provider", "sent", False, None)]
    assert work_of(case, ADDRESSES) == ["letters to the member have no address: find it (plazo notice again)"]
    assert case.due_at == DUE
    assert "address: letter 1" in refused(case, NOW, "ic-santos", SendAgain, notice=1)

    does(case, NOW, "ic-santos", SendAgain, notice=1, address=HOME)
    posted(case, NOW)

    assert (case.letters.notices[0].address, len(case.letters.notices)) == (HOME, 2)
    assert work_of(case, ADDRESSES) == []
    assert case.due_at is None


def test_an_address_that_was_found_is_that_of_later_letters_too():
    case = on_hold(a_case(a_request(member={"address": None})))
    case.request_information(["a study"], ["un estudio"], NOW)
    does(case, NOW, "ic-santos", SendAgain, notice=1, address=HOME)
    decided(case)

    members = [one for one in case.letters.notices if one.recipient is Recipient.MEMBER]
    assert [one.address for one in members] == [HOME, HOME]


# Mail runs


def test_letters_wait_for_the_mail_run_and_leave_with_it():
    case = decided(with_mail_runs())
    assert case.may_leave == []
    assert shown(case, NOW)[0][3] == "the mail run Tue 3 Mar 2037 16:00 AST"
    assert case.next_appointment.at == at("2037-03-03 16:00 AST")

    passes(case, at("2037-03-03 16:00 AST"))

    assert len(case.may_leave) == 2


@pytest.mark.parametrize(
    ("now", "run"),
    [
        ("2037-03-03 15:59:59 AST", "2037-03-03 16:00:00 AST"),
        ("2037-03-03 16:00:00 AST", "2037-03-04 16:00:00 AST"),
        ("2037-03-07 17:00:00 AST", "2037-03-09 16:00:00 AST"),  # no run on a Sunday
        ("2037-03-09 15:59:59 AST", "2037-03-09 16:00:00 AST"),
        ("2037-03-09 16:00:00 AST", None),  # the next one would be too late
    ],
)
def test_the_run_is_the_next_one_unless_that_is_too_late(now, run):
    case = decided(with_mail_runs(), at(now))
    assert {one.leaves_at for one in case.letters.unsent} == {at(run) if run else None}


def test_what_is_expedited_waits_for_no_run():
    case = with_mail_runs(a_case(a_request(urgency="expedited")))
    assert len(decided(case).may_leave) == 2


def test_what_a_hold_kept_beyond_its_run_goes_with_the_next_one():
    case = decided(on_hold(with_mail_runs()))
    assert case.next_appointment.words != "the mail is taken away"

    later = at("2037-03-04 09:00 AST")
    does(case, later, "sup-diaz", LiftHold, kind=HoldKind.LEGAL)

    assert {one.leaves_at for one in case.letters.unsent} == {at("2037-03-04 16:00 AST")}


# Stopped


def test_whoever_decided_stops_the_letter_and_the_duty_stays_open():
    case = decided(with_mail_runs())

    said = does(case, NOW, "md-ortiz", StopNotice, notice=1, reason="the wrong study")

    assert said.startswith(
        "letter 1 stopped before it left; the duty stays open, due Mon 9 Mar 2037 23:59 AST"
    )
    passes(case, at("2037-03-03 16:00 AST"))
    posted(case, at("2037-03-03 16:00 AST"))
    assert [one[1] for one in shown(case, NOW)] == ["stopped", "sent"]
    assert case.due_at == DUE
    assert case.stage == "decided"
    assert len(work_of(case, "supervisor")) == 1
    passes(case, at("2037-03-10 12:00 AST"))
    assert breaches(case)[0].details["clock"] == "decision"


def test_what_has_to_come_before_a_duty_ends_stays_owed_too_though_it_keeps_none():
    case = with_mail_runs()
    does(case, NOW, "sup-diaz", Extend, until=date(2037, 3, 20), ground="enrollee_asks")

    said = does(case, NOW, "sup-diaz", StopNotice, notice=1, reason="the wrong day")

    assert said.startswith("letter 1 stopped before it left; the duty stays open, due Mon 9 Mar 2037")


def test_what_was_stopped_is_sent_after_all_and_keeps_its_duty():
    case = decided(with_mail_runs())
    does(case, NOW, "md-ortiz", StopNotice, notice=1, reason="the wrong study")

    does(case, NOW, "ic-santos", SendAgain, notice=1)
    passes(case, at("2037-03-03 16:00 AST"))
    posted(case, at("2037-03-03 16:00 AST"))

    assert case.due_at is None
    assert work_of(case, "supervisor") == []
    assert case.letters.notices[2].again_for == case.letters.notices[0].key


def test_what_was_stopped_is_taken_back_and_decided_again():
    case = decided(with_mail_runs())
    does(case, NOW, "sup-diaz", StopNotice, notice=1, reason="the wrong study")
    does(case, NOW, "md-ortiz", TakeBack, reason="the wrong study")
    does(case, NOW, "md-ortiz", Approve)
    passes(case, at("2037-03-03 16:00 AST"))
    posted(case, at("2037-03-03 16:00 AST"))

    assert [one[1] for one in shown(case, NOW)] == ["stopped", "stopped", "sent", "sent"]
    assert work_of(case, "supervisor") == []
    assert case.due_at is None


def test_a_letter_that_no_duty_needs_is_stopped_for_good():
    case = withdrawn(with_mail_runs())
    for number in (1, 2):
        said = does(case, NOW, "sup-diaz", StopNotice, notice=number, reason="told in person")
    assert said == "letter 2 stopped before it left"
    assert case.is_closed


@pytest.mark.parametrize(
    ("who", "words", "said"),
    [
        ("rn-rivera", {"notice": 1, "reason": "no"}, "may not stop a letter that another decided on"),
        ("md-vega", {"notice": 1, "reason": "no"}, "may not stop a letter"),
        ("sup-diaz", {"notice": 1}, "say why"),
        ("sup-diaz", {"notice": 9, "reason": "no"}, "has no letter 9"),
    ],
)
def test_not_everybody_stops_a_letter_and_nobody_without_a_reason(who, words, said):
    assert said in refused(decided(with_mail_runs()), NOW, who, StopNotice, **words)


def test_what_left_is_not_stopped():
    case = posted(decided(), NOW)
    assert "what left is not stopped" in refused(case, NOW, "sup-diaz", StopNotice, notice=1, reason="no")


# Before it is final


def test_a_preview_shows_the_letters_and_changes_nothing():
    case = a_case()
    before = case.model_dump_json()

    seen = preview(case, Deny(actor=staff("md-ortiz"), **NOT_MET), NOW)

    assert [(one.kind, one.recipient.value) for one in seen.letters] == [
        (NoticeKind.DETERMINATION, "member"),
        (NoticeKind.DETERMINATION, "provider"),
    ]
    assert (seen.says, seen.is_refused) == ("line 1 denied", False)
    assert case.model_dump_json() == before


def test_a_preview_is_refused_as_the_decision_would_be():
    seen = preview(a_case(), Deny(actor=staff("rn-rivera"), **NOT_MET), NOW)
    assert seen.is_refused
    assert "may not deny or reduce on medical necessity" in seen.says


def test_until_the_mail_run_whoever_decided_hears_that_it_can_be_taken_back():
    case = decided(with_mail_runs())
    letters = notices(case, NOW).notices
    run = waited_for(letters)

    assert run == next(one.waits_for for one in letters if one.kind == "determination")
    assert run.startswith("the mail run ")
    assert waited_for(notices(decided(on_hold()), NOW).notices) is None
    assert waited_for([one.model_copy(update={"sent_at": NOW}) for one in letters]) is None


def test_a_letter_left_when_it_was_sent_and_until_then_it_would_leave_now():
    case = a_case()
    Deny(actor=staff("md-ortiz"), **NOT_MET).apply(case, case.received_at)
    case.settle(case.received_at)
    letter, later = case.letters.notices[0], case.received_at + timedelta(days=2)
    assert letter.left_at(later) == later

    dispatch.sent(case, letter.key, "proof", later, at=later - timedelta(days=1))

    assert case.letters.notices[0].left_at(later) == later - timedelta(days=1)
