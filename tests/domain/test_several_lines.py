"""One act on several lines: all of it is done, in one sentence, or nothing is."""

from datetime import timedelta

import pytest

from domain.appeal.deciding import DecideAppeal
from domain.case.keeping import come_to_rest
from domain.determination.clock_acts import Extend
from domain.determination.decisions import Approve, Deny, Refer
from domain.dispute.acts import Resolve, TriageLine
from domain.dispute.correcting import CorrectRemittance
from domain.parts.events import EventKind
from domain.request.lines import in_words
from domain.terms.refusals import Refused
from tests.appealing import appeal_of
from tests.builders import a_case, a_line, at, criteria_of, staff
from tests.disputes import A_DAY, a_dispute, denied, does, many_lines

CLAUSE, *_ = criteria_of("72148")
FIVE = [a_line(number, "72148") for number in range(1, 6)]
DENIED = {"reason_id": "criteria_not_met", "criterion": CLAUSE}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([3], "line 3"),
        ([1, 2], "lines 1-2"),
        ([7, 1, 2, 3, 5], "lines 1-3, 5, 7"),
        (range(1, 1000), "lines 1-999"),
    ],
)
def test_lines_are_told_as_they_are_typed(numbers, words):
    assert in_words(numbers) == words


def said(case, who, act, **words):
    now = case.received_at + timedelta(hours=2)
    acted = act(actor=staff(who), **words)
    acted.refuse_unless_allowed(case, now)
    return acted.apply(case, now)


def answers(case):
    return [line.determination and line.determination.outcome.value for line in case.lines]


def test_a_nurse_refers_some_lines_and_a_physician_answers_them_each_with_its_own_event():
    case = a_case(lines=FIVE)

    assert said(case, "rn-rivera", Refer, line=(2, 3, 5)) == "lines 2-3, 5 referred to a physician"
    assert said(case, "rn-rivera", Approve, line=(1, 4)) == "lines 1, 4 approved"
    assert said(case, "md-ortiz", Deny, line=(5, 2, 3, 3), **DENIED) == "lines 2-3, 5 denied"

    assert answers(case) == ["approved", "denied", "denied", "approved", "denied"]
    told = [event for event in case.log.events if event.kind is EventKind.DETERMINED]
    assert sorted(event.details["line"] for event in told) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("lines", "because"),
    [((1, 2, 3), "line 2 is already approved"), ((3, 9), "has no line 9"), ((3, 4), "line 4 was referred")],
)
def test_where_one_line_is_refused_nothing_is_done_to_any(lines, because):
    case = a_case(lines=FIVE)
    said(case, "rn-rivera", Approve, line=2)
    said(case, "rn-rivera", Refer, line=4)

    with pytest.raises(Refused, match=because):
        said(case, "rn-rivera", Approve, line=lines)
    assert answers(case) == [None, "approved", None, None, None]


def test_an_extension_is_of_the_lines_that_wait_and_whose_row_allows_one():
    case = a_case(lines=[a_line(1, "72148"), a_line(2, "99213"), a_line(3, "J9271")])
    now = case.received_at + timedelta(hours=2)
    said(case, "rn-rivera", Approve, line=2)
    come_to_rest(case, now)
    due_at = case.due_at

    said(case, "rn-rivera", Extend, until="2037-03-20", ground="enrollee_asks")
    come_to_rest(case, now)

    assert {name: [entry.kind for entry in case.clocks[name].ledger] for name in decisions(case)} == {
        "decision line 1": ["received", "extended"],
        "decision line 2": ["received"],
        "decision line 3": ["received"],
    }
    assert case.due_at == due_at, "the drug is still due first"


def decisions(case):
    return [name for name in case.clocks if name.startswith("decision")]


def test_an_analyst_sorts_and_answers_many_lines_of_a_dispute_at_once():
    case = a_dispute(lines=[*many_lines(40, reason="no row names it"), denied(41)])
    now = case.received_at + A_DAY

    assert (
        does(case, "da-torres", TriageLine, now, line=tuple(range(1, 41)), route="amount")
        == "lines 1-40: amount"
    )
    with pytest.raises(Refused, match="line 41 was redirected"):
        does(
            case, "da-torres", Resolve, now, line=(1, 41), outcome="upheld", reason_id="paid_at_medicare_rate"
        )
    sentence = does(
        case,
        "da-torres",
        Resolve,
        now,
        line=(1, 2),
        outcome="partly",
        amount="5.00",
        reason_id="fee_schedule_misread",
    )

    assert sentence == "lines 1-2 partly: 10.00 more in all"
    assert [line.sequence for line in case.lines if line.resolution] == [1, 2]


def test_an_appeal_is_answered_line_by_line_or_all_at_once():
    first = a_case(lines=FIVE)
    said(first, "md-ortiz", Deny, line=(1, 2, 3, 4, 5), **DENIED)
    come_to_rest(first, first.received_at + timedelta(hours=2))
    case = appeal_of(first, first.received_at + A_DAY)
    act = DecideAppeal(actor=staff("md-cruz"), line=(1, 2, 5), answer="overturned")

    act.refuse_unless_allowed(case, case.received_at)
    assert act.apply(case, case.received_at) == "lines 1-2, 5 overturned"
    assert answers(case) == ["approved", "approved", None, None, "approved"]


def test_a_corrected_remittance_gives_its_lines_one_time_to_file_and_the_newest_counts():
    case = a_dispute(lines=many_lines(4), received_at=at("2037-09-01 10:00 PACIFIC"))
    now = case.received_at + A_DAY
    assert len(case.late_lines) == 4

    def corrected(day, units, *numbers):
        lines = [case.line(number).asked.model_copy(update={"units": units}) for number in numbers]
        does(
            case,
            "da-torres",
            CorrectRemittance,
            now,
            notice={"produced_on": day},
            lines=lines,
            reason="again",
        )
        return [line.sequence for line in case.late_lines]

    assert corrected("2037-08-20", 2, 1, 2, 3) == [4]
    assert corrected("2037-03-02", 3, 2) == [2, 4], "what was corrected last is what counts"
    assert corrected("2037-08-20", 4, 2) == [4]
    assert len(case.filing_clocks) == 3
