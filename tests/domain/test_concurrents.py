"""A stay that is looked at while it runs: what is approved, how it may end, and by when who is told and asked."""

from datetime import date

import pytest

from domain.concurrent.acts import (
    AskMore,
    ContinueBenefits,
    Discharge,
    EndCoverage,
    GiveNotice,
    GoOn,
)
from domain.concurrent.qio import AnswerOfQio, AskQio
from domain.determination.decisions import Approve, Deny, Reduce
from domain.parts.events import EventKind
from domain.request.determination import Ending
from domain.request.given import refuse_what_is_no_stay
from domain.terms.notice import NoticeKind
from domain.terms.refusals import Refused
from tests.appealing import carried
from tests.builders import at
from tests.concurrents import NOT_MET, RECEIVED, a_review, a_stay, does, refusal, running

FRIDAY = {"on": "2026-10-16"} | NOT_MET


def due(case, name):
    return case.due_at_of(case.clocks[name])


def kinds(case):
    return [one.kind for one in case.letters.notices if one.recipient.value == "member"]


def breaches(case):
    return [event.words for event in case.log.events if event.kind is EventKind.BREACHED]


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

    carried(case, at("2026-10-15 00:00 AST"))
    [look] = [work for work in case.work.open if work.queue == "nurse-review"]
    assert look.due_at == at("2026-10-16 23:59:59 AST")

    carried(case, at("2026-10-30 00:00 AST"))
    assert case.permit.ended_as is None
    assert any("the plan goes on owing" in work.what for work in case.work.open)


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


def test_after_an_emergency_the_first_stretch_is_answered_within_the_hour():
    case = a_review(setting="hospital", post_stabilization=True, urgency="expedited")

    assert case.due_at == at("2026-10-06 10:00 AST")


def test_at_the_door_a_stay_says_that_it_is_one():
    refuse_what_is_no_stay(a_stay(), RECEIVED.date())
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

    carried(case, at("2026-10-16 23:59:59 AST"))
    assert case.is_running
    carried(case, at("2026-10-17 00:00 AST"))
    assert (case.ended_how, case.ended_on.isoformat()) == ("coverage ended", "2026-10-16")
    assert case.lines[0].authorization.ended_as is Ending.EXPIRED


def test_a_notice_on_thursday_moves_the_end_to_saturday_and_is_a_breach():
    case = noticed("2026-10-15 10:00")
    ends, calendar = case.termination, case.policy.calendar
    assert ends.ends_on(calendar).isoformat() == "2026-10-17"
    assert ends.review_until(calendar) == at("2026-10-16 12:00 AST")
    assert breaches(case) == [
        "no valid notice of the end: the plan goes on owing until one was delivered in time"
    ]

    carried(case, at("2026-10-17 23:59:59 AST"))
    assert case.is_running
    carried(case, at("2026-10-18 00:00 AST"))
    assert case.ended_on.isoformat() == "2026-10-17"


def test_without_a_notice_the_timer_writes_work_and_no_end():
    case = carried(ending(), at("2026-11-30 00:00 AST"))

    assert case.is_running
    assert any("no valid notice of the end" in work.what for work in case.work.open)


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


@pytest.mark.parametrize(("asked", "timely"), [("2026-10-15 12:00", True), ("2026-10-15 12:00:01", False)])
def test_the_qio_is_asked_until_noon_of_the_day_before_and_late_it_is_still_its_own(asked, timely):
    case = does(noticed("2026-10-14 10:00"), asked, "ap-soto", AskQio)

    assert case.termination.is_protected(case.policy.calendar) is timely
    assert due(case, "detailed explanation") == at("2026-10-15 23:59:59 AST")
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


def test_the_qio_for_us_and_it_ends_on_its_date():
    case = does(noticed("2026-10-14 10:00"), "2026-10-15 11:00", "ap-soto", AskQio)
    does(case, "2026-10-16 09:00", "ap-soto", AnswerOfQio, for_member=False)

    carried(case, at("2026-10-17 00:00 AST"))

    assert case.ended_on.isoformat() == "2026-10-16"


def test_a_late_request_that_the_member_wins_makes_what_had_ended_good_again():
    case = does(noticed("2026-10-14 10:00"), "2026-10-15 14:00", "ap-soto", AskQio)
    carried(case, at("2026-10-17 00:00 AST"))
    assert case.ended_on
    assert not case.is_closed, "the QIO still looks at it"

    does(case, "2026-10-18 10:00", "ap-soto", AnswerOfQio, for_member=True)

    assert case.is_running


def test_a_proposed_end_is_taken_back_and_the_next_one_needs_a_new_notice():
    case = does(noticed("2026-10-14 10:00"), "2026-10-15 09:00", "rn-rivera", GoOn, reason="got worse")

    assert case.termination is None
    carried(case, at("2026-10-17 00:00 AST"))
    assert case.is_running
    assert "no end proposed" in refusal(case, "2026-10-17 09:00", "rn-rivera", GoOn, reason="again")


# A hospital


def admitted(**changes):
    return running(setting="hospital", **changes)


def test_the_first_important_message_is_due_within_two_days_of_admission():
    late = carried(admitted(), at("2026-10-09 00:00 AST"))
    assert breaches(late) == ["the first Important Message was not given in time: see that it is"]

    given = does(admitted(), "2026-10-08 23:59:59", "ic-santos", GiveNotice, what="first_message")
    assert not breaches(carried(given, at("2026-10-09 00:00 AST")))


@pytest.mark.parametrize(
    ("copy", "in_time"),
    [
        ("2026-10-14 00:00", True),
        ("2026-10-13 23:59:59", False),  # earlier than two days before
        ("2026-10-16 08:00", True),
        ("2026-10-16 08:00:01", False),  # less than four hours before
    ],
)
def test_its_copy_is_given_no_earlier_than_two_days_and_four_hours_before_discharge(copy, in_time):
    case = does(admitted(), "2026-10-07 10:00", "ic-santos", GiveNotice, what="first_message")
    does(case, "2026-10-13 10:00", "md-vega", EndCoverage, **FRIDAY)
    does(case, copy, "ic-santos", GiveNotice, what="copy")
    assert case.termination.review_until(case.policy.calendar) == at("2026-10-16 23:59:59 AST")

    does(case, "2026-10-16 12:00", "ic-santos", Discharge)

    assert (not breaches(case)) is in_time, "a copy that was given again counts as it was given last"
    assert case.ended_how == "discharged"


# Medicaid


def medicaid():
    return running("caresource", received_at=at("2026-10-06 09:00 EASTERN"), through="2026-11-15")


def test_a_reduction_has_ten_days_notice_and_continued_benefits_until_the_later_day():
    effective = {"on": "2026-11-02"} | NOT_MET
    assert "the earliest day is 2026-11-03" in refusal(
        medicaid(), "2026-10-24 09:00", "md-vega", EndCoverage, **effective
    )
    case = does(medicaid(), "2026-10-23 09:00", "md-vega", EndCoverage, **effective)
    ends, calendar = case.termination, case.policy.calendar
    assert case.lines[1].is_adverse
    assert ends.continue_until(calendar) == at("2026-11-02 23:59:59 EASTERN")

    late = refusal(case, "2026-11-03 00:00", "ap-soto", ContinueBenefits)
    assert "no end during which" in late or "continued benefits are asked for until" in late
    kept = does(case.model_copy(deep=True), "2026-11-02 23:59:59", "ap-soto", ContinueBenefits)
    assert carried(kept, at("2026-11-20 00:00 EASTERN")).is_running


def test_nobody_asks_for_benefits_to_go_on_and_coverage_ends_the_day_before():
    case = does(medicaid(), "2026-10-23 09:00", "md-vega", EndCoverage, on="2026-11-02", **NOT_MET)

    carried(case, at("2026-11-02 00:00 EASTERN"))

    assert case.ended_on.isoformat() == "2026-11-01"


@pytest.mark.parametrize(
    ("ground", "proposed", "earliest"),
    [
        ("level-prescribed", "2026-11-02 23:59:59", None),  # as late as the day from which it counts
        ("level-prescribed", "2026-11-03 00:00", "2026-11-03"),
        ("probable-fraud", "2026-10-28 23:59:59", None),  # five days before
        ("probable-fraud", "2026-10-29 00:00", "2026-11-03"),
    ],
)
def test_on_a_named_ground_the_notice_of_a_reduction_may_come_later(ground, proposed, earliest):
    effective = {
        "on": "2026-11-02",
        "ground": ground,
        "reason": "the paper of the treating physician",
    } | NOT_MET
    if earliest:
        assert f"the earliest day is {earliest}" in refusal(
            medicaid(), proposed, "md-vega", EndCoverage, **effective
        )
    else:
        case = does(medicaid(), proposed, "md-vega", EndCoverage, **effective)
        assert "42 CFR 431.21" in case.termination.row.source
        assert not breaches(case)


def test_a_shorter_notice_has_a_ground_of_its_law_and_something_that_shows_it():
    effective = {"on": "2026-11-02"} | NOT_MET
    for more, words in (
        ({"ground": "level-prescribed"}, "because: say what shows the ground"),
        ({"ground": "in a hurry", "reason": "x"}, "ground: the pack knows member-died"),
    ):
        assert words in refusal(medicaid(), "2026-10-30 09:00", "md-vega", EndCoverage, **(effective | more))
    at_mcs = FRIDAY | {"ground": "member-asks", "reason": "x"}
    assert "ground: the pack knows none in medicare_advantage" in refusal(
        running(), "2026-10-12 10:00", "md-vega", EndCoverage, **at_mcs
    )


def test_continued_benefits_are_asked_for_until_ten_days_after_sending_where_that_is_later():
    late = {"on": "2026-11-02", "ground": "level-prescribed", "reason": "an order of the physician"} | NOT_MET
    case = does(medicaid(), "2026-11-02 09:00", "md-vega", EndCoverage, **late)
    carried(case, at("2026-11-04 00:00 EASTERN"))
    assert case.ended_on.isoformat() == "2026-11-01"

    assert "until" in refusal(case, "2026-11-13 00:00", "ap-soto", ContinueBenefits)
    does(case, "2026-11-12 23:59:59", "ap-soto", ContinueBenefits)
    assert case.is_running


@pytest.mark.parametrize(
    ("who", "how"),
    [
        ("cov-matos", {"reason_id": "benefit_limit_reached"}),
        ("md-vega", {"one_service": True} | NOT_MET),
    ],
)
def test_a_benefit_used_up_or_one_service_that_ends_is_denied_and_no_notice_of_non_coverage_goes(who, how):
    case = does(running(), "2026-10-12 10:00", who, EndCoverage, on="2026-10-14", **how)

    assert case.lines[1].is_adverse
    assert NoticeKind.NON_COVERAGE not in kinds(case)
    [*_, letter] = [one for one in case.letters.notices if one.recipient.value == "member"]
    assert letter.facts["lines"][0]["stops_on"] == "2026-10-14"
    assert "no notice that the QIO" in refusal(case, "2026-10-12 11:00", "ap-soto", AskQio)
    assert "the letter of the denial" in refusal(
        case, "2026-10-12 11:00", "ic-santos", GiveNotice, what="notice"
    )
    carried(case, at("2026-10-14 00:00 AST"))
    assert case.ended_on.isoformat() == "2026-10-13"


def test_what_was_authorized_of_a_course_of_treatment_is_reduced_by_a_denial():
    case = running(setting="course_of_treatment")

    does(case, "2026-10-12 10:00", "md-vega", EndCoverage, on="2026-10-14", **NOT_MET)

    assert case.termination.row.id == "ma-reduction"


# Puerto Rico


@pytest.mark.parametrize(
    ("proposed", "refused"), [("2026-10-12 23:59:59", False), ("2026-10-13 00:00", True)]
)
def test_in_puerto_rico_an_unverified_row_gives_thirty_days_in_which_a_grievance_is_answered(
    proposed, refused
):
    case = running("mcs-life", through="2026-11-30")
    assert case.way_to_end.standing == "unverified"
    effective = {"on": "2026-11-11"} | NOT_MET

    if refused:
        said = refusal(case, proposed, "md-vega", EndCoverage, **effective)
        assert "the earliest day is 2026-11-12" in said
    else:
        assert does(case, proposed, "md-vega", EndCoverage, **effective).lines[1].is_adverse


def test_where_no_row_says_how_coverage_ends_that_is_said():
    case = running("mcs-life")
    rules = case.policy.model_copy(update={"stay": case.stays.model_copy(update={"end": ()})})
    case.policy = rules

    said = refusal(case, "2026-10-12 10:00", "md-vega", EndCoverage, **FRIDAY)

    assert "no row of the pack says how coverage ends here" in said
