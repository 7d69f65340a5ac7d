"""A part that was keyed wrong is corrected by saying only what was wrong."""

import pytest

from domain.correction.correcting import CorrectPart
from domain.terms.refusals import Refused
from tests.builders import a_case, a_line, a_request, at, staff

NOW = at("2037-03-03 10:00 AST")


def correct(case, part, **said):
    act = CorrectPart(actor=staff("ic-santos"), part=part, **{"reason": "a slip"} | said)
    act.refuse_unless_allowed(case, NOW)
    return act.apply(case, NOW)


def test_one_field_is_said_and_the_others_stay():
    case = a_case()
    before = case.request

    assert correct(case, "member", fields={"birth_date": "1957-04-20"}) == "member corrected"

    right = before.member.model_copy(update={"birth_date": case.request.member.birth_date})
    assert case.request == before.model_copy(update={"member": right})
    assert str(right.birth_date) == "1957-04-20"
    assert "request corrected: a slip" in [event.words for event in case.log.events]


def test_a_diagnosis_is_added_to_those_that_a_line_has():
    case = a_case()
    correct(case, "line", diagnosis="M51.26")
    assert case.lines[0].asked.diagnoses == (*a_case().lines[0].asked.diagnoses, "M51.26")


@pytest.mark.parametrize(
    ("part", "said", "why"),
    [
        ("member", {}, "member: say what it should have read"),
        ("member", {"fields": {"birth_date": "4th of May"}}, "member: not of the right form: birth_date"),
        ("member", {"fields": {"weight": 80}}, "member: not of the right form: weight"),
        ("member", {"fields": {"language": "en"}}, "member: that is how it reads already"),
        ("line", {"fields": {"units": 2}, "line": 7}, "line: name one"),
        ("member", {"fields": {"language": "es"}, "reason": ""}, "a correction says why"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_repeats_nothing(part, said, why):
    with pytest.raises(Refused, match=why) as refused:
        correct(a_case(), part, **said)
    assert "4th of May" not in str(refused.value)


def test_of_several_lines_the_one_is_named():
    case = a_case(a_request(lines=[a_line(1, "72148"), a_line(2, "71260")]))
    with pytest.raises(Refused, match="line: name one"):
        correct(case, "line", fields={"units": 2})
    correct(case, "line", fields={"units": 2}, line=2)
    assert [line.asked.units for line in case.lines] == [1, 2]
