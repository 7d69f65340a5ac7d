"""Authorizations without an engine: each limit just before, exactly, just after; each word that is heard."""

from datetime import date, timedelta

import pytest

from domain.appeal.appealed import appealed
from domain.appeal.linking import AppealOpened
from domain.authorization import announcing
from domain.authorization.acts import CircumstanceCame, EndByCoverage, UseUnits, VoidAuthorization
from domain.authorization.extending import MoreAsked, extension_of
from domain.authorization.linking import AuthorizationEnded, GiveWay
from domain.case import dispatch, ending
from domain.case.keeping import come_to_rest, keep_appointments
from domain.correction.entered_in_error import RecordRecall
from domain.desk.delivery import LetterReturned, SendAgain
from domain.parts.events import EventKind
from domain.parts.status import Status
from domain.policy.appeals import AppealBy
from domain.request.determination import Ending
from domain.review import issuing
from domain.terms.case_number import authorization_number, case_number, kind_of, line_of, parse
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import SYSTEM
from domain.terms.refusals import Misuse, Refused
from tests.authorized import ISSUED, an_approved_case, an_authorization, does, refusal
from tests.builders import at

LAST_SECOND = at("2037-05-31 23:59:59 AST")
A_SECOND = timedelta(seconds=1)


# Its number


def test_its_number_is_that_of_the_case_and_the_line_and_is_read_like_a_case_number():
    case = case_number("REF", b"12345678")
    number = authorization_number(case, 3)
    assert (kind_of(number), line_of(number)) == ("authorization", 3)
    assert parse(number.lower().replace("-", " ")) == number
    swapped = number.replace(number[4:6], number[5] + number[4])
    with pytest.raises(Misuse, match="check character"):
        parse(swapped)


@pytest.mark.parametrize("end", ["", "-1", "-00", "-001", "-A1"])
def test_without_its_two_digits_it_is_no_number_of_an_authorization(end):
    with pytest.raises(Misuse):
        parse(an_authorization().number[:-3] + end)


# Its last day


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        (at("2037-05-16 23:59:59 AST"), []),
        (at("2037-05-17 00:00:00 AST"), [EventKind.REMINDED]),
        (LAST_SECOND, [EventKind.REMINDED]),
        (LAST_SECOND + A_SECOND, [EventKind.RUNG_PASSED, EventKind.AUTHORIZATION_ENDED]),
    ],
)
def test_it_is_reminded_two_weeks_before_its_last_day_and_ends_one_second_after_it(now, kept):
    leave = an_authorization()
    keep_appointments(leave, now)
    watched = {EventKind.REMINDED, EventKind.RUNG_PASSED, EventKind.AUTHORIZATION_ENDED}
    assert [event.kind for event in leave.log.events if event.kind in watched] == kept
    owed = [notice.kind for notice in leave.letters.notices]
    assert owed == ([NoticeKind.AUTHORIZATION_REMINDER] * 2 if kept == [EventKind.REMINDED] else [])


def test_an_expiry_that_is_kept_late_says_how_late_and_keeps_its_own_instant():
    leave = an_authorization()
    keep_appointments(leave, LAST_SECOND + timedelta(days=2, seconds=1))
    keep_appointments(leave, LAST_SECOND + timedelta(days=3))
    [end] = [event for event in leave.log.events if event.kind is EventKind.AUTHORIZATION_ENDED]
    assert (end.at, end.details["lateness_seconds"]) == (LAST_SECOND + A_SECOND, 2 * 24 * 60 * 60)
    assert (leave.permit.ended_as, leave.permit.ended_at) == (Ending.EXPIRED, LAST_SECOND + A_SECOND)


def test_one_that_is_issued_within_the_two_weeks_is_not_reminded_of_what_its_first_letter_says():
    leave = an_authorization(from_day="2037-01-10")  # good through March 11th
    assert [one.rung for one in leave.follow_ups()] == ["expiry"]


@pytest.mark.parametrize(
    ("received", "is_late"),
    [(LAST_SECOND - A_SECOND, False), (LAST_SECOND, False), (LAST_SECOND + A_SECOND, True)],
)
def test_more_is_asked_for_until_the_last_second_of_the_last_day_however_late_it_is_keyed(received, is_late):
    leave = an_authorization()
    now = LAST_SECOND + timedelta(days=1)
    keep_appointments(leave, now)
    if is_late:
        with pytest.raises(Refused, match="send a new request"):
            extension_of(leave, MoreAsked(received_at=received), now)
        return
    more = extension_of(leave, MoreAsked(received_at=received, units=5), now)
    [line] = more.lines
    assert (line.units, line.from_day, more.extends) == (5, date(2037, 6, 1), leave.number)
    assert (more.member, more.requesting_provider) == (
        leave.request.member,
        leave.request.requesting_provider,
    )
    assert more.documents == ()


def test_more_is_not_asked_for_before_what_it_is_more_of():
    leave = an_authorization()
    first = leave.request.received_at
    assert extension_of(leave, MoreAsked(received_at=first), ISSUED).received_at == first
    with pytest.raises(Refused, match="received: it lies in the future"):
        extension_of(leave, MoreAsked(received_at=ISSUED + A_SECOND), ISSUED)
    with pytest.raises(Refused, match="and not before"):
        extension_of(leave, MoreAsked(received_at=first - A_SECOND), ISSUED)


def test_more_of_one_that_ended_otherwise_is_a_new_request():
    leave = does(
        an_authorization(), ISSUED, "dir-luna", VoidAuthorization, ground="fraud", reason="a forged order"
    )
    with pytest.raises(Refused, match="voided"):
        extension_of(leave, MoreAsked(), ISSUED)


# Used


@pytest.mark.parametrize(
    ("units", "on", "said"),
    [
        (2, date(2037, 4, 1), None),
        (1, date(2037, 4, 20), None),
        (3, date(2037, 4, 1), "2 of 2 units are left"),
        (1, date(2037, 3, 31), "not good on that day"),
        (1, date(2037, 4, 21), "lies in the future"),
    ],
)
def test_what_is_used_lies_within_the_units_and_the_period(units, on, said):
    leave, now = an_authorization(units=2), at("2037-04-20 10:00 AST")
    words = {"units": units, "on": on, "reported_by": "the center"}
    if said:
        assert said in refusal(leave, now, "ic-santos", UseUnits, **words)
    else:
        does(leave, now, "ic-santos", UseUnits, **words)
        assert leave.units_left == 2 - units
        assert leave.permit.ended_as is (Ending.USED_UP if units == 2 else None)


# What the case that issued it says


def heard(leave, **changes):
    return leave.hear(leave.issued.model_copy(update=changes), LAST_SECOND)


def test_what_is_known_already_changes_nothing():
    leave = an_authorization()
    before = leave.model_dump()
    assert heard(leave) == "known already"
    assert leave.model_dump() == before


def test_other_terms_revise_it_and_fewer_units_than_were_used_end_it():
    leave = an_authorization(units=4)
    does(leave, LAST_SECOND, "ic-santos", UseUnits, units=2, on=date(2037, 5, 1), reported_by="the center")
    heard(leave, units=3)
    leave.settle(LAST_SECOND)
    assert (leave.units_left, leave.permit.ended_as) == (1, None)
    heard(leave, units=2)
    leave.settle(LAST_SECOND)
    assert leave.permit.ended_as is Ending.USED_UP


def test_an_end_is_taken_over_without_a_letter_and_can_be_taken_back():
    leave = an_authorization()
    heard(leave, ended_as=Ending.CANCELLED, ended_at=ISSUED)
    assert leave.log.events[-1].at == ISSUED, "when its case says that it ended"
    leave.settle(LAST_SECOND)
    assert (leave.closed_as, leave.letters.notices, leave.status) == ("cancelled", [], Status.CANCELLED)
    ending.take_up(leave, LAST_SECOND)
    heard(leave, ended_as=None, ended_at=None)
    leave.settle(LAST_SECOND)
    assert (leave.closed_as, leave.status) == (None, Status.CERTIFIED)
    assert [one.rung for one in leave.agenda()][-1] == "expiry"


def test_what_it_wrote_about_the_wrong_member_is_called_back_before_it_is_over():
    leave, now = an_authorization(), at("2037-05-17 09:00 AST")
    keep_appointments(leave, now)
    first, second = leave.letters.notices
    dispatch.sent(leave, first.key, "spooled", now)
    never_was = leave.permit.model_copy(update={"ended_as": Ending.ENTERED_IN_ERROR, "ended_at": now})
    leave.hear(never_was, now)
    leave.settle(now)
    work = leave.work.in_queue("privacy")
    assert work is not None
    assert (first.key in work.what, second.key in work.what) == (True, False)
    assert not leave.letters.unsent
    assert not leave.is_closed
    left_all_the_same = leave.model_copy(deep=True)
    dispatch.sent(left_all_the_same, second.key, "spooled", now)
    assert any(second.key in work.what for work in left_all_the_same.work.open if work.queue == "privacy")
    does(leave, now, "sup-diaz", RecordRecall, reason="the envelope came back unopened")
    assert leave.closed_as == "entered in error"


def test_an_end_of_its_own_that_is_still_on_its_way_outlives_other_terms():
    leave = does(an_authorization(units=2), ISSUED, "ic-santos", GiveWay, number="AUT-2", issued_at=ISSUED)
    heard(leave, units=4)
    assert (leave.permit.ended_as, leave.permit.units) == (Ending.SUPERSEDED, 4)
    assert leave.is_untold


def test_after_an_expiry_a_later_last_day_makes_it_good_until_then():
    leave = an_authorization()
    keep_appointments(leave, LAST_SECOND + A_SECOND)
    announcing.case_told(leave, LAST_SECOND + A_SECOND, heard=True)
    leave.hear(
        leave.issued.model_copy(update={"through": date(2037, 6, 30), "ended_as": None, "ended_at": None}),
        LAST_SECOND,
    )
    [expiry] = [one for one in leave.agenda() if one.rung == "expiry"]
    assert expiry.at == at("2037-07-01 00:00 AST")


# Ends


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        (Ending.EXPIRED, Status.CERTIFIED),
        (Ending.USED_UP, Status.CERTIFIED),
        (Ending.SUPERSEDED, Status.CERTIFIED),
        (Ending.COVERAGE_ENDED, Status.CONTACT_PAYER),
        (Ending.CANCELLED, Status.CANCELLED),
        (Ending.VOIDED, Status.CANCELLED),
        (Ending.ENTERED_IN_ERROR, Status.CANCELLED),
    ],
)
def test_every_end_has_its_name_and_its_word_for_the_outside(ending, status):
    leave = an_authorization()
    leave.end(ending, ISSUED, ISSUED, SYSTEM)
    announcing.case_told(leave, ISSUED, heard=True)
    come_to_rest(leave, ISSUED)
    assert (leave.closed_as, leave.status) == (ending.text, status)


@pytest.mark.parametrize(
    ("ending", "letters_owed"), [(Ending.EXPIRED, 0), (Ending.USED_UP, 2), (Ending.VOIDED, 2)]
)
def test_only_the_plain_end_of_the_last_day_is_not_told_again(ending, letters_owed):
    leave = an_authorization()
    leave.end(ending, ISSUED, ISSUED, SYSTEM)
    announcing.case_told(leave, ISSUED, heard=False)
    assert len(leave.letters.notices) == letters_owed


@pytest.mark.parametrize("ground", [None, "medical_necessity", "regret"])
def test_what_was_approved_binds(ground):
    said = refusal(an_authorization(), ISSUED, "dir-luna", VoidAuthorization, ground=ground, reason="why")
    assert "42 CFR 422.138(c)" in said
    assert "clerical_error, new_evidence, obvious_error, fraud" in said


def test_a_circumstance_ends_only_what_has_no_last_day_and_on_no_day_to_come():
    leave, now = an_authorization(service="E0250"), at("2037-04-20 10:00 AST")
    assert "lies in the future" in refusal(leave, now, "cov-matos", CircumstanceCame, on=date(2037, 4, 21))
    assert "good from 2037-04-01" in refusal(leave, now, "cov-matos", CircumstanceCame, on=date(2037, 3, 31))
    for on, ended_at in (
        (date(2037, 4, 1), at("2037-04-01 23:59:59 AST")),
        (date(2037, 4, 19), at("2037-04-19 23:59:59 AST")),
        (date(2037, 4, 20), now),
    ):
        ended = does(leave.model_copy(deep=True), now, "cov-matos", CircumstanceCame, on=on)
        assert (ended.permit.ended_as, ended.permit.ended_at) == (Ending.EXPIRED, ended_at)
    assert "ends by its last day" in refusal(
        an_authorization(), now, "cov-matos", CircumstanceCame, on=date(2037, 4, 19)
    )


def test_coverage_is_asked_about_once_at_a_time_and_by_those_who_may_end_it():
    leave = an_authorization()
    assert "may not end an authorization" in refusal(leave, ISSUED, "md-ortiz", EndByCoverage)
    for day in (date(2037, 3, 31), date(2037, 6, 1)):  # what it was then ends nothing that is good now
        outside = refusal(leave, ISSUED, "cov-matos", EndByCoverage, on=day)
        assert "not good on that day" in outside
    does(leave, ISSUED, "cov-matos", EndByCoverage)
    assert leave.coverage_day == date(2037, 4, 1)
    assert "is being asked" in refusal(leave, ISSUED, "cov-matos", EndByCoverage)


# Voided for cause, and appealed


def voided(plan="mcs-classicare", **facts):
    leave = an_authorization(plan=plan, **facts)
    does(leave, ISSUED, "dir-luna", VoidAuthorization, ground="fraud", reason="found in an audit")
    announcing.case_told(leave, ISSUED, heard=True)
    return leave


@pytest.mark.parametrize(
    ("plan", "last"),
    [
        ("mcs-classicare", at("2037-05-06 23:59:59 AST")),  # 65 days from the date of the notice
        ("mcs-life", at("2037-09-03 23:59:59 AST")),  # 180 from its receipt, presumed after five
    ],
)
def test_the_time_to_appeal_a_voiding_runs_from_its_letter_and_with_its_end_the_authorization_is_over(
    plan, last
):
    leave = voided(plan)
    assert (appealed(leave, ISSUED).appeal_by, leave.closed_as) == (
        None,
        None,
    )  # before the letter no time runs
    come_to_rest(leave, ISSUED)
    assert appealed(leave, ISSUED).appeal_by == last
    assert "may be appealed through" in leave.standing
    keep_appointments(leave, last)
    assert leave.closed_as is None
    keep_appointments(leave, last + A_SECOND)
    assert leave.closed_as == "voided"
    assert appealed(leave, last + A_SECOND).appeal_by == last


def test_the_letter_of_a_voiding_that_came_back_gives_its_time_anew_as_it_is_sent_again():
    leave = voided()
    come_to_rest(leave, ISSUED)
    first_end = leave.due_at_of(leave.clocks["appeal window"])
    number = next(
        place
        for place, one in enumerate(leave.letters.notices, start=1)
        if one.recipient is Recipient.MEMBER and one.kind is NoticeKind.AUTHORIZATION_ENDED
    )
    later = ISSUED + timedelta(days=10)
    does(leave, later, "ic-santos", LetterReturned, notice=number)
    does(leave, later, "ic-santos", SendAgain, notice=number)
    come_to_rest(leave, later)

    assert leave.letters.notices[-1].name == "Ana Rivera"
    assert leave.due_at_of(leave.clocks["appeal window"]) - first_end == timedelta(days=10)


@pytest.mark.parametrize(
    ("received_at", "open_after"),
    [(at("2037-05-06 23:59:59 AST"), False), (at("2037-05-07 00:00:00 AST"), True)],
)
def test_an_appeal_in_time_uses_the_window_and_one_that_is_late_leaves_it_to_end_by_itself(
    received_at, open_after
):
    leave = voided()
    come_to_rest(leave, ISSUED)
    said = {"number": "APP-2", "received_at": received_at, "by": AppealBy.MEMBER, "lines": (1,)}
    does(leave, ISSUED, "plazo", AppealOpened, **said)
    assert leave.may_be_appealed is open_after
    assert "APP-2" in leave.linked


def test_a_voiding_hands_over_what_had_been_approved_and_who_decided_on_which_ground():
    leave = voided(units=4)
    [line] = appealed(leave, ISSUED).lines
    assert (line.asked.sequence, line.asked.units, line.asked.from_day) == (1, 4, date(2037, 4, 1))
    assert (line.determination.outcome.value, line.determination.units) == ("denied", 0)
    assert line.determination.reason.id == "fraud"
    assert appealed(leave, ISSUED).involved == {"dir-luna"}


def test_what_was_given_before_it_was_voided_is_recorded_while_it_is_open_and_nothing_after():
    on = at("2037-04-10 12:00 AST")
    leave = does(
        an_authorization(units=4), on, "dir-luna", VoidAuthorization, ground="fraud", reason="an audit"
    )
    announcing.case_told(leave, on, heard=True)
    come_to_rest(leave, on)
    later, words = at("2037-05-02 09:00 AST"), {"units": 1, "reported_by": "the center"}
    does(leave, later, "ic-santos", UseUnits, on=date(2037, 4, 10), **words)
    assert leave.units_left == 3
    after = refusal(leave, later, "ic-santos", UseUnits, on=date(2037, 4, 11), **words)
    assert "had ended by then (voided)" in after


def test_an_appeal_is_not_received_on_a_day_before_there_was_anything_to_appeal():
    handed_over = appealed(voided(), ISSUED)
    handed_over.refuse_before_the_answer(at("2037-03-02 00:00:00 AST"))
    with pytest.raises(Refused, match="later than that"):
        handed_over.refuse_before_the_answer(at("2037-03-01 23:59:59 AST"))


def test_good_again_by_its_case_nothing_is_left_to_appeal():
    leave = voided()
    come_to_rest(leave, ISSUED)
    heard(leave, ended_as=None, ended_at=None)
    leave.settle(ISSUED)
    assert (leave.permit.ended_as, leave.may_be_appealed, appealed(leave, ISSUED).lines) == (None, False, ())
    assert any(event.words.startswith("good again, by ") for event in leave.log.events)


def test_what_was_reminded_of_before_it_was_voided_is_not_reminded_of_again():
    leave, now = an_authorization(), at("2037-05-17 09:00 AST")
    keep_appointments(leave, now)
    reminders = [one for one in leave.letters.notices if one.kind is NoticeKind.AUTHORIZATION_REMINDER]
    assert reminders
    does(leave, now, "dir-luna", VoidAuthorization, ground="fraud", reason="found in an audit")
    announcing.case_told(leave, now, heard=True)

    leave.hear(leave.issued.model_copy(update={"ended_as": None, "ended_at": None}), now)
    keep_appointments(leave, now + A_SECOND)

    again = [one for one in leave.letters.notices if one.kind is NoticeKind.AUTHORIZATION_REMINDER]
    assert again == reminders


# The case that issued it


def test_the_case_hears_of_an_end_once_and_has_nothing_to_tell_of_it():
    case = an_approved_case()
    [untold] = issuing.untold(case)
    issuing.told(case, untold.authorization)
    assert issuing.untold(case) == []
    ended = {"number": untold.authorization.number, "ending": Ending.USED_UP, "ended_at": ISSUED}
    said = AuthorizationEnded(actor=SYSTEM, **ended)
    said.apply(case, ISSUED)
    assert case.lines[0].authorization.ended_as is Ending.USED_UP
    assert issuing.untold(case) == []
    count = len(case.log.events)
    assert said.apply(case, ISSUED) == "known already"
    case.lines[0].authorization = None  # the answer was taken back, and there is nothing left to end
    assert issuing.untold(case) == []
    assert len(case.log.events) == count
