"""A paper that lay in the wrong case: what it showed there no longer counts, and both cases say so."""

from datetime import timedelta

import pytest

from domain.desk.desk import Attach
from domain.desk.misfiled import MovePaper
from domain.parts.events import EventKind
from domain.terms.refusals import Refused
from tests.builders import a_document, staff
from tests.records.pages import RECEIVED, a_case_in_review, approved

NOW = RECEIVED + timedelta(hours=5)
WRONG, RIGHT = "PRE-2222-2222-2222", "PRE-2222-2222-4HBR"
PAPER = a_document("note-1", red_flag=True)


def take(case, now=NOW):
    paper = PAPER.model_copy(update={"received_at": RECEIVED + timedelta(hours=1)})
    act = Attach(actor=staff("ic-santos"), document=paper, out_of=WRONG, reason="another member")
    act.refuse_unless_allowed(case, now)
    return act.apply(case, now)


def give(case, now=NOW, **said):
    said = {"document": PAPER.id, "to": RIGHT, "reason": "another member"} | said
    act = MovePaper(actor=staff("ic-santos"), **said)
    act.refuse_unless_allowed(case, now)
    return act.apply(case, now)


def moved(case) -> list[str]:
    return [event.words for event in case.log.events if event.kind is EventKind.DOCUMENT_MOVED]


@pytest.fixture
def wrong():
    case = a_case_in_review(WRONG)
    case.attached(PAPER, RECEIVED + timedelta(hours=1))
    return case


def test_it_shows_nothing_any_more_where_it_lay_and_says_where_it_went(wrong):
    assert wrong.facts["red_flag"].value is True

    give(wrong)

    assert "red_flag" not in wrong.facts
    assert moved(wrong) == [f"clinical note of 2037-02-27 moved to {RIGHT}: another member"]
    assert "supervisor" not in {work.queue for work in wrong.work.open}


def test_it_is_taken_in_once_with_the_receipt_that_it_had():
    right = a_case_in_review(RIGHT)

    take(right)
    assert "nothing changed" in take(right)

    [paper] = [one for one in right.papers.documents if one.id == PAPER.id]
    assert paper.received_at == RECEIVED + timedelta(hours=1)
    assert moved(right) == [f"clinical note of 2037-02-27 lay in {WRONG}: another member"]


def test_where_it_was_decided_meanwhile_a_supervisor_looks(wrong):
    approved(wrong)
    give(wrong)
    assert "supervisor" in {work.queue for work in wrong.work.open}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"reason": ""}, "says why"),
        ({"to": WRONG}, "in that case"),
        ({"document": "no"}, "no paper of that id"),
    ],
)
def test_it_does_not_go_without_a_reason_to_itself_or_if_it_is_not_there(wrong, said, refusal):
    with pytest.raises(Refused, match=refusal):
        give(wrong, **said)
