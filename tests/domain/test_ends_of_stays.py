"""How coverage of a stay ends by other ways than a notice of non-coverage: hospitals, Medicaid, denials."""

import pytest

from domain.concurrent.acts import (
    ContinueBenefits,
    Discharge,
    EndCoverage,
    GiveNotice,
)
from domain.concurrent.looking import NO_MESSAGE
from domain.concurrent.qio import AskQio
from domain.terms.notice import NoticeKind
from tests.appealing import carried
from tests.builders import at, pack
from tests.concurrents import (
    FRIDAY,
    NOT_MET,
    breaches,
    does,
    kinds,
    refusal,
    running,
)

# A hospital


def admitted(**changes):
    return running(setting="hospital", **changes)


def test_the_first_important_message_is_due_within_two_days_of_admission():
    late = carried(admitted(), at("2026-10-09 00:00 AST"))
    assert breaches(late) == [NO_MESSAGE]
    late.need("calls", "call the member", at("2026-10-09 00:00 AST"))
    does(late, "2026-10-09 10:00", "ic-santos", GiveNotice, what="first_message")
    assert [work.what for work in late.work.open if work.what in {NO_MESSAGE, "call the member"}] == [
        "call the member"
    ]

    given = does(admitted(), "2026-10-08 23:59:59", "ic-santos", GiveNotice, what="first_message")
    assert not breaches(carried(given, at("2026-10-09 00:00 AST")))


@pytest.mark.parametrize("lacks", [row.id for row in pack().message_element])
def test_a_message_that_lacks_any_of_its_elements_is_none(lacks):
    said = {"what": "first_message", "lacks": (lacks,)}

    assert "this is no Important Message" in refusal(
        admitted(), "2026-10-07 10:00", "ic-santos", GiveNotice, **said
    )


def test_whoever_refused_to_sign_has_it_and_what_no_row_names_is_refused():
    unsigned = {"what": "first_message", "refused": True, "lacks": ("signature",)}
    assert does(admitted(), "2026-10-07 10:00", "ic-santos", GiveNotice, **unsigned).first_message_at

    unknown = {"what": "first_message", "lacks": ("seal",)}
    assert "lacks: the pack knows name" in refusal(
        admitted(), "2026-10-07 10:00", "ic-santos", GiveNotice, **unknown
    )


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
    assert "discharged" in [event.words for event in case.log.events]


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
    denied = case.lines[1]
    assert (denied.is_adverse, denied.asked.units) == (True, 14), "each day that was approved beyond it"
    [*_, letter] = [one for one in case.letters.notices if one.recipient.value == "member"]
    assert (letter.facts["goes_on"], letter.facts["lines"][0]["stops_on"]) == (True, "2026-11-02")
    assert ends.continue_until(calendar) == at("2026-11-02 23:59:59 EASTERN")

    late = refusal(case, "2026-11-03 00:00", "ap-soto", ContinueBenefits)
    assert "no end during which" in late or "continued benefits are asked for until" in late
    kept = does(case.model_copy(deep=True), "2026-11-02 23:59:59", "ap-soto", ContinueBenefits)
    goes_on = "benefits go on, asked for in time; they may have to be paid for"
    assert goes_on in [event.words for event in kept.log.events]
    assert any("benefits go on until the appeal is answered" in work.what for work in kept.work.open)
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
