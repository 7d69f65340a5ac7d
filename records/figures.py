"""What happened in a month, counted by plan and kind of case. Counted again, it takes the place of what it was."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from domain.case.events import EventKind
from records.tables import CaseRow, DeterminationRow, EventRow, FigureRow
from records.upserts import keep

COUNTED = (EventKind.BREACHED, EventKind.WITHDRAWN, EventKind.CLOSED)


async def keep_figures(connection: AsyncConnection, month: str, since: datetime, until: datetime) -> int:
    """Count and keep; how many figures there are."""
    rows = [
        FigureRow(month=month, plan=plan, kind=kind, figure=figure, count=count)
        for question in _questions(since, until)
        for plan, kind, figure, count in (await connection.execute(question)).all()
    ]
    await connection.execute(delete(FigureRow).where(col(FigureRow.month) == month))
    await keep(connection, rows)
    return len(rows)


def _questions(since: datetime, until: datetime) -> Iterator[Any]:
    whose = (col(CaseRow.plan), col(CaseRow.kind))
    yield (
        select(*whose, literal("received"), func.count())
        .where(col(CaseRow.received_at) >= since, col(CaseRow.received_at) < until)
        .group_by(*whose)
    )
    outcome, decided_at = col(DeterminationRow.outcome), col(DeterminationRow.decided_at)
    yield (
        select(*whose, outcome, func.count())
        .join(CaseRow, col(CaseRow.number) == col(DeterminationRow.case_number))
        .where(decided_at >= since, decided_at < until)
        .group_by(*whose, outcome)
    )
    kind, at = col(EventRow.kind), col(EventRow.at)
    yield (
        select(*whose, kind, func.count())
        .join(CaseRow, col(CaseRow.number) == col(EventRow.case_number))
        .where(kind.in_(one.value for one in COUNTED), at >= since, at < until)
        .group_by(*whose, kind)
    )
