"""The board's questions to the register. Each finds its rows by an index: closed cases cost nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, and_, case, func, select, true
from sqlmodel import col

from domain.parts.events import EventKind
from domain.parts.stage import Stage
from domain.view.board import HOURS, Board, Breached, Day, InQueue, ages
from records.tables import CaseRow, EventRow, WorkRow

OPEN = [stage.value for stage in Stage if stage is not Stage.CLOSED]
"""Named one by one: "not closed" would read every row."""

HOUR = timedelta(hours=1)
BREACH = "breach"  # the flag that a breach leaves, and that is gone where it was none


def board(connection: Connection, days: Mapping[str, Day], now: datetime) -> Board:
    """Everything as it stands; `days` are those of every plan that may have cases."""
    due = [count or 0 for count in connection.execute(duties(now)).one()]
    return Board(
        queues=tuple(
            InQueue.model_validate(row, from_attributes=True)
            for row in connection.execute(in_queues(days, now))
        ),
        ages=tuple(due[:-HOURS]),
        hours=tuple(due[-HOURS:]),
        breaches=_breaches(connection, days),
    )


def in_queues(days: Mapping[str, Day], now: datetime) -> Executable:
    """Open cases with open work, by plan and queue; a case with two pieces of it in one queue is one."""
    waiting = (
        select(
            col(WorkRow.case_number),
            col(WorkRow.queue),
            func.max(case((col(WorkRow.assignee).is_(None), 1), else_=0)).label("free"),
        )
        .where(col(WorkRow.closed_at).is_(None))
        .group_by(col(WorkRow.case_number), col(WorkRow.queue))
        .subquery()
    )
    today = case({plan: day.ends_at for plan, day in days.items()}, value=col(CaseRow.plan))
    late, due_at = col(CaseRow.overdue), col(CaseRow.due_at)
    return (
        select(
            col(CaseRow.plan),
            waiting.c.queue,
            func.count().label("open"),
            func.sum(waiting.c.free).label("unassigned"),
            _counted(~late & (due_at <= today)).label("today"),
            _counted(~late & (due_at <= now + timedelta(hours=24))).label("day"),
            _counted(late).label("overdue"),
        )
        .join(CaseRow, col(CaseRow.number) == waiting.c.case_number)
        .where(col(CaseRow.stage).in_(OPEN))
        .group_by(col(CaseRow.plan), waiting.c.queue)
        .order_by(col(CaseRow.plan), waiting.c.queue)
    )


def duties(now: datetime) -> Executable:
    """Open cases with a duty of ours: how many of each age, and then how many due in each hour to come."""
    received_at, due_at = col(CaseRow.received_at), col(CaseRow.due_at)
    steps = [
        _counted(
            and_(
                true() if since is None else received_at > since,
                true() if until is None else received_at <= until,
            )
        )
        for since, until in ages(now)
    ]
    strip = [
        _counted((due_at > now + hour * HOUR) & (due_at <= now + (hour + 1) * HOUR)) for hour in range(HOURS)
    ]
    return select(*steps, *strip).where(col(CaseRow.stage).in_(OPEN), due_at.is_not(None))


def breaches(since: datetime, until: datetime) -> Executable:
    """Deadlines that were missed, with the case and its flags."""
    return (
        select(col(CaseRow.number), col(CaseRow.plan), col(EventRow.at), col(CaseRow.flags))
        .join(CaseRow, col(CaseRow.number) == col(EventRow.case_number))
        .where(col(EventRow.kind) == EventKind.BREACHED.value)
        .where(col(EventRow.at) > since, col(EventRow.at) <= until)
        .order_by(col(CaseRow.plan), col(CaseRow.number))
    )


def _breaches(connection: Connection, days: Mapping[str, Day]) -> tuple[Breached, ...]:
    """Of each plan, those of its own yesterday. A breach is found one second after its deadline."""
    if not days:
        return ()
    first, last = min(day.yesterday_at for day in days.values()), max(day.began_at for day in days.values())
    found: dict[str, dict[str, None]] = {}
    for row in connection.execute(breaches(first, last)):
        day = days.get(row.plan)
        if day and day.yesterday_at < row.at <= day.began_at and BREACH in row.flags:
            found.setdefault(row.plan, {})[row.number] = None
    return tuple(Breached(plan=plan, cases=tuple(cases)) for plan, cases in found.items())


def _counted(condition: Any) -> ColumnElement[int]:
    """How many rows of a group it holds for."""
    return func.count(case((condition, 1)))
