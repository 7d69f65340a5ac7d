"""The treatment that is received: looked at in a review, handed to a person, and no ground to deny."""

import pytest

from domain.concurrent.acts import AskMore, Discharge, EndCoverage
from domain.desk.desk import Withdraw
from domain.determination.decisions import Deny
from domain.review.treatment import AnswerConcern, RaiseConcern
from tests.appealing import carried
from tests.builders import at
from tests.concurrents import a_review, does, refusal, running

SEEN = {"concern": "a pressure injury was found on the fifth day"}


def with_a_concern():
    return does(running(), "2026-10-12 10:00", "rn-rivera", RaiseConcern, **SEEN)


def waiting(case):
    return [work.queue for work in case.work.open if work.queue == "quality"]


def test_a_concern_is_for_clinical_quality_and_changes_no_answer_and_no_clock():
    before = carried(running(), at("2026-10-12 10:00 AST"))
    case = with_a_concern()

    assert waiting(case) == ["quality"]
    assert case.lines[0].determination == before.lines[0].determination
    assert case.clocks == before.clocks
    assert not any(SEEN["concern"] in str(one.facts) for one in case.letters.notices)


@pytest.mark.parametrize("reason", ["efficiency", "treatment_received"])
def test_neither_efficiency_nor_the_treatment_received_is_a_ground_to_deny(reason):
    case = does(running(), "2026-10-14 09:00", "ic-santos", AskMore, through="2026-10-20")
    ground = {"reason_id": reason, "criterion": "x"}

    for act, more in ((Deny, {"line": 2}), (EndCoverage, {"on": "2026-10-18"})):
        if act is EndCoverage:
            case = running()
        assert "reason: the pack knows" in refusal(
            case, "2026-10-14 10:00", "md-vega", act, **(ground | more)
        )


def test_clinical_quality_alone_says_what_came_of_it():
    came_of_it = {"came_of_it": "the facility changed its turning schedule"}
    said = refusal(with_a_concern(), "2026-10-13 10:00", "rn-rivera", AnswerConcern, **came_of_it)
    assert "may not look into the quality of treatment" in said

    case = does(with_a_concern(), "2026-10-13 10:00", "qa-marin", AnswerConcern, **came_of_it)

    assert not waiting(case)
    assert "no concern about treatment" in refusal(
        case, "2026-10-13 11:00", "qa-marin", AnswerConcern, **came_of_it
    )


def test_a_stay_that_is_over_does_not_close_before_somebody_has_looked():
    case = does(with_a_concern(), "2026-10-14 10:00", "ic-santos", Discharge)
    carried(case, at("2026-12-30 00:00 AST"))
    assert waiting(case)
    assert not case.is_closed

    does(case, "2026-12-30 10:00", "qa-marin", AnswerConcern, came_of_it="no fault was found")

    assert case.closed_as == "discharged"


def test_a_request_that_is_taken_back_leaves_the_concern():
    case = does(a_review(), "2026-10-06 10:00", "rn-rivera", RaiseConcern, **SEEN)
    does(case, "2026-10-07 09:00", "ic-santos", Withdraw, by="physician")

    assert waiting(case)
