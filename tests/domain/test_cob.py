"""Other coverage as a case: asked, told, looked at again by itself, never guessed."""

from datetime import date

import pytest

from domain.case.keeping import as_if_nobody_acts
from domain.cob.acts import LearnAgain, LeaveUnknown, TellFacts
from domain.cob.learned import refuse_another_ours
from domain.parts.events import EventKind
from domain.parts.stage import Stage
from domain.payers.family import Family
from domain.payers.looks import birthday_after, looks
from domain.terms.refusals import Misuse, Refused
from tests.builders import at, pack, staff
from tests.cobs import (
    OURS,
    RECEIVED,
    THEIRS,
    a_case,
    answered,
    does,
    facts,
    learned,
    passes,
    second,
    withdrawn,
)
from tests.families import of_child, plan


def letters(case):
    return [one.kind.value for one in case.letters.notices]


def waiting(case):
    return [(work.queue, work.what) for work in case.work.open]


# Asked


def test_what_is_missing_is_asked_once_and_once_more_and_then_somebody_here_finds_out():
    case = a_case()
    assert (case.stage, case.status.code, letters(case)) == (Stage.ORDER_ASKED, "UNKNOWN", ["cob_asked"])
    [asked] = case.letters.notices
    assert asked.facts["questions"] == [
        "Plan X: does it coordinate its benefits with other plans? Its card or handbook says so."
    ]
    assert (asked.facts["until"], asked.facts["again"]) == ("2037-04-01", False)

    passes(case, "2037-03-21 23:59:58 AST")
    assert letters(case) == ["cob_asked"]
    passes(case, "2037-03-22 23:59:59 AST")
    assert [one.facts["again"] for one in case.letters.notices] == [False, True]
    passes(case, "2037-04-01 23:59:59 AST")
    assert waiting(case) == []
    passes(case, "2037-04-02 08:00 AST")
    assert waiting(case)[0][0] == "coverage"
    assert case.is_undecided, "silence decides nothing"


def test_while_an_answer_is_awaited_nothing_is_asked_twice():
    case = a_case(OURS, THEIRS | {"has_rule": None}, plan("Plan Y", covers_as="spouse", since="2037-03-10"))
    passes(case, "2037-03-10 08:00 AST")

    assert letters(case) == ["cob_asked"]


def test_what_became_of_it_stands_in_its_log():
    case = a_case(OURS, THEIRS | {"has_rule": None}, plan("Plan Y", covers_as="spouse", since="2037-03-12"))
    does(case, "2037-03-10 09:00 AST", TellFacts, family=facts())
    does(case, "2037-03-10 10:00 AST", TellFacts, family=facts())

    words = [one.words for one in case.log.events]
    for said in (
        "other coverage learned of by telephone",
        "who pays first is not known yet",
        "facts about other coverage told",
        "mcs before Plan X: who pays is known",
        "who pays first is as it was told",
    ):
        assert said in words, said
    nobody = a_case(OURS | {"through": "2036-12-31"}, THEIRS | {"through": "2036-12-31"})
    assert "nobody: who pays is known" in [one.words for one in nobody.log.events]


def test_a_member_who_answers_is_told_who_pays_first():
    case = answered()

    assert letters(case) == ["cob_asked", "cob_order"]
    assert case.letters.notices[-1].facts["payers"] == ["MCS Life", "Plan X"]
    assert (case.stage, case.status.code, waiting(case)) == (Stage.ORDER_TOLD, "FIRST", [])
    passes(case, "2037-04-05 09:00 AST")
    assert (letters(case), waiting(case)) == (["cob_asked", "cob_order"], []), "nobody waits any more"


def test_who_pays_second_is_told_which_papers_a_claim_needs():
    case = second()

    assert case.status.code == "LATER"
    assert len(case.letters.notices[-1].facts["papers"]) == 3
    assert answered().letters.notices[-1].facts["papers"] == []


def test_where_everything_is_known_nobody_is_asked():
    assert letters(a_case(OURS, THEIRS)) == ["cob_order"]


def test_what_no_clause_decides_is_for_a_person_who_may_leave_it_unknown():
    case = a_case(OURS | {"since": "2020-01-01"}, plan("Plan X", since="2020-01-01"))
    assert (letters(case), waiting(case)[0][0]) == ([], "coverage")

    with pytest.raises(Refused, match="because"):
        does(case, "2037-03-05 09:00 AST", LeaveUnknown)
    does(case, "2037-03-05 09:00 AST", LeaveUnknown, reason="both plans began on one day")
    assert (case.closed_as, case.status.code) == ("who pays first was not found out", "LEFT_UNKNOWN")
    assert "left unknown: both plans began on one day" in [one.words for one in case.log.events]


def test_what_is_left_unknown_asks_nobody_any_more():
    case = does(a_case(member={"address": None}), "2037-03-05 09:00 AST", LeaveUnknown, reason="it is over")

    assert (case.letters.unsent, case.is_closed) == ([], True)


def test_who_knows_who_pays_first_does_not_leave_it_unknown_and_nobody_becomes_another():
    with pytest.raises(Refused, match="knows who pays first"):
        does(answered(), "2037-03-11 09:00 AST", LeaveUnknown, reason="why not")
    with pytest.raises(Refused, match="born"):
        does(a_case(), "2037-03-11 09:00 AST", TellFacts, family=facts(born="1981-06-01"))
    with pytest.raises(Refused, match="one of them is ours"):
        does(a_case(), "2037-03-11 09:00 AST", TellFacts, family=facts(THEIRS))


def test_what_is_learned_again_with_other_facts_overwrites_no_answer():
    case = answered()
    came = learned(received="2037-03-14 09:00 AST")
    does(case, "2037-03-14 10:00 AST", LearnAgain, receipt="COB-2", learned=came)

    assert (case.status.code, letters(case)) == ("FIRST", ["cob_asked", "cob_order"])
    assert [queue for queue, _ in waiting(case)] == ["coverage"]
    does(case, "2037-03-14 11:00 AST", LearnAgain, receipt="COB-2", learned=came)
    assert sum(one.kind is EventKind.RECEIVED_AGAIN for one in case.log.events) == 1, (
        "one receipt comes in once"
    )
    does(case, "2037-03-14 12:00 AST", TellFacts, family=facts())
    assert waiting(case) == []


def test_an_answer_leaves_the_address_to_be_found_that_a_letter_waits_for():
    case = a_case(member={"address": None})
    does(case, "2037-03-10 09:00 AST", TellFacts, family=facts())

    assert [queue for queue, _ in waiting(case)] == ["find-address"]
    assert [one.kind.value for one in case.letters.unsent] == ["cob_order"]


def test_it_is_taken_back():
    assert withdrawn().closed_as == "withdrawn by the member"


# Looked at again


def test_on_a_birthday_the_member_is_asked_whether_anything_has_changed():
    case = answered()
    passes(case, "2037-05-31 23:59 AST")
    assert letters(case) == ["cob_asked", "cob_order"]
    passes(case, "2037-06-01 00:00 AST")

    assert letters(case)[2:] == ["cob_asked"]
    assert case.letters.notices[-1].facts["questions"] == []
    assert case.stage is Stage.ORDER_TOLD, "what was told holds until somebody says otherwise"
    does(case, "2037-06-10 09:00 AST", TellFacts, family=facts())
    assert letters(case)[3:] == [], "nothing has changed, and nothing new is told"
    passes(case, "2038-06-01 00:00 AST")
    assert letters(case)[3:] == ["cob_asked"]


def test_the_day_on_which_facts_were_told_is_not_looked_at_again():
    case = a_case(OURS, THEIRS | {"through": "2037-04-30"})

    days = [looks(case.family, date(2037, *day), case.payers.medicare)[0] for day in ((4, 30), (5, 1))]

    assert days[0] == date(2037, 5, 1) < days[1]


@pytest.mark.parametrize(
    ("born", "day", "birthday"),
    [
        ("1980-06-01", "2037-05-31", "2037-06-01"),
        ("1980-06-01", "2037-06-01", "2038-06-01"),  # who is told on a birthday is asked on the next one
        ("1980-06-01", "2037-06-02", "2038-06-01"),
        ("1980-02-29", "2037-02-28", "2037-03-01"),
        ("1980-02-29", "2040-02-28", "2040-02-29"),
    ],
)
def test_a_birthday_that_is_to_come_lies_after_the_day(born, day, birthday):
    assert birthday_after(date.fromisoformat(born), date.fromisoformat(day)).isoformat() == birthday


def test_at_65_it_is_asked_after_medicare_by_itself():
    """Whoever is born on a first is 65 the day before, and aged from the month of that day."""
    case = answered(born="1980-06-01")
    passes(case, "2045-04-30 23:59:59 AST")
    assert case.status.code == "FIRST"
    passes(case, "2045-05-01 00:00 AST")

    assert (case.status.code, case.order.missing) == ("UNKNOWN", ("medicare",))


@pytest.mark.parametrize(
    ("said", "day", "payers"),
    [
        (
            {"expected": [{"on": "2037-04-15", "what": "retirement", "coverage": "mcs"}]},
            "2037-04-15",
            ("Plan X", "medicare", "mcs"),
        ),
        ({}, None, ("mcs", "Plan X", "medicare")),
    ],
)
def test_a_retirement_that_is_known_ahead_changes_the_order_on_its_day(said, day, payers):
    big = {"typical_day_last_year": 100}
    medicare = {"enrolled": True, "disability_since": "2036-01-01"}
    case = a_case(OURS | big, THEIRS | big, medicare=medicare, **said)
    assert case.told == ("mcs", "Plan X", "medicare")
    passes(case, "2037-04-15 00:00 AST")

    assert case.told == payers
    assert letters(case) == ["cob_order"] * (2 if day else 1)


def test_a_divorce_that_is_known_ahead_is_asked_about_on_its_day():
    parents = {"both": [{"id": "luis", "born": "1979-01-27"}, {"id": "ana", "born": "1980-08-28"}]}
    child = {"born": "2030-01-05", "parents": parents | {"live_together": True}}
    plans = of_child("mcs", "ana", ours=True), of_child("Plan X", "luis")
    case = a_case(*plans, **child, expected=[{"on": "2037-05-03", "what": "divorce"}])
    assert case.told == ("Plan X", "mcs")
    passes(case, "2037-05-03 00:00 AST")

    assert (case.status.code, case.order.missing) == ("UNKNOWN", ("parents.decree",))
    assert letters(case) == ["cob_order", "cob_asked"]


def test_the_months_of_dialysis_bring_medicare_and_end_the_plans_turn():
    medicare = {"enrolled": True, "dialysis_began": "2037-02-10"}
    case = a_case(OURS, medicare=medicare)
    assert (case.told, case.is_closed) == (("mcs",), False)

    passes(case, "2037-05-01 00:00 AST")
    assert case.told == ("mcs", "medicare")
    passes(case, "2039-10-31 23:59:59 AST")
    assert case.told == ("mcs", "medicare")
    passes(case, "2039-11-01 00:00 AST")
    assert case.told == ("medicare", "mcs")


def test_the_month_after_its_end_the_member_is_told_that_the_plan_is_alone_and_the_case_ends():
    medicare = {"enrolled": True, "dialysis_began": "2036-02-10", "dialysis_ended": "2036-12-20"}
    case = a_case(OURS, medicare=medicare)
    assert case.told == ("mcs", "medicare")

    passes(case, "2037-12-31 23:59:59 AST")
    assert (case.told, case.is_closed) == (("mcs", "medicare"), False)
    passes(case, "2038-01-01 00:00 AST")
    assert (case.told, case.closed_as) == (("mcs",), "nothing to coordinate")


def test_with_the_other_coverage_it_ends():
    case = a_case(OURS, THEIRS | {"through": "2037-04-30"})
    passes(case, "2037-04-30 23:59:59 AST")
    assert not case.is_closed
    passes(case, "2037-05-01 00:00 AST")

    assert (case.closed_as, letters(case)) == ("nothing to coordinate", ["cob_order", "cob_order"])


def test_where_nothing_is_in_force_that_is_told_and_it_is_over():
    case = a_case(OURS | {"through": "2036-12-31"}, THEIRS | {"through": "2036-12-31"})

    assert (letters(case), case.closed_as) == (["cob_order"], "nothing to coordinate")
    assert case.letters.notices[0].facts["payers"] == []


def test_an_answer_that_leaves_us_alone_with_what_was_told_ends_it():
    case = a_case(OURS, medicare={"enrolled": True, "dialysis_began": "2037-02-10"})
    does(case, "2037-03-10 09:00 AST", TellFacts, family=facts(OURS))

    assert (letters(case), case.closed_as) == (["cob_order"], "nothing to coordinate")


def test_what_a_timer_says_names_nobody_and_nothing():
    case = a_case(OURS, THEIRS, medicare={"enrolled": True, "dialysis_began": "2037-02-10"})

    assert {one.words for one in case.follow_ups()} == {"who pays first is looked at again"}


def test_the_forecast_of_nobody_acting_has_an_end():
    case = a_case(OURS, THEIRS, medicare={"enrolled": True, "dialysis_began": "2037-02-10"})

    future = as_if_nobody_acts(case, at(RECEIVED))

    assert future.next_appointment is None
    assert waiting(future)[0][0] == "coverage"


def test_the_facts_that_a_clause_may_miss_can_be_asked_for_in_both_languages():
    asked = {row.id: row.asks for row in pack().payer_question}
    never = {"id", "on", "covers_as", "ours", "through", "would_pay"}
    fields = {
        "medicare",
        "disability_since",
        "parents",
        "live_together",
        "decree",
        "custody",
        "known_to_plan",
        "born",
    }
    coverage = set(Family.model_fields["coverages"].annotation.__args__[0].model_fields)

    assert set(asked) == fields | coverage - never
    assert all(words.es for words in asked.values())


def test_medicaid_pays_after_everybody_and_has_no_such_cases():
    with pytest.raises(Misuse, match="plan: Medicaid pays after everybody else"):
        pack().plan_on("caresource", at(RECEIVED).date(), "cob")


def test_a_plan_of_medicare_advantage_is_medicare_itself():
    aged = {"born": "1960-06-01", "medicare": {"enrolled": True}}
    of_work = plan("Plan X", covers_as="employee", weeks_last_year=30)
    case = a_case(of_work, name="mcs-classicare", **aged)

    assert case.letters.notices[-1].facts["payers"] == ["Plan X", "MCS Classicare"]
    assert case.status.code == "LATER"
    for learned_of, regimes in (
        (learned(of_work, **aged), pack().plan_named("mcs-life").regimes),
        (learned(), pack().plan_named("mcs-classicare").regimes),
    ):
        with pytest.raises(Misuse, match="is Medicare itself"):
            refuse_another_ours(learned_of, regimes)


def test_only_whoever_knows_of_coverage_says_how_it_is():
    case = a_case()
    with pytest.raises(Refused):
        TellFacts(actor=staff("rn-rivera"), family=facts()).refuse_unless_allowed(case, at(RECEIVED))
