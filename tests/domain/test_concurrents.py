"""A stay that is looked at while it runs: what is approved, how it may end, and by when who is told and asked."""

from datetime import date

import pytest

from domain.concurrent.acts import (
    AskMore,
    EndCoverage,
    GiveNotice,
    GoOn,
)
from domain.concurrent.looking import NO_NOTICE, NOT_LOOKED_AT
from domain.concurrent.qio import AnswerOfQio, AskQio
from domain.determination.decisions import Approve, Deny, Reduce
from domain.parts.events import EventKind
from domain.parts.log import BREACH
from domain.request.determination import Ending
from domain.request.given import refuse_what_is_no_stay
from domain.terms.notice import NoticeKind
from domain.terms.refusals import Refused
from tests.appealing import carried
from tests.builders import at
from tests.concurrents import (
    FRIDAY,
    NOT_MET,
    RECEIVED,
    a_review,
    a_stay,
    breaches,
    does,
    due,
    kinds,
    refusal,
    running,
)


def ending(**words):
    """A nursing facility whose coverage is to end on Friday the 16th."""
    return does(running(), "2026-10-12 10:00", "md-vega", EndCoverage, **(FRIDAY | words))


def noticed(when):
    return does(ending(), when, "ic-santos", GiveNotice, what="notice")


# The frame


def test_the_last_approved_day_is_a_day_of_review_and_never_an_end():
    case = running()
    assert case.permit.review_on.isoformat() == "2026-10-16"
    assert (case.permit.through, case.permit.units, case.permit.measure) == (None, 11, "days")
    assert case.stage == "continuing"
    told = case.letters.notices[0].facts
    assert (told["lines"][0]["days_through"], told["goes_on"]) == ("2026-10-16", False)

    carried(case, at("2026-10-15 00:00 AST"))
    [look] = [work for work in case.work.open if work.queue == "nurse-review"]
    assert look.due_at == at("2026-10-16 23:59:59 AST")

    carried(case, at("2026-10-30 00:00 AST"))
    assert case.permit.ended_as is None
    assert NOT_LOOKED_AT in {work.what for work in case.work.open}

    does(case, "2026-10-30 09:00", "ic-santos", AskMore, through="2026-11-05")
    assert NOT_LOOKED_AT not in {work.what for work in case.work.open}
    assert [case.clocks[name].lines for name in ("decision", "decision line 2")] == [(1,), (2,)]


def test_days_more_are_a_stretch_of_their_own_and_one_authorization_grows():
    case = does(
        running(), "2026-10-14 09:00", "ic-santos", AskMore, through="2026-10-20", urgency="expedited"
    )
    assert due(case, "decision line 2") == at("2026-10-17 09:00 AST")
    assert case.stage == "nurse_review"

    does(case, "2026-10-14 10:00", "rn-rivera", Approve, line=2)

    numbers = {line.authorization.number for line in case.lines}
    assert numbers == {"AUT-2222-2222-2222-01"}
    assert (case.permit.units, case.permit.review_on.isoformat()) == (15, "2026-10-20")


def test_a_single_day_more_can_be_asked_for_and_none_that_was_asked_for_before():
    asked = {"when": "2026-10-14 09:00", "who": "ic-santos", "act": AskMore}

    assert "through 2026-10-16 already" in refusal(running(), **asked, through="2026-10-16")
    assert does(running(), **asked, through="2026-10-17").lines[1].asked.units == 1


@pytest.mark.parametrize(("act", "words"), [(Deny, {}), (Reduce, {"units": 2})])
def test_fewer_days_or_none_are_adverse_and_for_a_physician(act, words):
    case = does(running(), "2026-10-14 09:00", "ic-santos", AskMore, through="2026-10-20")
    words |= {"line": 2} | NOT_MET

    assert "may not deny or reduce on medical necessity" in refusal(
        case, "2026-10-14 10:00", "rn-rivera", act, **words
    )
    does(case, "2026-10-14 10:00", "md-vega", act, **words)
    [*_, letter] = [one for one in case.letters.notices if one.recipient.value == "member"]
    assert letter.facts["goes_on"] is True
    assert case.clocks.is_open("appeal window")


def test_efficiency_is_no_ground_to_deny():
    case = does(running(), "2026-10-14 09:00", "ic-santos", AskMore, through="2026-10-20")

    said = refusal(case, "2026-10-14 10:00", "md-vega", Deny, line=2, reason_id="efficiency", criterion="x")
    assert "reason: the pack knows" in said


@pytest.mark.parametrize(
    ("asked", "answered_by"),
    [
        ("2026-10-15 23:59:59", "2026-10-16 23:59:59 EASTERN"),  # a day before the end: 24 hours
        ("2026-10-16 00:00", "2026-10-19 00:00 EASTERN"),  # later: as urgent as any other, 72 hours
    ],
)
def test_a_group_plan_answers_an_urgent_request_to_go_on_in_a_day_if_it_came_a_day_before(asked, answered_by):
    received = at("2026-10-06 09:00 EASTERN")
    case = running("self-funded-sample", received_at=received)

    does(case, asked, "ic-santos", AskMore, through="2026-10-20", urgency="expedited")

    assert due(case, "decision line 2") == at(answered_by)


def test_an_accredited_plan_answers_an_urgent_request_to_go_on_in_a_day_by_both_its_rows():
    case = does(
        running("mcs-life-accredited"),
        "2026-10-14 09:00",
        "ic-santos",
        AskMore,
        through="2026-10-20",
        urgency="expedited",
    )

    rows = {
        case.clocks[name].timeframe.id: due(case, name)
        for name in ("decision line 2", "decision line 2 ncqa")
    }
    assert "ncqa-urgent-concurrent" in rows
    assert set(rows.values()) == {at("2026-10-15 09:00 AST")}


def test_after_an_emergency_the_first_stretch_is_answered_within_the_hour():
    case = a_review(setting="hospital", post_stabilization=True, urgency="expedited")

    assert case.due_at == at("2026-10-06 10:00 AST")


def test_at_the_door_a_stay_says_that_it_is_one():
    refuse_what_is_no_stay(a_stay(), RECEIVED.date())
    refuse_what_is_no_stay(a_stay(through="2026-10-06"), RECEIVED.date())  # of one day, which is today
    [line] = a_stay().lines
    over = a_stay().stay.model_copy(update={"since": date(2026, 9, 30), "through": date(2026, 10, 5)})
    for wrong, words in (
        ({"stay": None}, "stay: say where"),
        ({"stay": over}, "stay.through: it ends before the first day that is asked for"),
        ({"emergency": True}, "emergency: that needs no leave"),
        ({"lines": (line, line.model_copy(update={"sequence": 2}))}, "lines: a stay is asked for in one"),
    ):
        with pytest.raises(Refused, match=words):
            refuse_what_is_no_stay(a_stay().model_copy(update=wrong), RECEIVED.date())
    with pytest.raises(Refused, match="it has not begun"):
        refuse_what_is_no_stay(a_stay(), RECEIVED.date().replace(day=5))


# A skilled nursing facility


def test_a_notice_by_wednesday_ends_coverage_on_friday():
    case = noticed("2026-10-14 23:59:59")
    ends, calendar = case.termination, case.policy.calendar
    assert NoticeKind.NON_COVERAGE in kinds(case)
    assert ends.ends_on(calendar).isoformat() == "2026-10-16"
    assert ends.review_until(calendar) == at("2026-10-15 12:00 AST")
    assert not breaches(case)

    last_second = at("2026-10-16 23:59:59 AST")
    carried(case, last_second).settle(last_second)
    assert case.is_running
    carried(case, at("2026-10-17 00:00 AST"))
    assert (case.ended_how, case.ended_on.isoformat()) == ("coverage ended", "2026-10-16")
    assert case.closed_as == "coverage ended"
    assert case.lines[0].authorization.ended_as is Ending.EXPIRED


def test_with_its_end_nothing_is_left_to_do_but_to_call_whom_somebody_still_has_to_tell():
    case = noticed("2026-10-14 10:00")
    now = at("2026-10-16 10:00 AST")
    for queue in ("calls", "supervisor"):
        case.need(queue, "tell the member", now)

    carried(case, at("2026-10-17 00:00 AST"))

    assert ([work.queue for work in case.work.open], case.is_closed) == (["calls"], False)


def test_once_an_end_is_proposed_nobody_reviews_what_goes_on_until_it_goes_on_after_all():
    case = carried(running(), at("2026-10-15 10:00 AST"))
    assert [work.queue for work in case.work.open] == ["nurse-review"]
    does(case, "2026-10-15 10:00", "md-vega", EndCoverage, **(FRIDAY | {"on": "2026-10-17"}))
    assert case.work.open == []

    does(case, "2026-10-15 11:00", "rn-rivera", GoOn, reason="got worse")
    [work] = case.work.open
    assert (work.queue, "coverage goes on: review it" in work.what) == ("nurse-review", True)


def test_a_notice_on_thursday_moves_the_end_to_saturday_and_is_a_breach():
    case = noticed("2026-10-15 10:00")
    ends, calendar = case.termination, case.policy.calendar
    assert ends.ends_on(calendar).isoformat() == "2026-10-17"
    assert ends.review_until(calendar) == at("2026-10-16 12:00 AST")
    assert breaches(case) == [NO_NOTICE]
    assert BREACH in case.log.flags
    assert NO_NOTICE not in {work.what for work in case.work.open}, "it was given after all"
    [given] = [event for event in case.log.events if event.kind is EventKind.DELIVERED]
    assert given.words.startswith(
        "notice of the end given; the last covered day is 2026-10-17, the QIO may be"
    )

    carried(case, at("2026-10-17 23:59:59 AST"))
    assert case.is_running
    carried(case, at("2026-10-18 00:00 AST"))
    assert case.ended_on.isoformat() == "2026-10-17"


def test_a_late_notice_is_said_once_by_the_timer_or_where_no_timer_came_first_by_itself():
    case = ending()
    given = at("2026-10-15 10:00 AST")

    case.notice_given(given, given)

    assert breaches(case) == ["the notice was late: the last covered day is 2026-10-17, not 2026-10-16"]
    case.notice_given(given, given)
    assert len(breaches(case)) == 1


def test_without_a_notice_the_timer_writes_work_and_no_end():
    case = carried(ending(), at("2026-11-30 00:00 AST"))

    assert case.is_running
    assert NO_NOTICE in {work.what for work in case.work.open}


def test_an_end_is_proposed_by_a_clinician_on_a_ground_and_early_enough():
    case = running()
    assert "may not deny or reduce" in refusal(case, "2026-10-12 10:00", "rn-rivera", EndCoverage, **FRIDAY)
    assert "the earliest day is 2026-10-17" in refusal(
        case, "2026-10-15 10:00", "md-vega", EndCoverage, **FRIDAY
    )
    assert "proposed already" in refusal(ending(), "2026-10-12 11:00", "md-vega", EndCoverage, **FRIDAY)


def test_who_cannot_understand_has_a_representative_and_who_refuses_to_sign_has_received_it():
    words = {"what": "notice", "understood": False}
    assert "given to a representative" in refusal(
        ending(), "2026-10-13 10:00", "ic-santos", GiveNotice, **words
    )
    does(ending(), "2026-10-13 10:00", "ic-santos", GiveNotice, **words, to="representative")
    case = does(ending(), "2026-10-13 10:00", "ic-santos", GiveNotice, what="notice", refused=True)
    assert case.termination.delivered_at == at("2026-10-13 10:00 AST")


def to_the_appeals_desk(case):
    return [(work.what, work.due_at) for work in case.work.open if work.queue == "appeals"]


@pytest.mark.parametrize(("asked", "timely"), [("2026-10-15 12:00", True), ("2026-10-15 12:00:01", False)])
def test_the_qio_is_asked_until_noon_of_the_day_before_and_late_it_is_still_its_own(asked, timely):
    case = does(noticed("2026-10-14 10:00"), asked, "ap-soto", AskQio)

    assert case.termination.is_protected(case.policy.calendar) is timely
    assert due(case, "detailed explanation") == at("2026-10-15 23:59:59 AST")
    assert ("send the file to the QIO", due(case, "detailed explanation")) in to_the_appeals_desk(case)
    assert NoticeKind.DETAILED_EXPLANATION in kinds(case)
    assert not case.clocks.is_open("detailed explanation"), "its letter has left"
    carried(case, at("2026-10-17 00:00 AST"))
    assert case.is_running is timely


def test_our_explanation_is_due_on_the_day_on_which_the_qio_tells_us_weekends_included():
    case = does(ending(on="2026-10-19"), "2026-10-16 10:00", "ic-santos", GiveNotice, what="notice")

    does(case, "2026-10-17 20:00", "ap-soto", AskQio, at=at("2026-10-17 09:00 AST"))

    assert due(case, "detailed explanation") == at("2026-10-17 23:59:59 AST")


def test_the_qio_against_us_and_ending_needs_a_new_notice():
    case = does(noticed("2026-10-14 10:00"), "2026-10-15 11:00", "ap-soto", AskQio)
    does(case, "2026-10-17 15:00", "ap-soto", AnswerOfQio, for_member=True)
    assert case.termination is None
    assert case.is_running

    does(case, "2026-10-19 10:00", "md-vega", EndCoverage, **(FRIDAY | {"on": "2026-10-23"}))
    assert kinds(case).count(NoticeKind.NON_COVERAGE) == 2


def test_the_qio_for_us_and_it_ends_on_its_date_and_the_member_may_ask_again():
    case = does(noticed("2026-10-14 10:00"), "2026-10-15 11:00", "ap-soto", AskQio)
    does(case, "2026-10-16 09:00", "ap-soto", AnswerOfQio, for_member=False)
    assert to_the_appeals_desk(case) == []

    carried(case, at("2026-10-17 00:00 AST"))
    assert case.ended_on.isoformat() == "2026-10-16"

    again = does(noticed("2026-10-14 10:00"), "2026-10-15 11:00", "ap-soto", AskQio)
    does(again, "2026-10-16 09:00", "ap-soto", AnswerOfQio, for_member=False)
    does(again, "2026-10-16 10:00", "ap-soto", AskQio)
    assert again.is_asked_about
    assert due(again, "detailed explanation") == at("2026-10-16 23:59:59 AST")


def test_a_late_request_that_the_member_wins_makes_what_had_ended_good_again():
    case = does(noticed("2026-10-14 10:00"), "2026-10-15 14:00", "ap-soto", AskQio)
    carried(case, at("2026-10-17 00:00 AST"))
    assert case.ended_on
    assert not case.is_closed, "the QIO still looks at it"

    does(case, "2026-10-18 10:00", "ap-soto", AnswerOfQio, for_member=True)

    assert case.is_running


def test_what_is_good_again_is_so_for_each_stretch_of_it():
    case = does(running(), "2026-10-08 09:00", "ic-santos", AskMore, through="2026-10-20")
    does(case, "2026-10-08 10:00", "rn-rivera", Approve, line=2)
    does(case, "2026-10-12 10:00", "md-vega", EndCoverage, **FRIDAY)
    does(case, "2026-10-14 10:00", "ic-santos", GiveNotice, what="notice")
    does(case, "2026-10-15 14:00", "ap-soto", AskQio)
    carried(case, at("2026-10-17 00:00 AST"))
    assert [line.authorization.ended_as for line in case.lines] == [Ending.EXPIRED] * 2

    does(case, "2026-10-18 10:00", "ap-soto", AnswerOfQio, for_member=True)

    assert [(line.authorization.ended_as, line.authorization.ended_at) for line in case.lines] == [
        (None, None),
        (None, None),
    ]


def test_a_proposed_end_is_taken_back_and_the_next_one_needs_a_new_notice():
    case = does(noticed("2026-10-14 10:00"), "2026-10-15 09:00", "rn-rivera", GoOn, reason="got worse")

    assert case.termination is None
    carried(case, at("2026-10-17 00:00 AST"))
    assert case.is_running
    assert "no end proposed" in refusal(case, "2026-10-17 09:00", "rn-rivera", GoOn, reason="again")
