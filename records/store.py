"""The register: cases and what became of them, kept for as long as the law asks and Temporal does not.

Every write has a key that the case chose, so a write that runs twice is kept once, and every page is one
transaction. A page that comes late, after a newer one, adds its events and leaves the newer standing alone.

A transaction that was begun is finished, even when whoever asked for it stops waiting: a connection given up in the
middle keeps SQLite's lock for as long as anything remembers its cursor.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Table, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from sqlmodel import col

from domain.absence import Away
from domain.page import Alike, Claim, Page, Remembered, Waiting
from domain.rates import KeptRates, Rate, RateTable
from domain.stage import Stage
from records.engine import READING
from records.rates import compared, rate_of, row_of, standing
from records.rows import Rows, Seal
from records.tables import AbsenceRow, CaseRow, EventRow, NoticeRow, RateRow, Record, WorkRow

_ONLY_CLAIMED = {"number", "fingerprint_hash", "reference_hash"}  # columns of a case that no page changes


class Store:
    """The register in one database. It is used from one event loop, by as many tasks as there are."""

    def __init__(self, engine: AsyncEngine, seal: Seal) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**READING)
        self._rows = Rows(seal)

    async def claim(self, claim: Claim) -> tuple[Alike, ...]:
        """Take a case number, once; answer which other cases of the plan are like it, closed ones too.

        Of two alike that are claimed at the same moment at least one is told of the other.
        """
        await asyncio.shield(self._take(claim))
        # Only now, in a transaction of its own: before the commit neither of two claims would see the other.
        return await self._alike(claim)

    async def _take(self, claim: Claim) -> None:
        insert = self._insert(CaseRow).values(self._rows.claim(claim).model_dump())
        async with self._engine.begin() as connection:
            await connection.execute(insert.on_conflict_do_nothing())

    async def _alike(self, claim: Claim) -> tuple[Alike, ...]:
        likenesses = [
            column == shared
            for column, shared in (
                (col(CaseRow.reference_hash), claim.reference),
                (col(CaseRow.fingerprint_hash), claim.fingerprint),
            )
            if shared  # two cases that have no reference do not share one
        ]
        if not likenesses:
            return ()
        number = col(CaseRow.number)
        found = (
            select(number, col(CaseRow.reference_hash), col(CaseRow.fingerprint_hash), col(CaseRow.stage))
            .where(col(CaseRow.plan) == claim.plan, number != claim.case, or_(*likenesses))
            .order_by(col(CaseRow.received_at), number)
        )
        async with self._reading.connect() as connection:
            rows = (await connection.execute(found)).all()
        return tuple(
            Alike(
                case=row.number,
                same_reference=bool(claim.reference) and row.reference_hash == claim.reference,
                same_content=bool(claim.fingerprint) and row.fingerprint_hash == claim.fingerprint,
                is_closed=row.stage == Stage.CLOSED.value,
            )
            for row in rows
        )

    async def write(self, page: Page) -> None:
        """Keep a page: events that are not there yet, and everything else unless something newer stands."""
        await asyncio.shield(self._write(page))

    async def _write(self, page: Page) -> None:
        async with self._engine.begin() as connection:
            is_newest = await self._stand(connection, page)
            if page.events:
                await connection.execute(
                    self._insert(EventRow).on_conflict_do_nothing(),
                    [self._rows.event(page.case, event).model_dump() for event in page.events],
                )
            for rows in self._rows.of(page) if is_newest else ():
                await self._keep(connection, rows)

    async def _stand(self, connection: AsyncConnection, page: Page) -> bool:
        """Write the standing, unless a page with later events was here first. The row stays locked until commit."""
        insert = self._insert(CaseRow).values(self._rows.standing(page).model_dump())
        written = await connection.execute(
            insert.on_conflict_do_update(
                index_elements=["number"],
                set_={
                    name: insert.excluded[name] for name in CaseRow.model_fields if name not in _ONLY_CLAIMED
                },
                where=col(CaseRow.last_sequence) <= insert.excluded["last_sequence"],
            ).returning(col(CaseRow.number))
        )
        return written.first() is not None

    async def _keep(self, connection: AsyncConnection, rows: Sequence[Record]) -> None:
        """Rows of one table as they are now, in place of what they were."""
        if not rows:
            return
        table = _table(type(rows[0]))
        insert = self._insert(type(rows[0]))
        await connection.execute(
            insert.on_conflict_do_update(
                index_elements=list(table.primary_key),
                set_={
                    column.name: insert.excluded[column.name] for column in table.c if not column.primary_key
                },
            ),
            [row.model_dump() for row in rows],
        )

    async def worklist(
        self, *, queues: Sequence[str], assignee: str | None, now: datetime
    ) -> tuple[Waiting, ...]:
        """Open work that nobody has taken in these queues, and this person's own in any, by time left.

        Work without a date of its own is due with its case; what is due at no time comes last.
        """
        due_at = func.coalesce(col(WorkRow.due_at), col(CaseRow.due_at)).label("due_at")
        of_nobody = col(WorkRow.queue).in_(queues) & col(WorkRow.assignee).is_(None)
        found = (
            select(
                *(col(CaseRow.number), col(CaseRow.kind), col(CaseRow.urgency), due_at),
                *(col(WorkRow.work_id), col(WorkRow.queue), col(WorkRow.assignee), col(WorkRow.sealed)),
            )
            .join(CaseRow, col(CaseRow.number) == col(WorkRow.case_number))
            .where(col(WorkRow.closed_at).is_(None), col(CaseRow.stage) != Stage.CLOSED.value)
            .where(of_nobody if assignee is None else of_nobody | (col(WorkRow.assignee) == assignee))
            .order_by(
                due_at.nulls_last(), col(CaseRow.received_at), col(CaseRow.number), col(WorkRow.work_id)
            )
        )
        async with self._reading.connect() as connection:
            rows = (await connection.execute(found)).all()
        return tuple(
            Waiting(
                case=row.number,
                kind=row.kind,
                queue=row.queue,
                assignee=row.assignee,
                due_at=row.due_at,
                urgency=row.urgency,
                overdue=row.due_at is not None and row.due_at < now,
                what=self._rows.what(row.number, row.work_id, row.sealed),
            )
            for row in rows
        )

    async def remembered(self, case: str) -> Remembered | None:
        """A case that Temporal may no longer keep; None while it has no page, claimed or not."""
        theirs = select(EventRow).where(col(EventRow.case_number) == case).order_by(col(EventRow.sequence))
        mailed = select(NoticeRow).where(col(NoticeRow.case_number) == case).order_by(col(NoticeRow.key))
        async with AsyncSession(self._reading) as session:
            row = await session.get(CaseRow, case)
            events = (await session.scalars(theirs)).all()
            letters = (await session.scalars(mailed)).all()
        if row is None or row.sealed is None:
            return None
        return Remembered(
            sheet=self._rows.sheet(case, row.sealed),
            events=tuple(self._rows.read_event(event) for event in events),
            notices=tuple(self._rows.listed(letter) for letter in letters),
        )

    # Absences

    async def keep_absence(self, away: Away) -> None:
        """Keep an absence, in place of what was known of the same person from the same day on."""
        await asyncio.shield(self._keep_absence(AbsenceRow(**away.model_dump())))

    async def _keep_absence(self, row: AbsenceRow) -> None:
        async with self._engine.begin() as connection:
            await self._keep(connection, [row])

    async def absences(self, day: date) -> tuple[Away, ...]:
        """Every absence that is not over by this day, the earliest first."""
        found = select(AbsenceRow).where(col(AbsenceRow.until) >= day)
        async with AsyncSession(self._reading) as session:
            rows = await session.scalars(found.order_by(col(AbsenceRow.from_day), col(AbsenceRow.who)))
            kept = [Away.model_validate(row, from_attributes=True) for row in rows]
        return tuple(one for one in kept if not one.is_over(day))

    # Rate tables

    async def keep_rates(self, rates: Sequence[Rate]) -> tuple[KeptRates, ...]:
        """Keep these rows, each in place of what it was, and say table by table what that changed."""
        return await asyncio.shield(self._keep_rates(rates))

    async def _keep_rates(self, rates: Sequence[Rate]) -> tuple[KeptRates, ...]:
        async with self._engine.begin() as connection:
            before = await standing(connection, rates)
            await self._keep(connection, [row_of(rate) for rate in rates if rate not in before])
        return compared(before, rates)

    async def rates(self, code: str, day: date | None = None) -> tuple[Rate, ...]:
        """What each table says of a code, the newest first; with a day, only quarters that had begun by then."""
        found = select(RateRow).where(col(RateRow.code) == code).order_by(col(RateRow.quarter).desc())
        if day is not None:
            found = found.where(col(RateRow.quarter) <= f"{day:%Y-%m}")
        async with AsyncSession(self._reading) as session:
            return tuple(rate_of(row) for row in await session.scalars(found))

    async def rate_tables(self) -> tuple[RateTable, ...]:
        """Which quarters of which schedules were loaded, the oldest first."""
        names = (col(RateRow.schedule), col(RateRow.setting), col(RateRow.quarter))
        found = select(*names, func.count().label("codes")).group_by(*names).order_by(*names)
        async with self._reading.connect() as connection:
            return tuple(RateTable(**row._mapping) for row in await connection.execute(found))  # noqa: SLF001

    async def closed_case(self, case: str) -> str | None:
        """The whole of a case as it closed; None while it is open, or unknown."""
        async with AsyncSession(self._reading) as session:
            row = await session.get(CaseRow, case)
        return self._rows.state(case, row.state) if row and row.state else None

    def _insert(self, row: type[Record]) -> sqlite.Insert | postgresql.Insert:
        """An insert that can meet a conflict, which each engine spells in a dialect of its own."""
        table = _table(row)
        return sqlite.insert(table) if self._engine.dialect.name == "sqlite" else postgresql.insert(table)


def _table(row: type[Record]) -> Table:
    return Record.metadata.tables[str(row.__tablename__)]
