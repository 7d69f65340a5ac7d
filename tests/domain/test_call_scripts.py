"""What is said on a call: whether an answer is still to come, and which papers are."""

from datetime import timedelta

from domain.desk.desk import Withdraw
from domain.determination.call_scripts import ScriptKind, scripts
from domain.determination.decisions import Deny
from domain.terms.people import Words
from tests.appealing import NOT_MET, does
from tests.builders import a_case, at

NOW = at("2037-03-03 09:00 AST")
UNTRANSLATED = {"words": Words(en="It does not help you."), "translate": True}


def to_the_member(case):
    return scripts(case, NOW)[0]


def test_an_answer_is_to_come_until_it_is_given_and_translated_and_never_of_what_was_taken_back():
    undecided = a_case(member={"language": "es"})
    waits = does(undecided.model_copy(deep=True), NOW, "md-ortiz", Deny, **NOT_MET, **UNTRANSLATED)
    withdrawn = does(undecided.model_copy(deep=True), NOW, "ic-santos", Withdraw)

    said = [to_the_member(case) for case in (undecided, waits, withdrawn)]

    assert {one.kind for one in said} == {ScriptKind.PENDING}
    assert [one.facts["is_open"] for one in said] == [True, True, False]


def test_a_day_is_promised_until_its_last_second_has_come():
    case = a_case()
    said = [scripts(case, case.due_at - timedelta(seconds=left))[0].facts["due"] for left in (1, 0)]
    assert said == [case.policy.calendar.day_of(case.due_at).isoformat(), None]
