"""What reports ask of the register: rows of plain columns, found by an index, and nothing that is sealed."""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Connection, Executable, RowMapping, Select, select, update
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
from records.database import Database
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

    def __init__(self, database: Database) -> None:
        self._database = database

    async def decided(self, spans: Sequence[Span]) -> tuple[Row, ...]:
        """The decided requests of these spans, each once, by plan and by decision."""
        return tuple(
            _best_of([Row.model_validate(dict(row)) for row in several])
            for rows in await self._found([decided_in(span) for span in spans])
            for _, several in groupby(rows, key=lambda row: row["case"])
        )

    async def rows(self, of: type[R], spans: Sequence[Span]) -> tuple[R, ...]:
        """The rows of one kind of these spans."""
        every = await self._found([FOUND_BY[of](span) for span in spans])
        return tuple(of.model_validate(dict(row)) for rows in every for row in rows)

    async def _found(self, asked: Sequence[Executable]) -> list[Sequence[RowMapping]]:
        return await self._database.read(
            lambda connection: [connection.execute(one).mappings().all() for one in asked]
        )

    async def uncounted(self, most: int) -> tuple[str, ...]:
        """Cases whose newest page says not yet as what they count, so many at most."""
        missing = select(col(CaseRow.number)).where(
            col(CaseRow.is_counted).is_(False), col(CaseRow.sealed).is_not(None)
        )
        return await self._database.read(lambda connection: tuple(connection.scalars(missing.limit(most))))

    async def count(self, case: str, counted: Counted, letters: Sequence[ShownNotice]) -> None:
        """Keep as what a case and its letters count, unless a page has said it meanwhile."""
        unsaid = (col(CaseRow.number) == case) & col(CaseRow.is_counted).is_(False)

        def say(connection: Connection) -> None:
            said = connection.execute(update(CaseRow).where(unsaid).values(counting(counted)))
            if said.rowcount:
                keep(connection, appealed(case, counted))
                for letter in letters:
                    theirs = col(NoticeRow.key) == letter.key
                    connection.execute(update(NoticeRow).where(theirs).values(fate_of(letter)))

        await self._database.write(say)

    async def keep_reports(self, month: str, reports: Sequence[FloorReport]) -> None:
        """Keep these of a month, in the place of what was kept before."""
        rows = [
            KeptReportRow(month=month, subject=one.subject.value, report=one.model_dump_json())
            for one in reports
        ]
        await self._database.write(lambda connection: keep(connection, rows))

    async def kept_reports(self, month: str) -> tuple[FloorReport, ...]:
        """What was kept of a month, by subject."""
        kept = select(col(KeptReportRow.report)).where(col(KeptReportRow.month) == month)
        asked = kept.order_by(col(KeptReportRow.subject))
        reports = await self._database.read(lambda connection: connection.scalars(asked).all())
        return tuple(FloorReport.model_validate_json(one) for one in reports)


def _best_of(rows: Sequence[Row]) -> Row:
    """Of a request that was appealed line by line, the answer that gave most."""
    return min(
        rows, key=lambda row: list(Answer).index(row.appeal_answer) if row.appeal_answer else len(Answer)
    )
