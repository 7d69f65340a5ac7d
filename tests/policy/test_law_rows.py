"""Rows that were read again in their laws: each with the dates around its limit."""

from datetime import date, timedelta

import pytest

from domain.appeal.acts import GoFurther, RecordReview
from domain.appeal.appealed import appealed
from domain.appeal.deciding import DecideAppeal
from domain.case.keeping import come_to_rest
from domain.clock.duty import Duty
from domain.clock.timeframe import Services, Urgency
from domain.correction.reopening import CorrectAnswer
from domain.desk.delivery import LetterDelivered
from domain.desk.desk import Attach
from domain.determination.clock_acts import Downgrade, Extend
from domain.determination.decisions import Approve
from domain.terms.notice import NoticeKind
from domain.terms.refusals import Refused
from tests.appealing import appeal_of, carried, denied, does, due
from tests.builders import a_case, a_document, a_request, at, policy, staff

SECOND = timedelta(seconds=1)
STANDARD, EXPEDITED = Urgency.STANDARD, Urgency.EXPEDITED
LISTED, PART_B, RECEIVED_ALREADY = Services.LISTED, Services.PART_B_DRUG, Services.POST_SERVICE

ROWS = [
    # plan, duty, urgency, services, counting begins, row, last second in time
    *(
        ("mcs-life", Duty.DECISION, urgency, RECEIVED_ALREADY, "2026-09-10 09:00 AST", "pr-post-service",
         "2026-10-10 23:59:59 AST")
        for urgency in Urgency
    ),
    ("mcs-life", Duty.AFTER_INFORMATION, EXPEDITED, LISTED, "2026-07-25 10:00 AST", "pr-urgent-after-information",
     "2026-07-27 10:00 AST"),
    ("mcs-life", Duty.INFORMATION_WINDOW, STANDARD, LISTED, "2026-09-10 09:00 AST", "pr-information-window",
     "2026-10-25 23:59:59 AST"),
    ("mcs-life", Duty.INFORMATION_WINDOW, EXPEDITED, LISTED, "2026-07-24 16:50 AST",
     "pr-information-window-urgent", "2026-07-26 16:50 AST"),
    ("mcs-life", Duty.APPEAL_DECISION, STANDARD, RECEIVED_ALREADY, "2026-03-02 09:00 AST",
     "pr-appeal-post-service", "2026-05-01 23:59:59 AST"),
    # a state's own row goes before the federal one; a rating period begins on a plan's own day
    ("caresource", Duty.DECISION, EXPEDITED, LISTED, "2026-03-02 09:00 EASTERN", "medicaid-expedited",
     "2026-03-05 09:00 EASTERN"),
    ("caresource-ohio", Duty.DECISION, EXPEDITED, LISTED, "2026-03-02 09:00 EASTERN", "ohio-expedited",
     "2026-03-04 09:00 EASTERN"),
    ("caresource-georgia", Duty.DECISION, STANDARD, LISTED, "2026-06-30 23:59 EASTERN",
     "georgia-standard-until-rating-period", "2026-07-14 23:59:59 EASTERN"),
    ("caresource-georgia", Duty.DECISION, STANDARD, LISTED, "2026-07-01 00:00 EASTERN", "georgia-standard",
     "2026-07-08 23:59:59 EASTERN"),
    *(
        (f"caresource-{state}", Duty.NEXT_LEVEL, STANDARD, LISTED, "2027-01-29 10:00 EASTERN",
         f"{state}-next-level", last)
        for state, last in (
            ("ohio", "2027-04-29 23:59:59 EASTERN"),
            ("indiana", "2027-05-29 23:59:59 EASTERN"),
            ("georgia", "2027-05-29 23:59:59 EASTERN"),
        )
    ),
    # what the independent reviewer reversed: by urgency and kind
    ("mcs-classicare", Duty.EFFECTUATION_AFTER_REVIEW, STANDARD, LISTED, "2026-06-08 14:00 AST",
     "ma-effectuation-after-review", "2026-06-11 14:00 AST"),
    ("mcs-classicare", Duty.PROVISION_AFTER_REVIEW, STANDARD, LISTED, "2026-06-08 14:00 AST",
     "ma-provision-after-review", "2026-06-22 23:59:59 AST"),
    ("mcs-classicare", Duty.EFFECTUATION_AFTER_REVIEW, EXPEDITED, LISTED, "2026-06-08 14:00 AST",
     "ma-effectuation-after-review-expedited", "2026-06-11 14:00 AST"),
    ("mcs-classicare", Duty.EFFECTUATION_AFTER_REVIEW, STANDARD, PART_B, "2026-06-08 14:00 AST",
     "ma-effectuation-after-review-part-b", "2026-06-11 14:00 AST"),
    ("mcs-classicare", Duty.EFFECTUATION_AFTER_REVIEW, EXPEDITED, PART_B, "2026-06-08 14:00 AST",
     "ma-effectuation-after-review-part-b-expedited", "2026-06-09 14:00 AST"),
    ("mcs-classicare", Duty.EFFECTUATION_AFTER_REVIEW, STANDARD, RECEIVED_ALREADY, "2026-06-08 14:00 AST",
     "ma-effectuation-after-review-payment", "2026-07-08 23:59:59 AST"),
    ("mcs-classicare", Duty.EFFECTUATION_AFTER_HEARING, STANDARD, Services.ANY, "2026-06-08 14:00 AST",
     "ma-effectuation-after-hearing", "2026-08-07 23:59:59 AST"),
]  # fmt: skip


@pytest.mark.parametrize("case", ROWS, ids=lambda case: f"{case[5]} {case[2]} {case[4]}")
def test_one_row_times_it_and_its_last_second_is_the_one_named(case):
    plan, duty, urgency, services, begins, row, last = case
    kind = "appeal" if duty.is_of_appeals else "precertification"
    rules = policy(plan, 2026, kind=kind)

    [found] = rules.rows(duty, at(begins), urgency, services)

    end = found.end(at(begins), rules.calendar)
    assert (found.id, end) == (row, at(last))
    assert [act <= end for act in (at(last) - SECOND, at(last), at(last) + SECOND)] == [True, True, False]


def test_what_is_expedited_is_authorized_or_provided_in_72_hours_without_a_second_choice_of_14_days():
    rules = policy("mcs-classicare", 2026, kind="appeal")
    received = at("2026-06-08 14:00 AST")

    for kind in (LISTED, Services.UNLISTED, PART_B):
        assert rules.rows(Duty.PROVISION_AFTER_REVIEW, received, EXPEDITED, kind) == []
    assert rules.rows(Duty.PROVISION_AFTER_REVIEW, received, STANDARD, PART_B) == []


def test_an_urgent_request_for_more_of_what_is_being_given_has_24_hours_under_accreditation():
    more = {"plan": "mcs-life-accredited", "urgency": "expedited", "received_at": at("2026-09-10 10:00 AST")}

    ordinary, concurrent = a_case(**more), a_case(**more, extends="PRE-2222-2222-2222-01")
    for case in (ordinary, concurrent):
        come_to_rest(case, case.received_at)

    assert due(ordinary, "decision ncqa") == at("2026-09-13 10:00 AST")
    assert due(concurrent, "decision ncqa") == at("2026-09-11 10:00 AST")


def test_the_accreditors_clock_is_kept_by_the_notice_and_not_by_the_decision():
    rows = [row for row in policy("mcs-life-accredited").timeframe if row.regime.value == "ncqa"]

    assert {row.satisfied_by.value for row in rows} == {"notice"}
    assert "ncqa-post-service" in {row.id for row in rows}


# The time to appeal


@pytest.mark.parametrize(
    ("delivered", "last"),
    [
        ("2026-02-10", "2026-04-15"),  # earlier than presumed: nobody loses a day by it
        ("2026-02-14", "2026-04-15"),
        ("2026-02-15", "2026-04-16"),
        ("2026-02-20", "2026-04-21"),
    ],
)
def test_a_later_delivery_moves_the_time_to_appeal_and_an_earlier_one_never_shortens_it(delivered, last):
    first = denied("2026-02-09")
    assert appealed(first, at("2026-03-02 09:00 AST")).appeal_by == at("2026-04-15 23:59:59 AST")

    now = at("2026-03-02 09:00 AST")
    shown = {"notice": 1, "at": at(f"{delivered} 12:00 AST"), "reason": "receipt of the post"}
    does(first, now, "ic-santos", LetterDelivered, **shown)

    assert appealed(first, now).appeal_by == at(f"{last} 23:59:59 AST")


def test_the_letter_goes_on_saying_65_days_of_its_date_and_the_day_on_which_they_end():
    [member, *_] = [
        one for one in denied("2026-02-09").letters.notices if one.kind is NoticeKind.DETERMINATION
    ]

    told = member.facts["appeal"]
    assert (told["days"], told["counts_from"], told["through"]) == (65, "notice_date", "2026-04-15")


# Medicaid appeals


@pytest.mark.parametrize(("asked_by", "due_on"), [("plan", "2026-03-12"), ("member", "2026-04-01")])
def test_a_medicaid_appeals_extension_is_told_within_two_days_unless_the_member_asked(asked_by, due_on):
    case = appeal_of(denied("2026-02-09", "EASTERN", plan="caresource"), at("2026-03-02 09:00 EASTERN"))
    asked = "enrollee_asks" if asked_by == "member" else "information_needed"
    more = {"until": date(2026, 4, 10), "ground": asked, "asked_by": asked_by}
    said = Extend(actor=staff("sup-diaz"), **more)
    said.refuse_unless_allowed(case, at("2026-03-10 10:00 EASTERN"))

    said.apply(case, at("2026-03-10 10:00 EASTERN"))

    [member, *_] = [one for one in case.letters.notices if one.kind is NoticeKind.EXTENSION]
    assert case.letter_times.due_at(member) == at(f"{due_on} 23:59:59 EASTERN")


def test_a_refused_expedite_of_a_medicaid_appeal_is_told_within_two_days():
    case = appeal_of(
        denied("2026-02-09", "EASTERN", plan="caresource"),
        at("2026-03-02 09:00 EASTERN"),
        urgency="expedited",
    )
    said = Downgrade(actor=staff("md-vega"))

    said.apply(case, at("2026-03-02 10:00 EASTERN"))

    [member, *_] = [one for one in case.letters.notices if one.kind is NoticeKind.EXPEDITE_REFUSED]
    assert case.letter_times.due_at(member) == at("2026-03-04 23:59:59 EASTERN")


# Above the independent reviewer


def test_a_judges_reversal_of_what_the_reviewer_upheld_has_sixty_days():
    case = appeal_of(denied("2026-02-09"), at("2026-03-02 09:00 AST"))
    does(case, at("2026-03-20 10:00 AST"), "md-vega", DecideAppeal, answer="upheld")
    does(case, at("2026-04-20 10:00 AST"), "ap-soto", RecordReview, outcome="upheld")

    does(case, at("2026-05-04 10:00 AST"), "ap-soto", GoFurther)
    now = at("2026-09-01 15:00 AST")
    heard = {"outcome": "overturned", "at": at("2026-09-01 14:00 AST")}
    does(carried(case, now), now, "ap-soto", RecordReview, **heard)

    effect = case.clocks["review's effectuation line 1"]
    assert effect.timeframe.id == "ma-effectuation-after-hearing"
    assert due(case, "review's effectuation line 1") == at("2026-10-31 23:59:59 AST")
    assert case.status.code == "A1"


# What is not reopened


@pytest.mark.parametrize(
    ("plan", "place", "day", "barred"),
    [
        ("mcs-classicare", "21", "2026-01-02", True),
        ("mcs-classicare", "21", "2025-12-30", False),  # approved before the rule
        ("mcs-classicare", "22", "2026-01-02", False),  # no inpatient admission
        ("caresource", "21", "2026-01-02", False),  # another law
    ],
)
def test_an_approved_inpatient_admission_is_not_reopened_on_later_clinical_facts(plan, place, day, barred):
    received = at(f"{day} 09:00 AST")
    case = a_case(a_request(plan=plan, place_of_service=place, received_at=received))
    does(case, received, "rn-rivera", Approve, because="six weeks of care are shown")
    against = CorrectAnswer(
        actor=staff("dir-luna"),
        outcome="denied",
        ground="new_evidence",
        reason_id="not_covered_benefit",
        reason="a later study",
    )

    try:
        against.check(case, received + timedelta(days=3))
        said = ""
    except Refused as refused:
        said = f"{refused} {refused.source}"

    assert ("422.616(e)" in said) is barred


# Puerto Rico: what an urgent request lacks


@pytest.mark.parametrize(
    ("answered", "last"),
    [(None, "2026-07-28 16:50 AST"), ("2026-07-25 10:00 AST", "2026-07-27 10:00 AST")],
)
def test_an_urgent_request_that_lacks_information_is_decided_48_hours_after_the_answer_or_its_time(
    answered, last
):
    received = at("2026-07-24 16:50 AST")
    case = a_case(plan="mcs-life", urgency="expedited", documents=[], received_at=received)
    case.ask_for_what_is_missing(received)
    come_to_rest(case, received)

    if answered:
        study = a_document("study-1", "previous_study")
        does(carried(case, at(answered)), at(answered), "ic-santos", Attach, document=study)

    assert due(case, "decision") == at(last)
