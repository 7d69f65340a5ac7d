"""What is late, on either side: nothing is denied by a timer, and nobody is turned away."""

from domain.appeal.acts import (
    AcceptCause,
    DismissAppeal,
    GoFurther,
    ReceiveForm,
    RecordReview,
    StateCause,
    VacateDismissal,
)
from domain.appeal.deciding import DecideAppeal
from domain.determination.clock_acts import CorrectReceipt, Downgrade, Expedite
from domain.parts.events import EventKind
from domain.review.notified import REFUSAL_LETTER
from tests.appealing import NIECE, appeal_of, carried, denied, does, due, refusal
from tests.builders import at

# Late: our answer


def test_no_answer_in_time_goes_to_the_independent_reviewer_by_itself_and_nothing_is_denied():
    case = appeal_of(denied("2026-02-09"), at("2026-04-15 23:40 AST"))

    carried(case, at("2026-05-16 00:00:00 AST"))

    assert case.stage.value == "independent_review"
    assert case.lines[0].determination is None
    assert case.status.code == "A4"
    assert due(case, "forwarding line 1") == at("2026-05-16 23:59:59 AST")
    assert [one.recipient.value for one in case.letters.notices if one.kind.value == "appeal_file"] == [
        "independent_reviewer"
    ]
    assert len([one for one in case.letters.notices if one.kind.value == "appeal_late"]) == 2
    now = at("2026-05-17 09:00 AST")
    assert "independent reviewer, who decides" in refusal(
        case, now, "md-vega", DecideAppeal, answer="overturned"
    )

    does(case, now, "ap-soto", RecordReview, outcome="upheld")
    assert (case.status.code, case.stage.value) == ("A5", "next_level")
    assert carried(case, at("2026-08-01 09:00 AST")).closed_as == "upheld after the plan's own level"


def test_elsewhere_no_answer_in_time_exhausts_the_plans_process_and_the_answer_stays_owed():
    case = appeal_of(denied("2026-02-09", plan="mcs-life"), at("2026-03-02 09:00 AST"), plan="mcs-life")

    carried(case, at("2026-06-01 09:00 AST"))

    assert case.stage.value == "appeal_review"
    assert due(case, "next level") is None
    assert (
        "external review now"
        in next(one for one in case.letters.notices if one.kind.value == "appeal_late").facts["rights"]
    )
    now = at("2026-06-01 09:00 AST")
    does(case, now, "md-cruz", DecideAppeal, answer="upheld")
    assert due(case, "next level") == at("2026-10-04 23:59:59 AST")
    does(case, at("2026-09-01 09:00 AST"), "ap-soto", GoFurther)
    assert case.stage.value == "independent_review"
    does(case, at("2026-10-20 09:00 AST"), "ap-soto", RecordReview, outcome="overturned")
    assert case.status.code == "A1"


# Late: theirs


def of_the_cause(case):
    kinds = {EventKind.GOOD_CAUSE_ASKED, EventKind.GOOD_CAUSE_STATED, EventKind.GOOD_CAUSE_DECIDED}
    return [event.words for event in case.log.events if event.kind in kinds]


def test_a_late_appeal_is_heard_once_a_named_role_found_good_cause_and_counts_from_what_was_said():
    case = appeal_of(denied("2026-02-09"), at("2026-05-04 09:00 AST"), good_cause="I was in hospital.")
    assert case.stage.value == "good_cause"
    now = at("2026-05-06 09:00 AST")
    assert "may not decide good cause" in refusal(case, now, "md-vega", AcceptCause)

    does(case, now, "ap-soto", AcceptCause)

    assert due(case, "appeal") == at("2026-06-03 23:59:59 AST")
    assert of_the_cause(case) == ["why it is late was stated", "good cause accepted"]


def test_a_late_appeal_without_its_form_is_asked_for_that_and_then_why_it_is_late_and_each_ends_as_it_comes():
    case = appeal_of(denied("2026-02-09"), at("2026-05-04 09:00 AST"), **NIECE)
    assert (case.stage.value, of_the_cause(case)) == ("awaiting_form", [])
    form_came, said, decided = (at(f"2026-05-0{day} 16:00 AST") for day in (5, 6, 7))

    does(case, at("2026-05-06 09:00 AST"), "ap-soto", ReceiveForm, at=form_came)
    assert (case.stage.value, case.clocks["form"].satisfied_at) == ("good_cause", form_came)
    assert of_the_cause(case) == ["it came late; asked for the good cause of that"]
    accepted = case.model_copy(deep=True)
    does(accepted, at("2026-05-08 09:00 AST"), "ap-soto", AcceptCause, at=decided, reason="the storm")
    assert accepted.clocks["good cause"].satisfied_at == decided

    does(case, at("2026-05-07 09:00 AST"), "ap-soto", StateCause, at=said, words="I was in hospital.")
    assert case.clocks["good cause"].satisfied_at == said
    [work] = case.work.open
    assert (work.queue, work.what) == ("appeals", "decide whether there was good cause for being late")
    does(case, at("2026-05-08 09:00 AST"), "ap-soto", AcceptCause)
    assert work.what not in {one.what for one in case.work.open}


def test_without_good_cause_it_is_dismissed_with_a_notice_and_the_dismissal_can_be_undone_for_six_months():
    case = appeal_of(denied("2026-02-09"), at("2026-05-04 09:00 AST"))
    carried(case, at("2026-06-01 09:00 AST"))
    assert case.dismissed_as is None
    does(case, at("2026-06-01 09:00 AST"), "ap-soto", DismissAppeal, ground="untimely")
    assert of_the_cause(case) == ["it came late; asked for the good cause of that", "no good cause found"]
    assert due(case, "vacating") == at("2026-12-01 23:59:59 AST")
    assert carried(case.model_copy(deep=True), at("2027-01-01 09:00 AST")).closed_as == "dismissed"
    now = at("2026-11-30 09:00 AST")
    carried(case, now)
    assert "say which" in refusal(case, now, "sup-diaz", VacateDismissal)

    does(case, now, "sup-diaz", VacateDismissal, reason="the letter went to an old address")

    assert (case.stage.value, due(case, "appeal")) == ("appeal_review", at("2026-12-30 23:59:59 AST"))


def test_what_is_dismissed_while_it_is_looked_at_is_not_owed_from_then_on_and_waits_for_nobody():
    case = appeal_of(denied("2026-02-09"), at("2026-03-02 09:00 AST"))
    dismissed, now = at("2026-03-03 16:00 AST"), at("2026-03-04 09:00 AST")
    assert case.clocks.is_open("appeal")

    does(case, now, "ap-soto", DismissAppeal, ground="no_valid_request", at=dismissed)

    assert (case.clocks["appeal"].ended_at, case.due_at, case.work.open) == (dismissed, None, [])


def test_whoever_reviews_after_the_plan_undoes_a_dismissal_or_lets_it_stand():
    dismissed = appeal_of(denied("2026-02-09"), at("2026-05-04 09:00 AST"))
    does(dismissed, at("2026-06-01 09:00 AST"), "ap-soto", DismissAppeal, ground="untimely")
    now = at("2026-07-01 09:00 AST")
    stands, undone = (
        does(dismissed.model_copy(deep=True), now, "ap-soto", RecordReview, outcome=outcome)
        for outcome in ("upheld", "overturned")
    )

    assert (undone.stage.value, due(undone, "appeal")) == ("appeal_review", at("2026-07-31 23:59:59 AST"))
    windows = ("dismissal review", "vacating")
    assert not any(undone.clocks[window].is_open for window in windows)
    assert stands.dismissed_as == "untimely"
    assert [stands.clocks[window].is_open for window in windows] == [False, True], "ours to undo runs on"


# Urgency


def test_a_members_word_may_be_refused_from_the_original_receipt_and_a_physicians_binds():
    case = appeal_of(denied("2026-02-09"), at("2026-03-02 09:00 AST"), urgency="expedited")
    now = at("2026-03-03 09:00 AST")
    does(case, now, "rn-rivera", Downgrade)
    assert case.clocks[REFUSAL_LETTER].satisfied_at == now
    assert due(case, "appeal") == at("2026-04-01 23:59:59 AST")

    now = at("2026-03-20 10:00 AST")
    does(carried(case, now), now, "rn-rivera", Expedite, asked_by="physician")

    assert due(case, "appeal") == at("2026-03-23 10:00 AST")
    assert "binds the plan" in refusal(case, now, "rn-rivera", Downgrade)


def test_a_receipt_that_was_keyed_wrong_can_make_a_late_appeal_a_timely_one():
    case = appeal_of(denied("2026-02-09"), at("2026-04-16 09:00 AST"))
    assert case.stage.value == "good_cause"

    does(
        case,
        at("2026-04-16 10:00 AST"),
        "sup-diaz",
        CorrectReceipt,
        received_at=at("2026-04-15 23:40 AST"),
        reason="the fax log",
    )

    assert case.stage.value == "appeal_review"
    assert due(case, "appeal") == at("2026-05-15 23:59:59 AST")
    assert case.work.open[0].queue == "appeal-review"
    assert not case.clocks.is_open("good cause"), "nobody has to say any more why it came late"
