"""Whose request it is: what the directory says last is what stands, until somebody looked."""

import pytest

from domain.determination.confirming import ConfirmMember
from domain.request.line import Coverage
from domain.review.identity import FIND_OUT, another_person
from tests.builders import a_case, at, staff

NOW = at("2037-03-03 09:00 AST")
NAME, BIRTH = ("name",), ("birth_date",)


def compared(case, differs):
    found = Coverage(eligible=True, covered=True, because="covered", differs=differs)
    case.coverage_found(found, NOW)
    return case


def asked(case):
    return [work.what for work in case.work.open if FIND_OUT in work.what]


def test_what_was_compared_last_is_what_is_doubtful_and_what_somebody_is_asked():
    case = a_case()
    for differs in (NAME, BIRTH, (*NAME, *BIRTH), (), NAME):
        compared(case, differs)

        doubts = [another_person(differs)] if differs else []
        assert (case.differs, case.warnings) == (differs, doubts)
        assert asked(case) == [f"{doubt}: {FIND_OUT}" for doubt in doubts]
        assert case.awaits_a_look is bool(differs)


@pytest.mark.parametrize(("again", "is_doubtful"), [(NAME, False), (BIRTH, True), ((*NAME, *BIRTH), True)])
def test_what_was_confirmed_is_not_asked_again_and_what_differs_beside_is(again, is_doubtful):
    case = compared(a_case(), NAME)
    ConfirmMember(actor=staff("ic-santos"), reason="the licence was seen").apply(case, NOW)
    assert not case.awaits_a_look

    assert compared(case, again).awaits_a_look is is_doubtful
    assert bool(asked(case)) is is_doubtful
