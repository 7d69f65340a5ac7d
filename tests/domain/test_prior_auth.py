"""What is published of prior authorization: each figure equal to a count by hand."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest

from config.calendars import calendar_of
from domain.clock.timeframe import Urgency
from domain.correction.reopening import CorrectAnswer
from domain.correction.second_thoughts import TakeBack
from domain.desk.holds import PutOnHold
from domain.determination.clock_acts import CorrectRequest
from domain.determination.decisions import Approve, Deny
from domain.report.counted import Answer, LeftOut, counted_of
from domain.report.figures import Elapsed, Share, in_days, in_hours
from domain.report.prior_auth import Reading, Row, figures_of, traced
from domain.report.public import published, reporting, span_of
from domain.terms.refusals import Refused
from tests.appealing import does
from tests.builders import a_case, at, criteria_of, pack

RECEIVED = at("2037-03-02 10:00 AST")
NUMBERS = count(1)
APPROVED, PARTIAL, DENIED = Answer


def a_row(answer=APPROVED, urgency=Urgency.STANDARD, took=timedelta(days=2), **facts):
    return Row(
        case=f"PRE-{next(NUMBERS)}",
        plan=facts.pop("plan", "mcs-classicare"),
        urgency=urgency,
        received_at=RECEIVED,
        decided_at=RECEIVED + took,
        answer=answer,
        **facts,
    )


def rows(many, *facts, **named):
    return [a_row(*facts, **named) for _ in range(many)]


def appealed(many, answer):
    return rows(many, DENIED, appeal="APP-1", appeal_answer=answer)


def percents(figures, reading=Reading.AS_APPROVED):
    return {one.id: one.percents[reading] for one in figures.shares}


def test_the_figures_that_a_payer_published_come_out_as_it_published_them():
    """Paramount, qualified health plans, 2025: 990 standard and 110 expedited requests, 93 of them appealed."""
    standard = rows(838) + appealed(37, APPROVED) + appealed(56, DENIED) + rows(59, DENIED)
    expedited = rows(107, APPROVED, Urgency.EXPEDITED) + rows(3, DENIED, Urgency.EXPEDITED)

    figures = figures_of(standard + expedited)

    assert (figures.standard, figures.expedited) == (990, 110)
    assert percents(figures) == {
        "standard_approved": "84.6%",
        "standard_denied": "15.4%",
        "approved_after_appeal": "39.8%",
        "extended_approved": "0.0%",
        "expedited_approved": "97.3%",
        "expedited_denied": "2.7%",
    }
    assert percents(figures, Reading.AS_DENIED) == percents(figures)


def test_a_partial_approval_is_approved_in_one_reading_and_denied_in_the_other():
    figures = figures_of([a_row(APPROVED), a_row(PARTIAL), a_row(DENIED), a_row(DENIED)])
    approved, denied, *_ = figures.shares

    assert approved.shares == {
        Reading.AS_APPROVED: Share(count=2, of=4),
        Reading.AS_DENIED: Share(count=1, of=4),
    }
    assert denied.shares == {
        Reading.AS_APPROVED: Share(count=2, of=4),
        Reading.AS_DENIED: Share(count=3, of=4),
    }


def test_extended_and_approved_is_of_all_requests():
    figures = figures_of(
        [
            a_row(APPROVED, extended=True),
            a_row(DENIED, extended=True),
            a_row(PARTIAL, Urgency.EXPEDITED, extended=True),
            a_row(APPROVED),
        ]
    )
    extended = next(one for one in figures.shares if one.id == "extended_approved")

    assert extended.shares[Reading.AS_APPROVED] == Share(count=2, of=4)
    assert extended.shares[Reading.AS_DENIED] == Share(count=1, of=4)


def test_a_corrected_answer_keeps_its_day_and_one_that_was_taken_back_has_that_on_which_it_is_given_again():
    days = [RECEIVED + timedelta(days=day) for day in range(1, 5)]
    necessity = {"reason_id": "criteria_not_met", "criterion": criteria_of("72148")[0]}
    corrected = does(a_case(), days[0], "md-ortiz", Deny, **necessity)
    does(corrected, days[1], "md-vega", CorrectAnswer, outcome="approved", reason="the study was on file")

    again = does(a_case(), days[0], "sup-diaz", PutOnHold, kind="legal", reason="subpoena")
    does(again, days[0], "md-ortiz", Deny, **necessity)
    does(again, days[1], "md-ortiz", TakeBack, reason="read the wrong study")
    does(again, days[2], "ic-santos", CorrectRequest, request=again.request, reason="keyed wrong")
    does(again, days[3], "md-ortiz", Approve)

    counted = [counted_of(case, days[3]) for case in (corrected, again)]
    assert [(one.answer, one.decided_at) for one in counted] == [(APPROVED, days[0]), (APPROVED, days[3])]


def test_what_is_left_out_stands_in_no_figure_and_is_told_with_its_reason():
    figures = figures_of([a_row(), a_row(DENIED, left_out=LeftOut.DRUG), a_row(left_out=LeftOut.WITHDRAWN)])

    assert (figures.total, percents(figures)["standard_approved"]) == (1, "100.0%")
    assert figures.left_out == {"Part B drugs only": 1, "withdrawn": 1}


def test_nothing_to_count_is_said_and_is_not_nought_percent():
    figures = figures_of([])

    assert set(percents(figures).values()) == {"none to count"}
    assert {one.mean for one in figures.times} == {"none to count"}


def test_mean_and_median_are_told_in_days_below_a_day_in_hours_and_for_expedited_ones_in_hours():
    days = [timedelta(days=1), timedelta(days=2), timedelta(days=6)]
    standard = [a_row(took=one) for one in days]
    expedited = [a_row(urgency=Urgency.EXPEDITED, took=timedelta(hours=hours)) for hours in (5, 30, 40, 71)]
    slow, fast = figures_of(standard + expedited).times

    assert (slow.mean, slow.median) == ("3.0 days", "2.0 days")
    assert (fast.mean, fast.median) == ("36.5 hours", "35.0 hours")
    assert figures_of([a_row(took=timedelta(minutes=51))]).times[0].mean == "0.9 hours"


@pytest.mark.parametrize(
    ("counted", "of", "percent"), [(1, 8, "12.5%"), (1, 16, "6.3%"), (5, 80, "6.3%"), (2, 3, "66.7%")]
)
def test_half_a_tenth_is_rounded_up(counted, of, percent):
    assert str(Share(count=counted, of=of)) == percent


def test_every_request_says_in_which_figures_it_counts():
    row = a_row(PARTIAL, extended=True, appeal="APP-1", appeal_answer=APPROVED)

    assert list(traced(row)) == [
        "standard_approved: counts, a part as approved",
        "standard_denied: counts, a part as denied",
        "approved_after_appeal: counts",
        "extended_approved: counts, a part as approved",
        "standard_time: 2.0 days",
    ]
    assert list(traced(a_row(left_out=LeftOut.DRUG))) == ["left out: Part B drugs only"]


# The year, the contract, the list


def of_a_year(year, *found, plans=None):
    reported = plans or reporting(pack().plan, pack().public_report, None)
    return published(
        year,
        reported,
        found,
        reports=pack().public_report,
        services=pack().service,
        rules=pack().counting_rule,
    )


def test_a_year_begins_and_ends_at_midnight_of_the_plans_own_zone():
    row = pack().plan_named("procare")
    span = span_of(row, calendar_of(row, 2036, 2041), date(2037, 1, 1), date(2038, 1, 1))

    assert span.begins_at == at("2037-01-01 00:00 PACIFIC")
    assert span.ends_before == at("2038-01-01 00:00 PACIFIC") == datetime.fromisoformat("2038-01-01T08:00Z")


def test_medicare_advantage_is_published_by_contract_and_medicaid_by_plan():
    classicare, medicaid = (pack().plan_named(one) for one in ("mcs-classicare", "caresource"))
    plans = [
        classicare.model_copy(update={"contract": "H0000"}),
        classicare.model_copy(update={"id": "second", "name": "Second", "contract": "H0000"}),
        medicaid.model_copy(update={"contract": "H9999"}),
    ]
    report = of_a_year(2037, a_row(), a_row(plan="second"), a_row(plan="caresource"), plans=plans)

    assert [(one.name, one.figures.total, one.source) for one in report.sections] == [
        ("H0000", 2, "42 CFR 422.122(c)"),
        ("caresource", 1, "42 CFR 438.210(f)"),
    ]


def test_the_list_has_no_drugs_and_every_counting_rule_says_how_far_it_can_be_trusted():
    report = of_a_year(2037)
    drugs = {code for rule in pack().service if rule.part_b_drug for code in rule.codes}

    assert drugs
    for section in report.sections:
        assert section.listed
        assert not drugs & {code for service in section.listed for code in service.codes}
    assert all("assumed" in rule or "unverified" in rule or "sourced" in rule for rule in report.counted)


def test_a_plan_that_the_rule_does_not_reach_is_refused_with_the_rule():
    with pytest.raises(Refused, match=r"mcs-life does not publish these figures \(42 CFR 422.122\(c\)"):
        reporting(pack().plan, pack().public_report, "mcs-life")
    assert [plan.id for plan in reporting(pack().plan, pack().public_report, "procare")] == ["procare"]
    assert reporting(pack().plan, (), None) == []


def test_of_an_even_number_the_median_lies_in_the_middle():
    elapsed = Elapsed.over([timedelta(hours=1), timedelta(hours=2)])

    assert (elapsed.mean, elapsed.median) == (5400, 5400)
    assert in_hours(elapsed.median) == in_days(elapsed.median) == "1.5 hours"


def test_post_stabilization_care_is_no_prior_authorization():
    case = a_case(post_stabilization=True, urgency="expedited")

    assert counted_of(case, case.received_at).left_out is LeftOut.POST_STABILIZATION
