"""Who pays first: the plan's page row by row, and what law adds to it. A fact that is missing is named."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.payers.family import Coverage, Expected
from tests.families import clauses, of_child, order, plan, told

OURS = plan("mcs", ours=True)
BORN_AGED = "1958-08-28"
AGED = {"born": BORN_AGED, "medicare": {"enrolled": True}}
DISABLED = {"born": "1980-06-01", "medicare": {"enrolled": True, "disability_since": "2025-03-01"}}
TWENTY = {"weeks_last_year": 20}
NINETEEN = {"weeks_last_year": 19, "weeks_this_year": 19}


# Two plans


def test_a_plan_that_does_not_coordinate_pays_first():
    assert order(OURS, plan("x", covers_as="spouse", has_rule=False)) == ["x", "mcs"]
    assert clauses(OURS, plan("x", covers_as="spouse", has_rule=False)) == ["without-rule"]


def test_the_plan_of_an_employee_pays_before_one_of_a_dependant():
    assert order(plan("x", covers_as="spouse"), OURS) == ["mcs", "x"]


def test_who_works_goes_before_who_retired_but_not_where_a_plan_has_no_such_rule():
    retired = plan("old", tie="retired", since="2001-01-01")
    works = plan("new", since="2020-01-01")

    assert order(retired, works) == ["new", "old"]
    assert order(retired | {"retiree_rule": False}, works) == ["old", "new"]
    assert order(retired | {"retiree_rule": None}, works) == {"coverages.old.retiree_rule"}
    assert order(retired | {"tie": "laid_off"}, works) == ["new", "old"]
    assert order(retired, works | {"tie": "retired"}) == ["old", "new"]


def test_what_is_only_continued_pays_after_the_other():
    assert clauses(plan("cobra", tie="continuation"), plan("mine")) == ["continuation"]
    assert order(plan("cobra", tie="continuation"), plan("mine")) == ["mine", "cobra"]


def test_nothing_else_decides_so_the_longer_coverage_pays_first():
    old, new = plan("old", since="2001-01-01"), plan("new", since="2020-01-01")

    assert order(new, old) == ["old", "new"]
    assert order(new, plan("old")) == {"coverages.old.since"}
    same = told(new, plan("old", since="2020-01-01"))
    assert (same.payers, same.missing, set(same.undecided)) == ((), (), {"new", "old"})


@pytest.mark.parametrize(
    ("since", "through", "is_in_force"),
    [
        ("2026-09-14", "2026-09-14", True),
        (None, None, True),
        ("2026-09-15", None, False),
        (None, "2026-09-13", False),
    ],
)
def test_a_coverage_is_in_force_from_its_first_day_through_its_last(since, through, is_in_force):
    coverage = Coverage.model_validate(plan("mcs") | {"since": since, "through": through})
    assert coverage.is_in_force(date(2026, 9, 14)) is is_in_force


def test_a_coverage_that_is_not_in_force_pays_nothing():
    found = told(OURS, plan("gone", through="2026-09-13"), plan("not-yet", since="2026-09-15"))

    assert found.payers == ("mcs",)
    assert [(one.coverage, one.clause.value) for one in found.aside] == [
        ("gone", "not-in-force"),
        ("not-yet", "not-in-force"),
    ]


def test_clauses_that_go_in_a_circle_decide_nothing():
    a = plan("a", since="2020-01-01")
    b = plan("b", tie="retired", retiree_rule=False, since="2010-01-01")
    c = plan("c", tie="retired", since="2001-01-01")

    found = told(a, b, c)

    assert (found.payers, found.missing, set(found.undecided)) == ((), (), {"a", "b", "c"})


def test_a_retirement_that_is_expected_counts_from_its_day():
    expects = {"expected": [{"on": "2026-09-14", "what": "retirement", "coverage": "a"}]}
    plans = plan("a", since="2001-01-01"), plan("b", since="2020-01-01")

    assert order(*plans, **expects, on="2026-09-13") == ["a", "b"]
    assert order(*plans, **expects) == ["b", "a"]


# A child

PEDRO = {"id": "pedro", "born": "1958-08-28"}
MARIA = {"id": "maria", "born": "1960-01-27"}
OF_PEDRO, OF_MARIA = of_child("mcs", "pedro"), of_child("x", "maria")
STEPFATHER, STEPMOTHER = of_child("stepfather", "luis"), of_child("stepmother", "rosa")
BOTH_REMARRIED = [PEDRO | {"spouse": "rosa"}, MARIA | {"spouse": "luis"}]


def parents(both=(PEDRO, MARIA), **said):
    return {"born": "2018-05-02", "parents": {"both": both, "live_together": False, **said}}


TOGETHER = parents(live_together=True)


def test_example_b_the_birthday_in_january_goes_before_the_one_in_august_whatever_the_year():
    assert order(OF_PEDRO, OF_MARIA, **TOGETHER) == ["x", "mcs"]
    assert clauses(OF_PEDRO, OF_MARIA, **TOGETHER) == ["birthday"]


def test_without_the_birthday_rule_the_rule_of_that_plan_counts():
    fathers_first = OF_MARIA | {"birthday_rule": False, "own_rule_first": "mcs"}

    assert order(OF_PEDRO, fathers_first, **TOGETHER) == ["mcs", "x"]
    assert clauses(OF_PEDRO, fathers_first, **TOGETHER) == ["other-child-rule"]
    unsaid = fathers_first | {"own_rule_first": None}
    assert order(OF_PEDRO, unsaid, **TOGETHER) == {"coverages.x.own_rule_first"}


def test_of_two_equal_birthdays_the_longer_coverage_pays_first():
    twins = [PEDRO, MARIA | {"born": "1990-08-28"}]
    longer, shorter = {"since": "2001-01-01"}, {"since": "2020-01-01"}

    found = told(OF_PEDRO | shorter, OF_MARIA | longer, **parents(twins, live_together=True))

    assert (found.payers, found.steps[0].clause) == (("x", "mcs"), "longest")


@pytest.mark.parametrize(
    ("decree", "first"),
    [
        ({"responsible": "pedro", "known_to_plan": True}, ["mcs", "x"]),
        ({"responsible": "pedro", "known_to_plan": False}, ["x", "mcs"]),  # it binds whoever knows of it
        ({"responsible": "pedro"}, {"parents.decree.known_to_plan"}),
        ({"responsible": "both"}, ["x", "mcs"]),
    ],
)
def test_a_decree_binds_the_plan_that_knows_of_it(decree, first):
    assert order(OF_PEDRO, OF_MARIA, **parents(decree=decree, custody="maria")) == first


def test_a_decree_about_a_parent_without_a_plan_binds_the_plan_of_the_spouse():
    decree = {"responsible": "pedro", "known_to_plan": True}

    assert order(STEPMOTHER, OF_MARIA, **parents(BOTH_REMARRIED, decree=decree, custody="maria")) == [
        "stepmother",
        "x",
    ]


def test_without_a_decree_custody_leads_then_the_stepparent_then_the_other_parent_then_their_spouse():
    apart = parents(BOTH_REMARRIED, no_decree=True, custody="maria")
    plans = (STEPMOTHER, OF_PEDRO, STEPFATHER, OF_MARIA)

    assert order(*plans, **apart) == ["x", "stepfather", "mcs", "stepmother"]
    assert set(clauses(*plans, **apart)) == {"custody"}
    assert order(*plans[1:3], **parents(BOTH_REMARRIED, no_decree=True, custody="pedro")) == [
        "mcs",
        "stepfather",
    ]


def test_where_a_court_made_both_responsible_the_birthday_decides_whoever_has_custody():
    found = told(OF_PEDRO, OF_MARIA, **parents(decree={"responsible": "both"}, custody="pedro"))

    assert (found.payers, found.steps[0].clause) == (("x", "mcs"), "birthday")


@pytest.mark.parametrize("of", ["maria", "a grandmother"])
def test_custody_says_nothing_of_two_plans_of_one_parent_or_of_somebody_else(of):
    old, new = OF_MARIA | {"since": "2001-01-01"}, of_child("new", of, since="2020-01-01")

    assert clauses(new, old, **parents(no_decree=True, custody="maria")) == ["longest"]


def test_joint_custody_goes_by_the_birthday():
    assert clauses(OF_PEDRO, OF_MARIA, **parents(no_decree=True, custody="both")) == ["birthday"]
    assert clauses(OF_PEDRO, OF_MARIA, **parents(decree={}, custody="both")) == ["birthday"]


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "parents"),
        (parents(live_together=None), "parents.live_together"),
        (parents(), "parents.decree"),
        (parents(no_decree=True), "parents.custody"),
        (parents([{"id": "pedro"}, MARIA], live_together=True), "parents.pedro.born"),
    ],
)
def test_what_nobody_said_of_the_parents_is_asked(said, missing):
    assert order(OF_PEDRO, OF_MARIA, **{"born": "2018-05-02", **said}) == {missing}


# Medicare: the page's table row by row


@pytest.mark.parametrize(
    ("coverage", "facts", "first", "clause"),
    [
        (plan("mcs", covers_as="optional_dependant"), AGED, "medicare", "optional-dependant"),
        (plan("mcs", tie="retired"), AGED, "medicare", "retiree"),
        (plan("mcs", **TWENTY), AGED, "mcs", "working-aged"),
        (plan("mcs", covers_as="spouse", **TWENTY), AGED, "mcs", "working-aged"),
        (plan("mcs", typical_day_last_year=100), DISABLED, "mcs", "disabled"),
        # What the page says twice, in two ways, and what it says against law
        (plan("mcs", **NINETEEN), AGED, "medicare", "few-employees"),
        (plan("mcs", weeks_this_year=20), AGED, "mcs", "working-aged"),
        (plan("mcs", typical_day_last_year=99), DISABLED, "medicare", "disabled-few-employees"),
        (plan("mcs", typical_day_last_year=100), DISABLED | {"born": "1962-01-05"}, "mcs", "disabled"),
        (plan("mcs", tie="retired"), DISABLED, "medicare", "retiree"),
        (plan("mcs", tie="continuation"), AGED, "medicare", "retiree"),
        (plan("mcs", tie="individual"), AGED, "medicare", "not-of-a-group"),
    ],
)
def test_medicare_beside_a_plan(coverage, facts, first, clause):
    found = told(coverage, **facts)

    assert (found.payers[0], [step.clause for step in found.steps]) == (first, [clause])


@pytest.mark.parametrize(
    ("coverage", "facts", "missing"),
    [
        (plan("mcs"), {"born": BORN_AGED}, "medicare"),
        (plan("mcs", weeks_last_year=19), AGED, "coverages.mcs.weeks_this_year"),
        (plan("mcs"), DISABLED, "coverages.mcs.typical_day_last_year"),
        (plan("mcs", tie=None), AGED, "coverages.mcs.tie"),
        (plan("mcs"), {"medicare": {"enrolled": True}}, "medicare.disability_since"),
    ],
)
def test_what_nobody_said_of_medicare_is_asked(coverage, facts, missing):
    assert order(coverage, **facts) == {missing}


@pytest.mark.parametrize(
    ("born", "is_aged"), [("1961-09-30", True), ("1961-10-01", True), ("1961-10-02", False)]
)
def test_somebody_is_aged_from_the_month_of_the_day_before_the_birthday(born, is_aged):
    """On 14 September 2026; who is born on the first of October is 65 on the last of September."""
    assert order(plan("mcs"), born=born) == ({"medicare"} if is_aged else ["mcs"])


def test_whoever_is_not_enrolled_has_no_medicare_to_pay():
    assert order(OURS, born=BORN_AGED, medicare={"enrolled": False}) == ["mcs"]


def test_choosing_medicare_ends_our_plan_as_its_page_says():
    chosen = {"born": BORN_AGED, "medicare": {"enrolled": True, "chosen_as_primary": True}}

    found = told(OURS | TWENTY, **chosen)

    assert (found.payers, found.aside[0].clause) == (("medicare",), "medicare-chosen")


@pytest.mark.parametrize(("since", "begins"), [("2026-09-14", None), ("2026-09-15", date(2026, 9, 15))])
def test_a_plan_that_pays_nothing_yet_says_when_it_begins(since, begins):
    chosen = {"born": BORN_AGED, "medicare": {"enrolled": True, "chosen_as_primary": True}}

    assert told(OURS | TWENTY | {"since": since}, **chosen).aside[0].begins == begins


def test_the_circle_of_a_retirees_plan_a_dependants_plan_and_medicare_is_broken():
    retired = plan("mcs", tie="retired")
    spouse = plan("x", covers_as="spouse", **TWENTY)

    found = told(retired, spouse, **AGED)

    assert found.payers == ("x", "medicare", "mcs")
    assert order(retired, spouse) == ["mcs", "x"]  # without Medicare the employee's goes before


# Kidneys

MARCH = {"enrolled": True, "dialysis_began": "2026-03-10"}


def on(day, medicare, **said):
    return told(plan("mcs", **said), on=day, medicare=medicare)


def test_dialysis_from_the_tenth_of_march_medicare_from_june_and_the_plan_first_for_thirty_months():
    waits, begins, last, after = (
        on(day, MARCH) for day in ("2026-05-31", "2026-06-01", "2028-11-30", "2028-12-01")
    )

    assert (waits.payers, waits.aside[0].begins) == (("mcs",), date(2026, 6, 1))
    assert (begins.payers, begins.steps[0].clause) == (("mcs", "medicare"), "kidney-period")
    assert (begins.medicare_from, begins.plan_first_through) == (date(2026, 6, 1), date(2028, 11, 30))
    assert (last.payers, after.payers) == (("mcs", "medicare"), ("medicare", "mcs"))
    assert after.steps[0].clause == "kidney-after"


@pytest.mark.parametrize(
    ("facts", "begins"),
    [
        ({"dialysis_began": "2026-03-31"}, date(2026, 6, 1)),
        ({"dialysis_began": "2026-03-10", "home_training_began": "2026-05-31"}, date(2026, 3, 1)),
        ({"dialysis_began": "2026-03-10", "home_training_began": "2026-06-01"}, date(2026, 6, 1)),
        ({"dialysis_began": "2026-03-10", "transplant": "2026-05-20"}, date(2026, 5, 1)),
        ({"transplant": "2026-09-02", "admitted_for_transplant": "2026-07-30"}, date(2026, 7, 1)),
        ({"transplant": "2026-09-02", "admitted_for_transplant": "2026-05-30"}, date(2026, 7, 1)),
        ({"dialysis_began": "2025-11-10"}, date(2026, 2, 1)),
    ],
)
def test_training_at_home_and_a_transplant_begin_medicare_earlier(facts, begins):
    assert on("2026-09-14", {"enrolled": True, **facts}).medicare_from == begins


@pytest.mark.parametrize(
    ("facts", "begins", "through"),
    [
        ({"dialysis_began": "2026-03-10", "dialysis_ended": "2027-01-31"}, "2026-06-01", "2028-01-31"),
        ({"dialysis_began": "2026-03-10", "dialysis_ended": "2027-02-01"}, "2026-06-01", "2028-02-29"),
        ({"transplant": "2026-01-20"}, "2026-01-01", "2029-01-31"),
        ({"dialysis_began": "2026-03-10", "transplant": "2026-09-02"}, "2026-06-01", "2029-09-30"),
        # another treatment begins by its end, or the day after
        ({"transplant": "2023-08-20", "dialysis_began": "2026-08-31"}, "2023-08-01", None),
        ({"transplant": "2023-08-20", "dialysis_began": "2026-09-01"}, "2026-09-01", None),
        (
            {"dialysis_began": "2024-03-10", "dialysis_ended": "2025-09-30", "transplant": "2026-09-14"},
            "2024-06-01",
            "2029-09-30",
        ),
    ],
)
def test_kidney_medicare_ends_after_dialysis_or_a_transplant_unless_another_treatment_begins(
    facts, begins, through
):
    found = on("2028-01-01" if through else "2026-09-14", {"enrolled": True, **facts})

    assert found.medicare_from == date.fromisoformat(begins)
    assert found.medicare_through == (through and date.fromisoformat(through))


def test_the_day_after_its_end_medicare_pays_nothing_unless_it_is_there_by_something_else():
    facts = MARCH | {"dialysis_ended": "2026-06-10"}
    last, after = on("2027-06-30", facts), on("2027-07-01", facts)
    disabled = on("2027-07-01", facts | {"disability_since": "2026-01-01"}, typical_day_last_year=99)

    assert last.payers == ("mcs", "medicare")
    assert (after.payers, after.aside[0].clause, after.medicare_from) == (("mcs",), "not-in-force", None)
    assert disabled.payers == ("medicare", "mcs")
    assert on("2027-06-30", {**facts, "dialysis_ended": None}).medicare_through is None


def test_in_those_months_any_plan_of_work_goes_first_whatever_its_size_and_tie():
    for said in ({"tie": "continuation"}, {"tie": "retired"}, NINETEEN):
        assert on("2026-09-14", MARCH, **said).payers == ("mcs", "medicare")


def test_over_a_retirees_plan_medicare_stays_first_if_it_was_and_over_an_active_one_it_becomes_second():
    aged = AGED | {"medicare": MARCH}

    assert order(plan("mcs", tie="retired", tie_since="2020-01-01"), **aged) == ["medicare", "mcs"]
    begins = date(2026, 6, 1)  # Medicare by the kidneys
    for late, payers in ((0, ["medicare", "mcs"]), (1, ["mcs", "medicare"])):
        since = str(begins + timedelta(days=late))
        assert order(plan("mcs", tie="retired", tie_since=since), **aged) == payers
    assert order(plan("mcs", tie="retired"), **aged) == {"coverages.mcs.tie_since"}
    assert order(plan("mcs", **NINETEEN), **aged) == ["mcs", "medicare"]


@pytest.mark.parametrize(
    ("born", "payers"),
    [
        ("1961-05-10", ["medicare", "mcs"]),
        ("1961-06-10", ["mcs", "medicare"]),
    ],  # both begin on the first of June
)
def test_medicare_by_age_that_begins_with_that_by_the_kidneys_was_not_there_before(born, payers):
    retired = plan("mcs", tie="retired", tie_since="2020-01-01")
    assert order(retired, born=born, medicare=MARCH) == payers


def test_only_of_a_retirement_it_is_said_whose_coverage_it_is_about():
    day = {"on": "2037-04-01"}
    Expected.model_validate(day | {"what": "retirement", "coverage": "mcs"})
    Expected.model_validate(day | {"what": "divorce"})
    for wrong in ({"what": "retirement"}, {"what": "divorce", "coverage": "mcs"}):
        with pytest.raises(ValidationError, match="whose holder retires, and for nothing else"):
            Expected.model_validate(day | wrong)
