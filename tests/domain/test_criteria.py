"""Criteria answer met, unmet or unknown; unknown is never an answer and names the paper that would give one."""

import pytest

from domain.request.criteria import Answer, Criterion, Fact, Finding, find, verdict
from domain.terms.people import Words

MET, UNMET, UNKNOWN = Answer.MET, Answer.UNMET, Answer.UNKNOWN


def a_criterion(**changes):
    fields = {
        "id": "c-1",
        "text": Words(en="At least six weeks of conservative treatment."),
        "fact": "weeks_of_treatment",
        "rank": "internal",
        "basis": "severity of the condition",
        "shown_by": "clinical_note",
    }
    return Criterion.model_validate(fields | (changes or {"at_least": 6}))


def a_finding(answer, group=None, criterion="c-1"):
    fields = find(a_criterion(), {}).model_dump()
    missing = "clinical_note" if answer is UNKNOWN else None
    return Finding.model_validate(
        fields | {"answer": answer, "group": group, "criterion": criterion, "missing": missing}
    )


ANSWERS = [
    # test, what a document shows, answer
    ({"at_least": 6}, 5, UNMET),
    ({"at_least": 6}, 5.99, UNMET),
    ({"at_least": 6}, 6, MET),
    ({"at_least": 6}, 6.01, MET),
    ({"at_least": 6}, 7, MET),
    ({"at_most": 88}, 87, MET),
    ({"at_most": 88}, 88, MET),
    ({"at_most": 88}, 88.01, UNMET),
    ({"at_most": 0}, 0, MET),
    ({"at_most": 0}, 0.01, UNMET),
    ({"is_true": True}, True, MET),
    ({"is_true": True}, False, UNMET),
    ({"is_true": False}, False, MET),
    ({"is_true": False}, True, UNMET),
    ({"one_of": ("II", "III")}, "III", MET),
    ({"one_of": ("II", "III")}, "IV", UNMET),
    # an answer of another kind answers nothing: a person looks at it
    ({"at_least": 6}, "six", UNKNOWN),
    ({"at_least": 6}, True, UNKNOWN),
    ({"at_most": 88}, "", UNKNOWN),
    ({"is_true": True}, "true", UNKNOWN),
    ({"is_true": True}, 1, UNKNOWN),
    ({"one_of": ("1", "2")}, 1, UNKNOWN),
]


@pytest.mark.parametrize(("test", "value", "answer"), ANSWERS)
def test_a_clause_is_met_unmet_or_unknown(test, value, answer):
    criterion = a_criterion(**test)
    fact = Fact(name="weeks_of_treatment", value=value, document="note-1")

    finding = find(criterion, {"weeks_of_treatment": fact})

    assert finding.answer is answer
    assert finding.missing == ("clinical_note" if answer is UNKNOWN else None)


def test_what_no_document_shows_is_unknown_and_names_the_document_that_would_show_it():
    finding = find(a_criterion(), {"another_fact": Fact(name="another_fact", value=9, document="note-1")})

    assert (finding.answer, finding.missing, finding.document) == (UNKNOWN, "clinical_note", None)
    assert finding.because == "nothing shows weeks of treatment"


def test_a_finding_says_which_document_shows_it():
    shown = Fact(name="weeks_of_treatment", value=8, document="note-1")

    finding = find(a_criterion(), {shown.name: shown})

    assert (finding.document, finding.because) == ("note-1", "weeks of treatment: 8")


VERDICTS = [
    # clauses as (answer, group of alternatives), all together
    ([], UNKNOWN),
    ([(MET, None)], MET),
    ([(MET, None), (MET, None)], MET),
    ([(MET, None), (UNKNOWN, None)], UNKNOWN),
    ([(MET, None), (UNMET, None)], UNMET),
    ([(UNKNOWN, None), (UNMET, None)], UNMET),
    # of alternatives one is enough
    ([(MET, "a"), (UNMET, "a")], MET),
    ([(MET, "a"), (UNKNOWN, "a")], MET),
    ([(UNKNOWN, "a"), (UNMET, "a")], UNKNOWN),
    ([(UNMET, "a"), (UNMET, "a")], UNMET),
    ([(MET, "a"), (UNMET, "b"), (MET, "b")], MET),
    ([(MET, "a"), (UNMET, "a"), (UNMET, None)], UNMET),
    ([(MET, "a"), (UNKNOWN, "b"), (UNMET, "b")], UNKNOWN),
]


@pytest.mark.parametrize(("clauses", "together"), VERDICTS)
def test_all_clauses_together(clauses, together):
    findings = [a_finding(answer, group, f"c-{place}") for place, (answer, group) in enumerate(clauses)]

    assert verdict(findings) is together
    assert verdict(reversed(findings)) is together


@pytest.mark.parametrize(
    "tests", [{"group": "a"}, {"at_least": 1, "at_most": 2}, {"is_true": True, "one_of": ("a",)}]
)
def test_a_clause_has_exactly_one_test(tests):
    with pytest.raises(ValueError, match="exactly one of"):
        a_criterion(**tests)
