"""What is still to be learned about a case of which nobody writes letters that ask: a person asks."""

from datetime import timedelta

import pytest

from domain.desk.desk import RequestInformation, Withdraw
from domain.terms.refusals import Refused
from tests import cares, cobs, committees, grievances, messages
from tests.builders import staff

A_CARD = RequestInformation(actor=staff("sup-diaz"), items=("the card", "the plan"), items_es=("la tarjeta",))


@pytest.mark.parametrize(
    ("made", "queue", "words"),
    [
        (cares.eligible, "calls", "ask the member for the card; the plan"),
        (cobs.a_case, "calls", "ask the member for the card; the plan"),
        (grievances.a_grievance, "calls", "ask the member for the card; the plan"),
        (messages.a_message, "calls", "ask on the call for the card; the plan"),
        (committees.a_guideline, "committee", "find out the card; the plan"),
        (committees.a_technology, "committee", "find out the card; the plan"),
    ],
)
def test_whoever_answers_for_the_kind_asks(made, queue, words):
    case = made()
    now = case.received_at + timedelta(hours=30)
    letters = len(case.letters.notices)

    A_CARD.check(case, now)
    A_CARD.apply(case, now)

    assert (queue, words) in [(work.queue, work.what) for work in case.work.open]
    assert len(case.letters.notices) == letters


def taken_back():
    return committees.does(
        committees.a_guideline(), "2026-06-20 09:00 PACIFIC", "qa-marin", Withdraw, by="provider"
    )


@pytest.mark.parametrize("made", [committees.adopted, taken_back])
def test_nothing_is_asked_for_about_a_text_that_is_settled(made):
    case = made()
    with pytest.raises(Refused, match="there is nothing to ask for"):
        A_CARD.check(case, case.received_at + timedelta(days=90))
