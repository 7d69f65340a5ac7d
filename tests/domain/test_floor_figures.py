"""Figures for the floor, made of plain rows: what counts as in time, finished, overturned and sent."""

from datetime import timedelta

import pytest

from domain.report import floor
from domain.report.counted import AppealResult, LeftOut
from domain.report.floor_rows import AppealedLine, Arrival, Letter, LookedAtAgain, OwedAnswer, Piece
from domain.view.board import Board, Breached, InQueue
from domain.view.memo import digest
from tests.builders import at, policy

MONDAY = at("2037-03-02 18:41 AST")
CALENDARS = {"mcs-classicare": policy().calendar}
ERROR = LeftOut.ENTERED_IN_ERROR


def seen(charts):
    """Each chart as people read it: bars of so many of so many, with what they say beside."""
    return {
        chart.title: [(bar.label, bar.share.count, bar.share.of, bar.note) for bar in chart.bars]
        for chart in charts
    }


def owed(case, day=0, **changes):
    row = {"case": case, "plan": "mcs-classicare", "kind": "precertification", "urgency": "standard"}
    by = MONDAY + timedelta(days=day)
    return OwedAnswer.model_validate(row | {"owed_by": by, "told_at": MONDAY, "late": False} | changes)


def test_an_answer_is_in_time_when_it_was_told_and_not_late_and_what_is_open_still_counts_nowhere():
    rows = [
        owed("told"),
        owed("late", late=True),
        owed("late and not told", late=True, told_at=None),
        owed("open", told_at=None, day=7),
        owed("error", late=True, left_out=ERROR),
    ]

    assert seen(floor.timeliness(rows, CALENDARS)) == {
        "By kind": [("precertification, standard", 1, 3, "2 late, 1 not told yet")],
        "By week": [
            ("week of 2 Mar 2037", 1, 3, "2 late"),
            ("week of 9 Mar 2037", 0, 0, "1 not told yet"),
        ],
    }


def arrived(case, **changes):
    row = {"case": case, "plan": "mcs-classicare", "kind": "referral", "received_at": MONDAY}
    return Arrival.model_validate(row | {"decided_at": MONDAY, "at_once": True} | changes)


def test_work_is_finished_when_it_was_closed_before_the_end():
    end = MONDAY + timedelta(days=7)
    arrivals = [
        arrived("at once"),
        arrived("by a person", at_once=False),
        arrived("open", at_once=False, decided_at=None),
        arrived("error", left_out=ERROR),
    ]
    pieces = [
        Piece(case="1", queue="intake", opened_at=MONDAY, closed_at=closed)
        for closed in (MONDAY + timedelta(days=1), end, None)
    ]

    assert seen(floor.workload(arrivals, pieces, CALENDARS, end)) == {
        "Received by week": [("week of 2 Mar 2037", 3, 3, "3 referral")],
        "Decided at once": [("referral", 1, 2, "")],
        "Work by queue": [("intake", 1, 3, "median 1.0 days")],
    }


def test_an_appeal_overturns_what_it_does_not_uphold_and_only_quality_sees_whose_it_was():
    rows = [
        AppealedLine(case="1", line=1, service="72148", first_decider="md-ortiz", result=AppealResult.UPHELD),
        AppealedLine(case="2", line=1, service="72148", first_decider=None, result=AppealResult.OVERTURNED),
    ]
    looks = [
        LookedAtAgain(case="1", plan="mcs-classicare", agreed=True),
        LookedAtAgain(case="2", plan="mcs-classicare", agreed=False),
        LookedAtAgain(case="3", plan="mcs-classicare", agreed=False, left_out=ERROR),
    ]
    everybody = {
        "By service": [("72148", 1, 2, "1 upheld, 1 overturned")],
        "Second looks": [("mcs-classicare", 1, 2, "")],
    }

    assert seen(floor.overturns(rows, looks)) == everybody
    assert seen(floor.overturns(rows, looks, by_reviewer=True)) == everybody | {
        "By first reviewer": [
            ("md-ortiz", 0, 1, "1 upheld"),
            ("nobody: the time ran out in silence", 1, 1, "1 overturned"),
        ]
    }


def test_a_letter_that_was_stopped_is_not_owed_and_one_that_came_back_has_not_left():
    rows = [
        Letter(case="1", kind="peer_to_peer", way="fax", state=state, late=state == "delivered")
        for state in ("sent", "delivered", "returned", "stopped")
    ]

    assert seen(floor.letters(rows)) == {
        "By way": [("fax", 2, 3, "1 returned")],
        "By kind": [("peer to peer", 2, 3, "")],
    }


# The supervisor's morning


def a_row(**counts):
    none = {"open": 4, "unassigned": 1, "today": 0, "day": 0, "overdue": 0}
    return InQueue.model_validate({"plan": "procare", "queue": "intake"} | none | counts)


@pytest.mark.parametrize(
    ("queues", "breaches", "stuck", "said"),
    [
        (
            [],
            [],
            [],
            [
                "Nothing waits in any queue.",
                "",
                "Due in the next 2 hours: 3.",
                "No deadline was missed yesterday.",
            ],
        ),
        (
            [a_row(), a_row(today=2, overdue=3)],
            [Breached(plan="procare", cases=("PRE-1", "PRE-2"))],
            ["PRE-3: closed"],
            [
                "procare, intake: 4 open, 1 unassigned",
                "procare, intake: 4 open, 1 unassigned, 2 due today, 3 OVERDUE",
                "",
                "Due in the next 2 hours: 3.",
                "Deadlines missed yesterday:",
                "procare: PRE-1, PRE-2",
                "",
                "What register and Temporal say differently; `plazo doctor --mend` mends it:",
                "PRE-3: closed",
            ],
        ),
    ],
    ids=["nothing", "a lot"],
)
def test_the_morning_memo_says_what_waits_what_is_late_and_what_was_missed(queues, breaches, stuck, said):
    board = Board(queues=tuple(queues), ages=(), hours=(1, 2), breaches=tuple(breaches))
    assert digest(board, stuck) == said
