"""What the outside is told: one X12 306 code from the answers to all lines."""

from itertools import permutations

import pytest

from domain.parts.status import Status
from domain.request.determination import Determination, Outcome, Reason, ReasonClass
from domain.terms.people import Words
from tests.builders import a_case, a_request, staff

A, P, M, D, NOTHING = Outcome.APPROVED, Outcome.PARTIAL, Outcome.MODIFIED, Outcome.DENIED, None

# the answers to the lines, in any order, and the code
CODES = [
    ((A,), "A1"),
    ((A, A), "A1"),
    ((A, A, A), "A1"),
    ((D,), "A3"),
    ((D, D, D), "A3"),
    # none denied and some modified
    ((M,), "A6"),
    ((M, A), "A6"),
    ((M, P), "A6"),
    ((M, P, A), "A6"),
    # every other mix
    ((P,), "A2"),
    ((P, P), "A2"),
    ((P, A), "A2"),
    ((D, A), "A2"),
    ((D, P), "A2"),
    ((D, M), "A2"),
    ((D, M, A), "A2"),
    # any line without an answer
    ((NOTHING,), "A4"),
    ((NOTHING, A), "A4"),
    ((NOTHING, D), "A4"),
    ((NOTHING, D, M), "A4"),
]


def an_answer(outcome):
    reason = Reason(
        id="criteria_not_met",
        reason_class=ReasonClass.MEDICAL_NECESSITY,
        criterion="c-1",
        words=Words(en="It does not meet the criteria."),
        source="Our own list",
    )
    return Determination(
        outcome=outcome,
        by=staff("md-ortiz"),
        service="72148",
        units=0 if outcome is D else 1,
        because="because",
        reason=reason if outcome.is_adverse else None,
        decided_at=a_request().received_at,
        recorded_at=a_request().received_at,
    )


def a_case_of(*outcomes):
    lines = [
        a_request().lines[0].model_copy(update={"sequence": number}).model_dump(mode="json")
        for number in range(1, len(outcomes) + 1)
    ]
    case = a_case(lines=lines)
    for line, outcome in zip(case.lines, outcomes, strict=True):
        line.determination = an_answer(outcome) if outcome else None
    return case


@pytest.mark.parametrize(("outcomes", "code"), CODES, ids=str)
def test_the_code_follows_from_the_answers_in_any_order(outcomes, code):
    told = {a_case_of(*order).status.code for order in set(permutations(outcomes))}

    assert told == {code}


@pytest.mark.parametrize("outcome", [A, D, NOTHING])
def test_a_withdrawn_request_is_cancelled_whatever_was_answered(outcome):
    case = a_case_of(outcome)
    case.withdrawn = True

    assert case.status is Status.CANCELLED
    assert case.status.code == "C"


def test_what_needs_no_precertification_needs_no_action():
    case = a_case_of(NOTHING)
    case.not_required = True

    assert (case.status.code, case.status.text) == ("NA", "No action required")


@pytest.mark.parametrize(("outcome", "adverse"), [(A, False), (P, True), (M, True), (D, True)])
def test_anything_less_than_what_was_asked_for_is_adverse(outcome, adverse):
    assert outcome.is_adverse is adverse
    assert a_case_of(outcome, A).is_adverse is adverse


def test_an_adverse_answer_that_nobody_decided_or_that_gives_no_reason_cannot_be_built():
    fields = an_answer(D).model_dump()

    for missing in ("by", "reason"):
        with pytest.raises(ValueError, match="a person who decided it and a reason"):
            Determination.model_validate(fields | {missing: None})


def test_an_approval_by_criteria_carries_its_findings():
    with pytest.raises(ValueError, match="carries the findings"):
        Determination.model_validate(an_answer(A).model_dump() | {"by": None})


def test_a_denial_on_necessity_cites_a_criterion():
    fields = an_answer(D).reason.model_dump()

    with pytest.raises(ValueError, match="cites the criterion"):
        Reason.model_validate(fields | {"criterion": None})
