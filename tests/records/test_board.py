"""The board: what waits where, in numbers, and that closed cases cost it nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.case.keeping import keep_appointments
from domain.view.board import Day
from records.board import breaches, duties, in_queues
from tests.builders import at
from tests.records.pages import HOUR, RECEIVED, a_case_in_review, a_page, a_page_of, closed, taken

NOW = RECEIVED + HOUR
DUE = at("2037-03-09 23:59:59 AST")
SECOND = timedelta(seconds=1)
TABLE_SCAN = re.compile(r"SCAN (cases|work|events|determinations)\b")


def days(now=NOW):
    return {"mcs-classicare": Day.of(a_case_in_review().policy.calendar, now)}


async def row(register, now=NOW, queue="nurse-review"):
    board = await register.board(days(now), now)
    return next(one for one in board.queues if one.queue == queue)


async def test_a_case_is_counted_in_its_queue_and_leaves_it_when_it_closes(register):
    for number in ("PRE-2222-2222-2222", "PRE-3333-3333-3333"):
        await register.write(a_page_of(number))
    await register.write(a_page(taken(a_case_in_review("PRE-4444-4444-4444"), "rn-rivera")))
    await register.write(closed(a_page_of("PRE-5555-5555-5555")))

    found = await row(register)

    assert (found.plan, found.open, found.unassigned) == ("mcs-classicare", 3, 2)


@pytest.mark.parametrize(
    ("now", "today", "day"),
    [
        (DUE - timedelta(hours=24) - SECOND, 0, 0),
        (DUE - timedelta(hours=24), 0, 1),
        (DUE - timedelta(hours=24) + SECOND, 1, 1),
        (DUE, 1, 1),
    ],
)
async def test_due_today_is_by_the_plans_own_day_and_due_in_a_day_by_hours(register, now, today, day):
    await register.write(a_page_of())

    found = await row(register, now)

    assert (found.today, found.day, found.overdue) == (today, day, 0)


async def test_what_is_late_is_not_due_any_more(register):
    case = a_case_in_review()
    keep_appointments(case, DUE + SECOND)
    await register.write(a_page(case))

    found = await row(register, DUE + HOUR)

    assert (found.today, found.day, found.overdue) == (0, 0, 1)


@pytest.mark.parametrize(
    ("now", "hour"), [(DUE - 12 * HOUR - SECOND, None), (DUE - 12 * HOUR, 11), (DUE - SECOND, 0), (DUE, None)]
)
async def test_the_strip_counts_deadlines_by_the_hour_in_which_they_fall(register, now, hour):
    await register.write(a_page_of())

    board = await register.board(days(now), now)

    assert sum(board.hours) == (hour is not None)
    assert hour is None or board.hours[hour] == 1


@pytest.mark.parametrize(("later", "step"), [(-1, 0), (0, 1), (1, 1)])
async def test_a_case_grows_a_step_older_after_a_whole_day(register, later, step):
    await register.write(a_page_of())
    now = RECEIVED + timedelta(days=1, seconds=later)

    board = await register.board(days(now), now)

    assert [count for count in board.ages if count] == [1]
    assert board.ages[step] == 1


@pytest.mark.parametrize(
    ("now", "seen"),
    [(DUE + SECOND, True), (DUE + timedelta(days=1), True), (DUE + timedelta(days=1, seconds=1), False)],
)
async def test_a_breach_is_yesterdays_for_the_whole_day_after_its_deadline(register, now, seen):
    case = a_case_in_review()
    keep_appointments(case, DUE + SECOND)
    await register.write(a_page(case))

    board = await register.board(days(now), now)

    assert bool(board.breaches) == seen


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_no_question_of_the_board_reads_a_whole_table(register, database):
    questions = {
        "queues": in_queues(days(), NOW),
        "duties": duties(NOW),
        "breaches": breaches(NOW - timedelta(days=2), NOW),
    }
    with database.engine.connect() as connection:
        for name, question in questions.items():
            asked = question.compile(database.engine, compile_kwargs={"literal_binds": True})
            plan = [step.detail for step in connection.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
            assert any(step.startswith("SEARCH") for step in plan), name
            assert not [step for step in plan if TABLE_SCAN.match(step)], (name, plan)
