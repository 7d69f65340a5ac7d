"""Who hears how a case stands, by what they show; and the sentence that is read to them."""

from datetime import timedelta

import pytest

from domain.parts.hold import Hold
from domain.request.membership import is_part_of_name, is_same_name
from domain.terms.key_kind import KeyKind
from domain.terms.notice import Recipient
from domain.view.caller import answer_to, stands
from domain.view.showing import sheet
from tests.appealing import NIECE, appeal_of, carried, denied
from tests.builders import a_case, a_request, at, pack

NOW = at("2037-03-04 10:00 AST")
BOTH = (KeyKind.PERSON, KeyKind.CONTRACT)


def told(case, caller, shown, now=NOW):
    return answer_to(sheet(case, now), caller, pack().caller_on(caller, now.date()), shown, now)


@pytest.mark.parametrize(
    ("caller", "shown", "may_hear"),
    [
        (Recipient.MEMBER, BOTH, True),
        (Recipient.MEMBER, BOTH[:1], False),
        (Recipient.MEMBER, (KeyKind.PROVIDER, KeyKind.REFERENCE), False),
        (Recipient.PROVIDER, (KeyKind.PROVIDER,), True),
        (Recipient.PROVIDER, BOTH, False),
        (Recipient.REPRESENTATIVE, BOTH, False),
        (Recipient.SOMEBODY_ELSE, tuple(KeyKind), False),
    ],
)
def test_whoever_shows_enough_hears_and_nobody_else(caller, shown, may_hear):
    answer = told(a_case(), caller, shown)
    assert answer.may_hear is may_hear
    assert bool(answer.sentence or answer.lines) is may_hear


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Rivera, Ana M.", "Ana María Rivera Colón", True),
        ("Ana Rivera", "Rivera Colón, Ana María", True),
        ("Ana Ana", "Ana Rivera", False),  # each word another
        ("Ana A. Rivera", "Ana Rivera Colón", False),
        ("Ana", "Ana Rivera", False),
        ("Ana", "Ana", True),
        ("Ana Colón", "Ana Rivera", False),
    ],
)
def test_a_name_is_the_same_where_each_word_of_the_shorter_has_its_like(one, other, is_same):
    assert is_same_name(one, other) is is_same_name(other, one) is is_same


@pytest.mark.parametrize(
    ("part", "is_part"),
    [("riv", True), ("ana riv", True), ("ana ana", False), ("riv x", False), ("ana m rivera colón", True)],
)
def test_each_word_that_is_looked_for_begins_another_word_of_the_name(part, is_part):
    assert is_part_of_name(part, "Ana María Rivera Colón") is is_part


def test_a_representative_hears_once_the_form_is_there():
    appeal = appeal_of(denied("2037-03-05"), at("2037-03-20 10:00 AST"), **NIECE)
    assert not told(appeal, Recipient.REPRESENTATIVE, BOTH).may_hear
    appeal.form_came_at = at("2037-03-21 10:00 AST")
    assert told(appeal, Recipient.REPRESENTATIVE, BOTH).may_hear


def test_the_sentence_says_since_when_where_by_when_and_how_late():
    case = a_case(a_request(received_at=at("2037-03-02 10:00 AST")))
    due = at("2037-03-09 23:59:59 AST")
    assert stands(sheet(case, NOW), NOW) == (
        "We received it on Mon 2 Mar 2037 10:00 AST; pended, and our answer is due Mon 9 Mar 2037 23:59 AST."
    )
    assert stands(sheet(case, due), due).endswith("is due Mon 9 Mar 2037 23:59 AST.")
    late = due + timedelta(hours=2, seconds=1)
    assert stands(sheet(carried(case, late), late), late).endswith(
        "was due Mon 9 Mar 2037 23:59 AST, and is 2 h 0 min late."
    )


def test_of_what_is_on_hold_nobody_hears_and_of_what_is_closed_how_it_closed():
    case = a_case(a_request(received_at=at("2037-03-02 10:00 AST")))
    case.closed_as = "withdrawn by the physician"
    assert stands(sheet(case, NOW), NOW) == (
        "We received it on Mon 2 Mar 2037 10:00 AST; it is closed: withdrawn by the physician."
    )
    case.letters.holds = [Hold(kind="fraud", since=NOW, by="sup-diaz", because="a tip")]
    answer = told(case, Recipient.MEMBER, BOTH)
    assert (answer.may_hear, answer.because) == (False, "the case is on hold; nobody is told anything")
