"""A letter that came back leaves once more: the time that it gave begins with it, unless that was made use of."""

from datetime import timedelta

import pytest

from domain.appeal.deciding import DecideAppeal
from domain.dispute.acts import Resolve
from domain.parts.happenings import LetterLeftAgain
from tests import disputes
from tests.appealing import appeal_of, carried, denied, does
from tests.builders import a_case, at

DAYS = timedelta(days=3)


def silent():
    received = at("2037-03-02 10:00 AST")
    return carried(a_case(plan="caresource", received_at=received), received + 5 * DAYS)


def upheld():
    received = at("2037-03-02 09:00 AST")
    case = appeal_of(denied("2037-02-09", plan="mcs-life"), received, plan="mcs-life")
    return does(case, received + DAYS, "md-cruz", DecideAppeal, answer="upheld")


def determined():
    case, told = disputes.a_dispute(), {"line": 1, "outcome": "upheld", "reason_id": "paid_at_medicare_rate"}
    disputes.does(case, "da-torres", Resolve, case.received_at + DAYS, **told)
    return case


GIVEN = {
    "denied": (lambda: denied("2037-02-09"), "appeal window"),
    "silent": (silent, "appeal window"),
    "upheld": (upheld, "next level"),
    "determined": (determined, "second level window"),
}


@pytest.mark.parametrize("made_use_of", [False, True])
@pytest.mark.parametrize("given", GIVEN)
def test_it_begins_again_with_the_letter_that_gave_it_and_with_no_other(given, made_use_of):
    build, window = GIVEN[given]
    case = build()
    now = max(event.recorded_at for event in case.log.events) + DAYS
    before = case.due_at_of(case.clocks[window])
    if made_use_of:
        case.clocks.change(window, satisfied_at=now)
    for letter in case.letters.notices:
        again = case.model_copy(deep=True)
        again.follow(LetterLeftAgain(letter.model_copy(update={"sent_at": now})), now)

        begins = bool(case.window_begun_by(letter)) and not made_use_of
        assert (again.due_at_of(again.clocks[window]) > before) is begins, letter.kind
