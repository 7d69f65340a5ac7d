"""What reports ask of the register: rows of plain columns, found by an index, and nothing that is sealed."""

import asyncio
from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.appeal.appeal import Appeal
from domain.report.counted import Answer, Counted
from domain.report.floor import FloorReport
from domain.report.prior_auth import Row
from domain.report.public import Span
from domain.terms.frozen import Frozen
from domain.terms.kind import KINDS, Slice
from domain.view.view import ShownNotice
from records.engine import READING
from records.floor import FOUND_BY
from records.rows import appealed, counting, fate_of
from records.tables import CaseRow, KeptReportRow, NoticeRow
from records.upserts import keep

R = TypeVar("R", bound=Frozen)

REQUESTS = [kind.name for kind in KINDS.values() if Slice.REVIEWS in kind.takes and kind.name != Appeal.kind]


def decided_in(span: Span) -> Select[tuple[object, ...]]:
    """The requests of a plan whose decision lies in a span, each beside the appeals of it that were decided."""
    case, appeal = CaseRow, aliased(CaseRow)
    is_appeal = (
        (col(appeal.parent) == col(case.number))
        & col(appeal.parent).is_not(None)
        & (col(appeal.kind) == Appeal.kind)
        & col(appeal.answer).is_not(None)
        & col(appeal.left_out).is_(None)
    )
    plain = ("urgency", "received_at", "decided_at", "answer", "extended", "left_out")
    return (
        select(
            *(col(case.number).label("case"), col(case.plan), *(getattr(case, name) for name in plain)),
            *(col(appeal.number).label("appeal"), col(appeal.answer).label("appeal_answer")),
        )
        .outerjoin(appeal, is_appeal)
        .where(
            *(col(case.plan) == span.plan, col(case.kind).in_(REQUESTS)),
            *(col(case.decided_at) >= span.begins_at, col(case.decided_at) < span.ends_before),
        )
        .order_by(col(case.decided_at), col(case.number), col(appeal.number))
    )


class CountStore:
    """The register as reports see it. It reads what pages wrote, and counts what older pages did not say."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**READING)

    async def decided(self, spans: Sequence[Span]) -> tuple[Row, ...]:
        """The decided requests of these spans, each once, by plan and by decision."""
        found: list[Row] = []
        async with self._reading.connect() as connection:
            for span in spans:
                rows = (await connection.execute(decided_in(span))).mappings()
                for _, several in groupby(rows, key=lambda row: row["case"]):
                    found.append(_best_of([Row.model_validate(dict(row)) for row in several]))
        return tuple(found)

    async def rows(self, of: type[R], spans: Sequence[Span]) -> tuple[R, ...]:
        """The rows of one kind of these spans."""
        found: list[R] = []
        async with self._reading.connect() as connection:
            for span in spans:
                rows = (await connection.execute(FOUND_BY[of](span))).mappings()
                found += [of.model_validate(dict(row)) for row in rows]
        return tuple(found)

    async def uncounted(self, most: int) -> tuple[str, ...]:
        """Cases whose newest page says not yet as what they count, so many at most."""
        missing = select(col(CaseRow.number)).where(
            col(CaseRow.is_counted).is_(False), col(CaseRow.sealed).is_not(None)
        )
        async with self._reading.connect() as connection:
            return tuple(await connection.scalars(missing.limit(most)))

    async def count(self, case: str, counted: Counted, letters: Sequence[ShownNotice]) -> None:
        """Keep as what a case and its letters count, unless a page has said it meanwhile."""
        await asyncio.shield(self._count(case, counted, letters))

    async def keep_reports(self, month: str, reports: Sequence[FloorReport]) -> None:
        """Keep these of a month, in the place of what was kept before."""
        rows = [
            KeptReportRow(month=month, subject=one.subject.value, report=one.model_dump_json())
            for one in reports
        ]
        await asyncio.shield(self._keep(rows))

    async def _keep(self, rows: Sequence[KeptReportRow]) -> None:
        async with self._engine.begin() as connection:
            await keep(connection, rows)

    async def kept_reports(self, month: str) -> tuple[FloorReport, ...]:
        """What was kept of a month, by subject."""
        kept = select(col(KeptReportRow.report)).where(col(KeptReportRow.month) == month)
        async with self._reading.connect() as connection:
            reports = await connection.scalars(kept.order_by(col(KeptReportRow.subject)))
            return tuple([FloorReport.model_validate_json(one) for one in reports])

    async def _count(self, case: str, counted: Counted, letters: Sequence[ShownNotice]) -> None:
        unsaid = (col(CaseRow.number) == case) & col(CaseRow.is_counted).is_(False)
        async with self._engine.begin() as connection:
            said = await connection.execute(update(CaseRow).where(unsaid).values(counting(counted)))
            if said.rowcount:
                await keep(connection, appealed(case, counted))
                for letter in letters:
                    theirs = col(NoticeRow.key) == letter.key
                    await connection.execute(update(NoticeRow).where(theirs).values(fate_of(letter)))


def _best_of(rows: Sequence[Row]) -> Row:
    """Of a request that was appealed line by line, the answer that gave most."""
    return min(
        rows, key=lambda row: list(Answer).index(row.appeal_answer) if row.appeal_answer else len(Answer)
    )
