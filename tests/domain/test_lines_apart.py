"""A line on no list, in a request about more: where nobody wants a decision on it, it is NA alone."""

import pytest

from domain.appeal.appealed import appealed
from domain.casefile.casefile import file_of
from domain.determination.clock_acts import CorrectRequest
from domain.determination.decisions import Approve, Deny
from domain.parts.events import EventKind
from domain.parts.status import Status
from domain.review import screening
from domain.terms.notice import NoticeKind
from domain.terms.people import Language
from domain.view.lines import reviewed_lines
from tests.appealing import NOT_MET, does
from tests.builders import ROOT, a_case, a_line, at
from worker.adapters.post.spool import Spool

NOW = at("2037-03-02 18:50 AST")
LATER = at("2037-03-03 10:00 AST")


def mixed(asked=None, **changes):
    """The first line is on the list; `asked` is what is said of the second, which is on none."""
    second = a_line(2, "99213") | ({} if asked is None else {"wants_decision": asked})
    return a_case(lines=[a_line(1, "72148"), second], **changes)


def screened(case):
    if apart := screening.only_asked_about(case):
        screening.inform_of_lines(case, apart, NOW)
    return case


@pytest.mark.parametrize("case", [mixed(asked=False), mixed(wants_decision=False)])
def test_it_is_told_so_at_once_and_the_other_goes_on(case):
    before = case.due_at
    screened(case)

    assert [line.sequence for line in case.lines] == [1]
    [letter] = [one for one in case.letters.notices if one.kind is NoticeKind.NOT_REQUIRED][:1]
    assert letter.facts["services"] == ["99213"]
    assert [line["sequence"] for line in letter.facts["still_open"]] == [1]
    assert case.is_undecided
    assert case.due_at == before == at("2037-03-09 23:59:59 AST")
    assert case.clocks["decision line 2"].ended_at == NOW, "no answer is owed on it"
    assert [one.outcome for one in reviewed_lines(case)] == [None, "not_required"]


@pytest.mark.parametrize("case", [mixed(), mixed(asked=True, wants_decision=False)])
def test_where_somebody_wants_a_decision_it_is_decided(case):
    assert len(screened(case).lines) == 2


def test_what_is_on_the_list_needs_leave_whoever_wants_a_decision():
    case = a_case(lines=[a_line(1, "72148") | {"wants_decision": False}, a_line(2, "71260")])

    assert screening.only_asked_about(case) == []


def test_where_every_line_is_so_the_whole_case_is():
    case = screened(a_case(lines=[a_line(1, "99213"), a_line(2, "99214")], wants_decision=False))

    assert case.status is Status.NO_ACTION
    assert [line.sequence for line in case.lines] == [1, 2]


def test_the_status_is_that_of_the_lines_that_are_decided():
    case = does(screened(mixed(asked=False)), LATER, "rn-rivera", Approve)

    assert case.status is Status.CERTIFIED
    denied = does(screened(mixed(asked=False)), LATER, "md-ortiz", Deny, **NOT_MET)
    assert [line.asked.sequence for line in appealed(denied, LATER).lines] == [1]


def test_the_facts_can_still_be_corrected_and_the_file_names_the_line():
    case = screened(mixed(asked=False))
    request = case.request.model_copy(update={"reference": "4471"})
    does(case, LATER, "ic-santos", CorrectRequest, request=request, reason="keyed wrong")

    assert case.request.reference == "4471"
    titles = [line.title for line in file_of(case, LATER).lines]
    assert titles == ["line 1, 72148: no answer", "line 2, 99213: not required"]
    words = [one.words for one in case.log.events if one.kind is EventKind.SCREENED]
    assert words == ["no precertification required for line 2, and no decision was asked for"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.ENGLISH, "Still under review, and not answered in this letter"),
        (Language.SPANISH, "Sigue bajo examen"),
    ],
)
def test_the_letter_says_what_is_still_under_review(language, said, tmp_path):
    case = screened(mixed(asked=False, member={"language": language}))
    letter = case.letters.notices[0]
    text = " ".join(Spool(tmp_path, ROOT / "policy" / "letters").render(letter).split())

    assert said in text
    assert "72148" in text
