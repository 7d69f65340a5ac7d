"""Which way a notice goes, and what follows when it could not leave, or nobody knows whether it did."""

from contextlib import suppress
from datetime import date, timedelta

import pytest

from config.checks.channels import channels_are_clear
from domain.case import dispatch
from domain.case.keeping import keep_appointments
from domain.case.sending import Fate, Sending
from domain.correction.entered_in_error import EnterInError
from domain.correction.second_thoughts import TakeBack
from domain.desk.delivery import SendAgain
from domain.desk.dispatch import NumberFound, SendOnceMore, TakeAsSent, take_note
from domain.desk.holds import PutOnHold
from domain.desk.stop_notice import StopNotice
from domain.determination.clock_acts import CorrectRequest
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from domain.parts.hold import HoldKind
from domain.parts.queues import POST
from domain.policy.channels import NoticeChannel, dialled, way_of
from domain.terms.notice import Addressee, NoticeKind, Recipient, SendBy
from domain.terms.people import Language
from domain.terms.refusals import Refused
from tests.builders import a_case, a_request, at, pack, staff

NOW = at("2037-03-03 10:00 AST")
LATER = at("2037-03-04 09:00 AST")
DUE = at("2037-03-09 23:59:59 AST")
CLERK = "ic-santos"
DAY = date(2037, 3, 2)
OFFICE = {"name": "Luis Ortiz MD", "npi": "1234567893", "fax": "787-555-0104", "address": "Calle Sol 8"}


def reader(recipient, **reached):
    return Addressee(
        recipient=recipient, name="A reader", address="A street", language=Language.ENGLISH, **reached
    )


def a_row(name, by, **fields):
    words = {
        "recipient": "provider",
        "in_force_from": "2030-01-01",
        "source": "a test",
        "standing": "assumed",
    }
    return NoticeChannel.model_validate(words | {"id": name, "by": by} | fields)


FAXED, MAILED = {"fax": "787-555-0104"}, {"email": "files@reviewer.example"}
BOTH = FAXED | MAILED


@pytest.mark.parametrize(
    ("recipient", "reached", "by"),
    [
        (Recipient.MEMBER, BOTH, SendBy.LETTER),
        (Recipient.REPRESENTATIVE, BOTH, SendBy.LETTER),
        (Recipient.SOMEBODY_ELSE, BOTH, SendBy.LETTER),
        (Recipient.PROVIDER, BOTH, SendBy.FAX),
        (Recipient.PROVIDER, MAILED, SendBy.LETTER),
        (Recipient.US_PROVIDER, FAXED, SendBy.FAX),
        (Recipient.HEALTH_PLAN, BOTH, SendBy.EMAIL),
        (Recipient.HEALTH_PLAN, FAXED, SendBy.LETTER),
        (Recipient.REVIEWER, MAILED, SendBy.EMAIL),
        (Recipient.REVIEWER, {}, SendBy.LETTER),
    ],
)
def test_the_shipped_rows_send_each_reader_a_notice_on_a_way_that_reaches_them(recipient, reached, by):
    to = reader(recipient, **reached)
    assert way_of(pack().channel, to, "mcs-classicare", NoticeKind.DETERMINATION, DAY) is by


ROWS = (
    a_row("general", "fax"),
    a_row("newer", "letter", in_force_from="2036-01-01"),
    a_row("of a plan", "email", plans=["mcs-life"]),
    a_row("of a kind", "fax", kinds=["peer_to_peer"]),
    a_row("of both", "letter", kinds=["peer_to_peer"], plans=["caresource"]),
)


@pytest.mark.parametrize(
    ("plan", "kind", "day", "by"),
    [
        ("mcs-classicare", NoticeKind.DETERMINATION, date(2035, 1, 1), SendBy.FAX),
        ("mcs-classicare", NoticeKind.DETERMINATION, DAY, SendBy.LETTER),
        ("mcs-life", NoticeKind.DETERMINATION, DAY, SendBy.EMAIL),
        ("mcs-life", NoticeKind.PEER_TO_PEER, DAY, SendBy.FAX),
        ("caresource", NoticeKind.PEER_TO_PEER, DAY, SendBy.LETTER),
        ("mcs-life", NoticeKind.PEER_TO_PEER, date(2029, 1, 1), SendBy.LETTER),
    ],
)
def test_the_most_particular_row_in_force_counts(plan, kind, day, by):
    assert way_of(ROWS, reader(Recipient.PROVIDER, **BOTH), plan, kind, day) is by


def test_a_pack_whose_rows_are_as_good_as_each_other_or_name_no_plan_is_faulty():
    twice = pack().model_copy(update={"channel": (a_row("one", "fax"), a_row("other", "letter"))})
    unknown = pack().model_copy(update={"channel": (a_row("one", "fax", plans=["nobody"]),)})

    assert [fault.field for fault in channels_are_clear(twice)] == ["by"]
    assert [fault.field for fault in channels_are_clear(unknown)] == ["plans"]
    assert list(channels_are_clear(pack().model_copy(update={"channel": ROWS}))) == []


# On the way


def does(case, now, who, act, **words):
    """Somebody acts; what is owed in writing stays where it is."""
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, now)
    said.apply(case, now)
    case.settle(now)
    return case


def refusal(case, now, who, act, **words):
    with pytest.raises(Refused) as refused:
        does(case.model_copy(deep=True), now, who, act, **words)
    return str(refused.value)


def decided():
    """A case that owes the member a letter and the office a fax."""
    case = a_case(requesting_provider=OFFICE)
    does(case, NOW, "rn-rivera", Approve)
    return case


def came(case, fate, number=2, now=NOW, why="the mail server refuses the recipient (550)"):
    take_note(
        case, Sending(key=case.letters.notices[number - 1].key, fate=fate, why=why, proof="250 ok"), now
    )
    case.settle(now)
    return case


def of_the_post(case):
    return [work.what for work in case.work.open if work.queue == POST]


def the(case, kind):
    return [event for event in case.log.events if event.kind is kind]


def test_member_and_office_are_written_to_on_different_ways():
    assert [(one.recipient, one.by) for one in decided().letters.notices] == [
        (Recipient.MEMBER, SendBy.LETTER),
        (Recipient.PROVIDER, SendBy.FAX),
    ]


def test_a_fax_that_failed_for_good_goes_as_a_letter_under_its_key_and_the_number_is_looked_for():
    case = decided()
    key = case.letters.notices[1].key

    came(case, Fate.FAILED)

    [_, letter] = case.may_leave
    assert (letter.key, letter.by, letter.failed_by) == (key, SendBy.LETTER, SendBy.FAX)
    [failed] = the(case, EventKind.NOTICE_FAILED)
    assert "by fax: the mail server refuses the recipient (550); it goes as a letter" in failed.words
    assert OFFICE["fax"] not in str(case.log.events)
    assert of_the_post(case) == ["notice 2: find the right fax number of the provider, or that there is none"]


def test_a_number_that_failed_is_not_tried_again_until_the_right_one_is_found():
    case = came(decided(), Fate.FAILED)
    case.request_information(["the study"], ["el estudio"], LATER)
    assert case.letters.notices[-1].by is SendBy.LETTER

    does(case, LATER, CLERK, NumberFound, notice=2, number="787-555-0199")
    case.request_information(["the study"], ["el estudio"], LATER)

    assert of_the_post(case) == []
    assert (case.letters.notices[-1].by, case.letters.notices[-1].fax) == (SendBy.FAX, "787-555-0199")
    assert "0199" not in str(case.log.events)


def test_a_letter_whose_own_number_failed_does_not_go_by_the_one_that_was_found_for_another():
    case = came(decided(), Fate.FAILED)
    case.request_information(["the study"], ["el estudio"], LATER)
    first, other = case.letters.notices[1], case.letters.notices[-1]
    for key, fax in ((first.key, OFFICE["fax"]), (other.key, "787-555-0111")):
        case.letters.change(key, fax=fax, failed_by=SendBy.FAX, address=None, sent_at=None)

    does(case, LATER, CLERK, NumberFound, notice=2, number="787-555-0199")

    assert [one.fax for one in case.letters.notices if one.failed_by] == ["787-555-0111"]


@pytest.mark.parametrize(
    ("place", "as_dialled"),
    [
        ("787-555-0199", "7875550199"),
        ("555-01", None),  # too short
        ("fax 787-555-0199 at noon", None),  # digits enough, and no number
        (None, None),
    ],
)
def test_a_fax_number_has_digits_enough_and_nothing_else(place, as_dialled):
    assert dialled(place, SendBy.FAX) == as_dialled


def test_an_office_without_a_fax_gets_letters_from_then_on():
    case = came(decided(), Fate.FAILED)

    does(case, LATER, CLERK, NumberFound, notice=2)
    case.request_information(["the study"], ["el estudio"], LATER)

    assert of_the_post(case) == []
    assert case.letters.notices[-1].by is SendBy.LETTER


def test_a_number_that_was_found_and_fails_is_looked_for_again_and_may_be_the_first_one_after_all():
    case = came(decided(), Fate.FAILED)
    does(case, LATER, CLERK, NumberFound, notice=2, number="787-555-0199")
    case.request_information(["the study"], ["el estudio"], LATER)
    came(case, Fate.FAILED, number=4, now=LATER)
    case.request_information(["the study"], ["el estudio"], LATER)
    assert case.letters.notices[-1].by is SendBy.LETTER

    does(case, LATER, CLERK, NumberFound, notice=4, number=OFFICE["fax"])
    case.request_information(["the study"], ["el estudio"], LATER)

    assert (case.letters.notices[-1].by, case.letters.notices[-1].fax) == (SendBy.FAX, OFFICE["fax"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"notice": 9}, "has no notice 9"),
        ({"notice": 1}, "did not fail on its way"),
        ({"notice": 2, "number": "the office"}, "number: this is no fax number"),
        ({"notice": 2, "number": OFFICE["fax"]}, "the fax number that did not work"),
    ],
)
def test_what_cannot_be_the_right_number_is_refused_and_never_repeated(words, said):
    refused = refusal(came(decided(), Fate.FAILED), LATER, CLERK, NumberFound, **words)

    assert said in refused
    assert words.get("number", "nothing") not in refused


FOUND = OFFICE | {"name": "Luisa Ortiz MD", "fax": "787-555-0199", "address": "Calle Luna 7"}
KEYED_RIGHT = a_request(requesting_provider=FOUND, member={"name": "Ana Rivas", "address": "Calle Luna 7"})
WHY = {"reason": "a call from the office"}


@pytest.mark.parametrize(
    ("who", "act", "words"),
    [
        (CLERK, CorrectRequest, {"request": KEYED_RIGHT, **WHY}),
        *((CLERK, SendAgain, {"notice": number, "address": "Calle Luna 7"}) for number in (1, 2)),
        *((CLERK, act, {"notice": number}) for act in (SendOnceMore, NumberFound) for number in (1, 2)),
        ("sup-diaz", TakeAsSent, {"notice": 1, **WHY}),
        ("sup-diaz", StopNotice, {"notice": 1, **WHY}),
        ("sup-diaz", PutOnHold, {"kind": HoldKind.FRAUD, **WHY}),
        ("sup-diaz", EnterInError, WHY),
        ("rn-rivera", TakeBack, WHY),
    ],
)
def test_a_notice_that_was_handed_over_stays_as_it_is_whatever_is_said_meanwhile(who, act, words):
    case = decided()
    handed_over = list(map(on_paper, case.may_leave))
    case.letters.on_their_way = {notice.key for notice in case.may_leave}

    with suppress(Refused):
        does(case, LATER, who, act, **words)

    assert list(map(on_paper, case.letters.notices[:2])) == handed_over


def on_paper(notice):
    """What leaves the house, and where to."""
    return notice.model_dump(include={*Addressee.model_fields, "key", "kind", "facts", "by", "tries"})


def test_what_may_have_left_waits_for_a_person_while_the_clock_runs():
    case = came(decided(), Fate.UNKNOWN, number=1, why="the connection was lost")

    assert [notice.recipient for notice in case.may_leave] == [Recipient.PROVIDER]
    assert len(case.letters.unsent) == 2
    assert of_the_post(case) == ["notice 1: did it leave by letter? Say that it was sent, or send it again"]
    assert case.due_at == DUE, "the duty is not kept by what nobody knows"
    keep_appointments(case, DUE + timedelta(seconds=1))
    assert the(case, EventKind.BREACHED)


def test_what_is_taken_as_sent_keeps_the_duty_at_its_own_instant():
    case = came(decided(), Fate.UNKNOWN, number=1)

    does(case, LATER, CLERK, TakeAsSent, notice=1, reason="the log of the mail room")

    letter = case.letters.notices[0]
    assert (letter.sent_at, letter.uncertain_at) == (NOW, None)
    [sent] = the(case, EventKind.NOTICE_SENT)
    assert (sent.at, sent.recorded_at) == (NOW, LATER)
    [kept] = [clock for clock in case.clocks.values() if clock.satisfied_at]
    assert kept.satisfied_at == NOW
    assert of_the_post(case) == []


def test_a_supervisor_confirms_an_instant_that_turns_late_into_timely():
    case = came(decided(), Fate.UNKNOWN, number=1, now=DUE + timedelta(hours=2))
    after = DUE + timedelta(hours=3)
    keep_appointments(case, after)
    early = {"notice": 1, "reason": "the log", "at": DUE - timedelta(hours=1)}

    assert "a supervisor records or confirms it" in refusal(case, after, CLERK, TakeAsSent, **early)
    owed_at = case.letters.notices[0].owed_at
    TakeAsSent(actor=staff("sup-diaz"), **early | {"at": owed_at}).check(case, after)
    does(case, after, "sup-diaz", TakeAsSent, **early)
    assert the(case, EventKind.BREACH_REMOVED)


def test_what_goes_once_more_has_its_old_key_and_a_new_try():
    case = came(decided(), Fate.UNKNOWN)
    key = case.letters.notices[1].key

    does(case, LATER, CLERK, SendOnceMore, notice=2)

    assert [(one.key, one.tries, one.by) for one in case.may_leave if one.key == key] == [
        (key, 2, SendBy.FAX)
    ]
    assert of_the_post(case) == []


@pytest.mark.parametrize("act", [TakeAsSent, SendOnceMore])
def test_only_what_nobody_knows_is_found_out(act):
    case = decided()
    words = {"reason": "the log"} if act is TakeAsSent else {}
    assert "leaves by itself" in refusal(case, LATER, CLERK, act, notice=1, **words)

    dispatch.sent(case, case.letters.notices[0].key, "spooled", NOW)
    assert "has left" in refusal(case, LATER, CLERK, act, notice=1, **words)


def test_saying_that_it_was_sent_needs_what_shows_it_and_a_person_who_may():
    case = came(decided(), Fate.UNKNOWN)

    assert "because: say what shows" in refusal(case, LATER, CLERK, TakeAsSent, notice=2)
    assert "may not say" in refusal(case, LATER, "rn-rivera", SendOnceMore, notice=2)


def test_a_decision_is_not_taken_back_while_nobody_knows_whether_its_letter_left():
    case = came(decided(), Fate.UNKNOWN)
    again = {"line": 1, "reason": "read the wrong study"}
    assert "nobody knows yet" in refusal(case, LATER, "rn-rivera", TakeBack, **again)


def test_of_a_case_entered_in_error_what_may_have_left_is_called_back_and_can_still_be_found_out():
    case = came(decided(), Fate.UNKNOWN)
    does(case, LATER, "sup-diaz", EnterInError, reason="keyed for another member")
    [recall] = the(case, EventKind.RECALL_OWED)
    assert case.letters.notices[1].key in recall.words

    does(case, LATER, CLERK, SendOnceMore, notice=2)

    assert (case.letters.notices[1].tries, case.may_leave) == (1, []), "what was stopped stays stopped"
    assert case.letters.notices[1].uncertain_at is None


def test_the_same_number_is_looked_for_once_however_many_notices_it_failed():
    case = decided()
    case.request_information(["the study"], ["el estudio"], NOW)
    came(case, Fate.FAILED)
    came(case, Fate.FAILED, number=4)
    assert len(of_the_post(case)) == 2

    does(case, LATER, CLERK, NumberFound, notice=4, number="787-555-0199")
    assert of_the_post(case) == []
