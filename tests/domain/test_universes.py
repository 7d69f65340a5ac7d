"""Audit universes: which case is a row of which, what its fields say, and what was late."""

from dataclasses import replace

import pytest

from domain.appeal.acts import DismissAppeal, RecordReview
from domain.appeal.deciding import DecideAppeal
from domain.desk.desk import RecordCall, Withdraw
from domain.determination.decisions import Approve, Deny
from domain.grievance.acts import AnswerGrievance
from domain.report import complained
from domain.report.answered import Answered
from domain.report.counted import AppealResult, LeftOut, counted_of
from domain.report.layout import NONE, lines_of
from domain.report.service_case import ServiceCase
from domain.report.service_level import COLUMNS, Section, ServiceRow, quarter, rows_of
from domain.report.universe import LAYOUTS, Universe, belongs, late_rows
from domain.request.criteria import Basis, Rank, check
from domain.terms.notice import Recipient
from domain.terms.sourced import Trust
from tests import concurrents, retrospectives, standings
from tests.appealing import NIECE, NOT_MET, appeal_of, does, silent
from tests.builders import a_case, at
from tests.grievances import WORDS, a_grievance, answered, sorted_
from tests.grievances import does as does_there

NOW = at("2037-03-20 09:00 AST")
MORNING = at("2037-03-03 09:00 AST")


def seen(case):
    return Answered(case, NOW)


def denied(**facts):
    return does(a_case(**facts), MORNING, "md-ortiz", Deny, **NOT_MET)


def overturned(case):
    appeal = appeal_of(case, at("2037-03-10 09:00 AST"))
    return does(appeal, at("2037-03-12 09:00 AST"), "md-vega", DecideAppeal, answer="overturned")


def fields(case, universe):
    columns = LAYOUTS[universe]
    [row] = lines_of(columns, [seen(case)])
    return dict(zip([one.name for one in columns], row, strict=True))


def universes_of(case):
    return {one for one in Universe if belongs(seen(case), one)}


@pytest.mark.parametrize("rank", Rank)
def test_what_was_cited_is_an_internal_criterion_by_its_rank(rank):
    line = denied().lines[0]
    reason = line.determination.reason
    cited = reason.model_copy(update={"cited": reason.cited.model_copy(update={"rank": rank})})
    answer = line.determination.model_copy(update={"findings": (), "reason": cited})

    assert ServiceRow(None, line, answer).internal_criteria is (rank is Rank.INTERNAL)


@pytest.mark.parametrize("basis", Basis)
def test_what_was_looked_at_is_an_internal_criterion_by_its_basis(basis):
    case = denied()
    looked_at = check(case.policy.criteria_for("72148"), {})[0].model_copy(update={"basis": basis})
    answer = case.lines[0].determination.model_copy(update={"findings": (looked_at,), "reason": None})

    assert ServiceRow(None, case.lines[0], answer).internal_criteria is (basis is Basis.INTERNAL_POLICY)


@pytest.mark.parametrize("field", ["withdrawn", "entered_in_error", "not_required"])
def test_what_does_not_stand_is_in_no_universe_and_counts_in_no_figure_of_service_level(field):
    case = denied()
    whole = ServiceCase.model_validate_json(case.model_dump_json())
    assert whole.counts
    assert universes_of(case.model_copy(update={field: True})) == set()
    assert not whole.model_copy(update={field: True}).counts


def test_a_file_is_forwarded_when_the_file_left_and_not_with_any_other_letter():
    assert seen(denied()).forwarded_at is None
    appeal = does(
        appeal_of(denied(), at("2037-03-10 09:00 AST")),
        at("2037-03-12 09:00 AST"),
        "md-vega",
        DecideAppeal,
        answer="upheld",
    )
    [left] = [one.sent_at for one in appeal.letters.notices if one.kind.value == "appeal_file"]
    assert seen(appeal).forwarded_at == left


def test_the_notice_that_a_missed_deadline_owes_is_no_other_letter():
    case = silent(at("2037-03-02 10:00 AST"), NOW)
    [left] = {one.sent_at for one in case.letters.notices if one.kind.value == "missed_deadline"}

    assert seen(case).notice_of_rights == case.policy.calendar.show(left)
    assert seen(denied()).notice_of_rights == NONE


@pytest.mark.parametrize(("first", "again"), [("standard", "expedited"), ("expedited", "standard")])
def test_whether_haste_was_asked_for_is_the_appeals_own(first, again):
    case = denied(urgency=first)
    appeal = appeal_of(case, at("2037-03-10 09:00 AST"), urgency=again)

    for one, asked in ((case, first), (appeal, again)):
        whole = ServiceCase.model_validate_json(one.model_dump_json())
        assert whole.was_asked_expedited is seen(one).was_asked_expedited is (asked == "expedited")


def test_a_request_an_appeal_and_its_effect_are_rows_of_their_own_universes():
    case = denied()
    appeal = overturned(case)

    assert universes_of(case) == {Universe.OD}
    assert universes_of(appeal) == {Universe.RECON, Universe.EFF_C}


def test_a_stay_and_a_referral_that_stands_are_determinations_and_what_was_given_is_a_payment():
    given = does(retrospectives.a_review(), retrospectives.RECEIVED, "rn-rivera", Approve)

    assert universes_of(given) == {Universe.PYMT_C}
    assert universes_of(concurrents.running()) == {Universe.OD}
    assert universes_of(standings.given()) == {Universe.OD}


def test_what_was_given_stands_in_no_figure_of_prior_authorization_and_what_goes_on_or_stands_does():
    assert counted_of(retrospectives.a_review(), NOW).left_out is LeftOut.RECEIVED_ALREADY
    assert counted_of(concurrents.running(), NOW).left_out is None
    assert counted_of(standings.given(), NOW).left_out is None


def test_what_is_not_decided_was_withdrawn_or_lives_under_another_regime_is_in_none():
    withdrawn = does(a_case(), MORNING, "ic-santos", Withdraw)
    elsewhere = does(a_case(plan="mcs-life"), MORNING, "rn-rivera", Approve)

    assert [universes_of(one) for one in (a_case(), withdrawn, elsewhere)] == [set(), set(), set()]


def test_an_appeal_that_was_dismissed_and_one_that_was_forwarded_say_so():
    dismissed = appeal_of(denied(), at("2037-03-10 09:00 AST"), **NIECE)
    does(dismissed, at("2037-03-12 09:00 AST"), "ap-soto", DismissAppeal, ground="no_standing")
    upheld = appeal_of(denied(), at("2037-03-10 09:00 AST"))
    does(upheld, at("2037-03-12 09:00 AST"), "md-vega", DecideAppeal, answer="upheld")

    assert seen(dismissed).answer == "Dismissed"
    assert fields(upheld, Universe.RECON)["Date forwarded to IRE"] == "2037/03/12"


def test_the_row_of_a_determination_says_who_asked_what_was_answered_and_when_it_was_told():
    case = denied(
        member={"mbi": "1eg4te5mk73", "benefit_package": "001"},
        requesting_provider={"name": "Luis Ortiz MD", "npi": "1234567893", "contracted": False},
    )
    does(case, at("2037-03-04 11:30 AST"), "ic-santos", RecordCall, to=Recipient.MEMBER, reached=True)
    row = fields(case, Universe.OD)

    assert (row["Enrollee First Name"], row["Enrollee Last Name"]) == ("Ana", "Rivera")
    assert (row["Enrollee ID"], row["Plan Benefit Package (PBP)"]) == ("1EG4TE5MK73", "001")
    assert row["Authorization or Claim Number"] == case.number
    assert row["Date the request was received"] == "2037/03/02"
    assert row["Time the request was received"] == NONE  # a standard one has no time of day
    assert row["Request Determination"] == "Denied"
    assert row["Was the request processed as Standard or Expedited?"] == "S"
    assert row["Date of Determination"] == "2037/03/03"
    assert row["Date oral notification provided to enrollee"] == "2037/03/04"
    assert row["Date written notification provided to enrollee"] == "2037/03/03"
    assert row["Who made the request?"] == "NCP"
    assert row["Was the request denied for lack of medical necessity?"] == "Y"


@pytest.mark.parametrize(
    ("called", "told"), [("2037-03-03 08:59:59 AST", NONE), ("2037-03-03 09:00:00 AST", "2037/03/03")]
)
def test_only_a_call_from_the_second_of_the_answer_on_has_told_it(called, told):
    case = does(a_case(), at(called), "ic-santos", RecordCall, to=Recipient.MEMBER, reached=True)
    does(case, MORNING, "md-ortiz", Deny, **NOT_MET)

    assert fields(case, Universe.OD)["Date oral notification provided to enrollee"] == told


def test_an_expedited_row_has_its_times_of_day_in_the_plans_own_zone():
    case = does(
        a_case(urgency="expedited", requested_by="member"),
        at("2037-03-02 23:59:30 AST"),
        "rn-rivera",
        Approve,
    )
    row = fields(case, Universe.OD)

    assert (row["Date of Determination"], row["Time of Determination"]) == ("2037/03/02", "23:59:30")
    assert (row["Request Determination"], row["Who made the request?"]) == ("Approved", "E")


def test_what_the_reviewer_overturned_is_given_effect_by_the_reviewers_date():
    appeal = appeal_of(denied(), at("2037-03-10 09:00 AST"))
    does(appeal, at("2037-03-12 09:00 AST"), "md-vega", DecideAppeal, answer="upheld")
    assert universes_of(appeal) == {Universe.RECON}
    does(appeal, at("2037-03-18 10:00 AST"), "ap-soto", RecordReview, outcome="overturned")
    row = fields(appeal, Universe.EFF_C)

    assert row["Who made the favorable decision?"] == "IRE"
    assert row["Date of the favorable decision"] == "2037/03/18"
    assert row["Date effectuated"] == "2037/03/18"


def test_a_late_row_is_found_with_its_rule_its_dates_and_the_notice_that_it_owed():
    late = silent(at("2037-03-02 18:41 AST"), at("2037-03-11 09:00 AST"))
    does(late, at("2037-03-11 10:00 AST"), "md-ortiz", Deny, **NOT_MET)

    [found] = late_rows([seen(denied()), seen(late)])

    assert found.rule == "ma-standard"
    assert found.source.startswith("42 CFR 422.568(b)(1)")
    assert found.owed_by == "Mon 9 Mar 2037 23:59 AST"
    assert found.told.startswith("Wed 11 Mar 2037")
    assert found.notice.startswith("Tue 10 Mar 2037")


@pytest.mark.parametrize("columns", [*LAYOUTS.values(), complained.COLUMNS])
def test_every_column_has_a_name_and_a_length_and_only_what_was_seen_is_sourced(columns):
    assert len({one.name for one in columns}) == len(columns)
    assert all(one.width for one in columns)
    assert [one.name for one in columns if one.trust is Trust.SOURCED] == [
        "Enrollee First Name",
        "Enrollee Last Name",
        "Enrollee ID",
        "Contract ID",
        "Plan Benefit Package (PBP)",
        "First Tier, Downstream, and Related Entity",
    ]


def test_a_text_that_is_longer_than_its_field_is_cut():
    [column] = [one for one in LAYOUTS[Universe.OD] if one.name == "Issue description and type of service"]

    assert lines_of([replace(column, width=5)], [seen(denied())]) == [["72148"]]


def test_a_grievance_is_a_row_of_its_own_universe_with_how_it_came_and_how_it_was_told():
    written = answered(about="quality_of_care")
    words = {"found": "justified", "by_voice": True, **WORDS}
    late = sorted_(a_grievance(about="extension"))
    does_there(late, "2037-03-03 10:00 AST", "ap-soto", AnswerGrievance, **words)
    names = [column.name for column in complained.COLUMNS]
    first, second = (
        dict(zip(names, line, strict=True)) for line in lines_of(complained.COLUMNS, [written, late])
    )

    assert (first["Category of the grievance"], first["Resolution"]) == (
        "quality of care",
        "Found justified in part",
    )
    assert first["Date written notification provided to enrollee"] == "2037/03/02"
    assert first["Time the grievance was received"] == NONE
    assert second["Time the grievance was received"] == "09:00:00"
    assert second["Time oral notification provided to enrollee"] == "10:00:00"
    [found] = complained.late_rows([written, late])
    assert found.rule == "ma-grievance-expedited"
    assert [complained.belongs(one) for one in (written, a_grievance(), answered(plan="caresource"))] == [
        True,
        False,
        False,
    ]


# Service-level data (CMS-10905)


def read(case):
    """As it is read from the register."""
    return ServiceCase.model_validate_json(case.model_dump_json())


def services(section, *cases):
    names = [column.name for column in COLUMNS]
    lines = lines_of(COLUMNS, rows_of(map(read, cases), section))
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_each_answered_line_is_a_row_of_its_section_with_what_was_asked_and_what_was_answered():
    case = denied(member={"mbi": "1EG4TE5MK73", "benefit_package": "001"})
    appeal = overturned(case)

    [row] = services(Section.DETERMINATIONS, case, appeal, a_case())
    [again] = services(Section.RECONSIDERATIONS, case, appeal)

    assert row["Organization Determination Number"] == f"{case.number}-1"
    assert (row["Enrollee MBI"], row["Plan Benefit Package (PBP)"]) == ("1EG4TE5MK73", "001")
    assert (row["Item/Service/Part B Drug Code"], row["Diagnosis Codes"]) == ("72148", "M54.16")
    assert (row["Date of Service"], row["Place of Service"]) == ("2037/04/01", "22")
    assert (row["Decision"], row["Authorization Number"]) == ("denied", NONE)
    assert row["Decision Rationale"]
    assert row["Provider Status"] == ""  # nobody said
    assert (again["Decision"], again["Number of What Was Appealed"]) == ("approved", case.number)
    assert again["Authorization Number"].startswith("AUT-")
    assert services(Section.PAYMENT_DETERMINATIONS, case, appeal) == []


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(1, "2027-01-01", "2027-03-31"), (2, "2027-04-01", "2027-06-30"), (4, "2027-10-01", "2027-12-31")],
)
def test_a_quarter_has_its_first_and_its_last_day(number, first, last):
    assert tuple(day.isoformat() for day in quarter(2027, number)) == (first, last)


@pytest.mark.parametrize(
    ("answer", "words", "result"),
    [
        ("upheld", {}, AppealResult.UPHELD),
        ("in_part", {"units": 1, **NOT_MET}, AppealResult.IN_PART),
        ("overturned", {}, AppealResult.OVERTURNED),
    ],
)
def test_what_became_of_an_answer_in_its_appeal_is_counted_as_it_is(answer, words, result):
    case = appeal_of(denied(units=3), at("2037-03-10 09:00 AST"))
    does(case, at("2037-03-12 09:00 AST"), "md-vega", DecideAppeal, answer=answer, **words)
    [counted] = counted_of(case, NOW).appealed
    assert (counted.first_decider, counted.result) == ("md-ortiz", result)
