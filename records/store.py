"""The register: cases and what became of them, kept for as long as the law asks and Temporal does not.

Every write has a key that the case chose, so a write that runs twice is kept once.

A transaction that was begun is finished, even when whoever asked for it stops waiting.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row, Select, bindparam, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from domain.case.sensitive import CLOSED_TO, MASKED, SOURCE
from domain.desk.attestation import Attested
from domain.desk.glass import BrokenGlass
from domain.desk.unmatched import Unmatched
from domain.parts.absence import Away
from domain.parts.alike import Alike
from domain.parts.stage import Stage
from domain.terms.refusals import Refused
from domain.view.board import Board, Day
from domain.view.page import MOST_WAITING, Claimed, Known, NumberClaim, Page, Position, Remembered, Waiting
from domain.view.search import FoundCases, Wanted
from records.board import board
from records.claiming import take
from records.database import Database
from records.finding import Finder
from records.likeness import alike
from records.rows import Rows, Seal
from records.sensitive import closed_to_reader
from records.tables import (
    AbsenceRow,
    AttestationRow,
    BrokenGlassRow,
    CaseRow,
    ClaimedLineRow,
    EventRow,
    NoticeRow,
    ReceiptRow,
    Record,
    UnmatchedRow,
    WorkRow,
)
from records.upserts import keep
from records.writing import PageWriter

R = TypeVar("R", bound=Record)


class Store:
    """The register in one database. It is used from one event loop, by as many tasks as there are."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._rows = Rows(seal)
        self._finder = Finder(database, self._rows)
        self._pages = PageWriter(database, self._rows)

    async def claim(self, claim: NumberClaim) -> Claimed:
        """Take a case number, once; answer which other cases of the plan are like it, closed ones too.

        A claim that no page followed binds nobody. Of two alike that are claimed at the same moment at least one is
        told of the other.
        """
        taken = await self._database.write(lambda connection: take(connection, self._rows, claim))
        # Only now, in a transaction of its own: before the commit neither of two claims would see the other.
        return Claimed(alike=() if taken else await self.alike(claim), taken=taken)

    async def alike(self, claim: NumberClaim) -> tuple[Alike, ...]:
        """Which other cases of the plan are like it, closed ones too; nothing is taken."""
        return await self._database.read(lambda connection: alike(connection, claim))

    async def case_of(self, receipt: str) -> str | None:
        """The case for which something was received again that would else have had this number."""
        return await self._database.read(
            lambda connection: connection.scalar(_of_receipt(), {"number": receipt})
        )

    async def write(self, page: Page, *, whatever_stands: bool = False) -> bool:
        """Keep a page in the place of what was known of its case, unless something newer stands there.

        False, with nothing written, where events that come before those of the page are missing. `whatever_stands`
        is for a page that is known to be right: what looks newer was never heard of by the case.
        """
        return await self._pages.write(page, whatever_stands=whatever_stands)

    async def written(self, cases: Collection[str]) -> dict[str, int]:
        """The newest event, by its sequence, that is written down of each of these cases."""
        case, newest = col(EventRow.case_number), func.max(EventRow.sequence)
        asked = select(case, newest).where(case.in_(cases)).group_by(case)
        return {row[0]: row[1] for row in await self._all(asked)}

    async def worklist(
        self,
        *,
        queues: Sequence[str],
        assignee: str | None,
        now: datetime,
        everybody: bool = False,
        skip: int = 0,
        most: int = MOST_WAITING,
    ) -> tuple[Waiting, ...]:
        """Open work that nobody has taken in these queues, or `everybody` has, and this person's own in any.

        By time left, so many after so many.

        Work without a date of its own is due with its case; what is due at no time comes last.
        """
        due_at = func.coalesce(col(WorkRow.due_at), col(CaseRow.due_at)).label("due_at")
        there = col(WorkRow.queue).in_(queues)
        free = there if everybody else there & col(WorkRow.assignee).is_(None)
        theirs = free if assignee is None else free | (col(WorkRow.assignee) == assignee)
        found = (
            select(
                *(col(CaseRow.number), col(CaseRow.kind), col(CaseRow.plan), col(CaseRow.urgency), due_at),
                *(col(WorkRow.work_id), col(WorkRow.queue), col(WorkRow.assignee), col(WorkRow.sealed)),
            )
            .join(CaseRow, col(CaseRow.number) == col(WorkRow.case_number))
            .where(col(WorkRow.closed_at).is_(None), col(CaseRow.stage) != Stage.CLOSED.value, theirs)
            .order_by(
                due_at.nulls_last(), col(CaseRow.received_at), col(CaseRow.number), col(WorkRow.work_id)
            )
            .offset(skip)
            .limit(most)
        )
        services: dict[str, dict[str, None]] = {}

        def ask(connection: Connection) -> tuple[Sequence[Row[*tuple[Any, ...]]], frozenset[str]]:
            rows = connection.execute(found).all()
            asked_for = (
                select(col(ClaimedLineRow.case_number), col(ClaimedLineRow.service_code))
                .where(col(ClaimedLineRow.case_number).in_({row.number for row in rows}))
                .order_by(col(ClaimedLineRow.line))
            )
            for case, service in connection.execute(asked_for).all():
                services.setdefault(case, {})[service] = None
            return rows, closed_to_reader(connection, {row.number for row in rows})

        rows, closed = await self._database.read(ask)
        return tuple(
            Waiting(
                case=row.number,
                kind=row.kind,
                queue=row.queue,
                assignee=row.assignee,
                due_at=row.due_at,
                urgency=row.urgency,
                overdue=row.due_at is not None and row.due_at < now,
                plan=row.plan,
                services=() if row.number in closed else tuple(services.get(row.number, ())),
                what=MASKED if row.number in closed else self._rows.what(row.number, row.work_id, row.sealed),
            )
            for row in rows
        )

    async def board(self, days: Mapping[str, Day], now: datetime) -> Board:
        """How much waits where, by the day of each plan."""
        return await self._database.read(lambda connection: board(connection, days, now))

    async def find(
        self, wanted: Sequence[Wanted], *, skip: int, most: int, late_by: datetime | None = None
    ) -> FoundCases:
        """The cases of which all of it is true, or only the late ones; open ones first."""
        return await self._finder.find(wanted, skip=skip, most=most, late_by=late_by)

    async def index(self, leaving: asyncio.Event) -> None:
        """Make the search keys of cases that have none, until all have them or the worker is leaving."""
        await self._finder.index(leaving)

    async def closed_to_reader(self, case: str) -> bool:
        """Is it sensitive, and whoever asks does not work on it?"""
        return bool(await self._database.read(lambda connection: closed_to_reader(connection, [case])))

    async def remembered(self, case: str) -> Remembered | None:
        """A case that Temporal may no longer keep; None while it has no page, claimed or not."""
        theirs = select(EventRow).where(col(EventRow.case_number) == case).order_by(col(EventRow.sequence))
        mailed = select(NoticeRow).where(col(NoticeRow.case_number) == case).order_by(col(NoticeRow.key))

        def ask(
            connection: Connection,
        ) -> tuple[CaseRow | None, Sequence[EventRow], Sequence[NoticeRow], bool]:
            with Session(connection) as session:
                row = session.get(CaseRow, case)
                events, letters = session.scalars(theirs).all(), session.scalars(mailed).all()
            return row, events, letters, bool(closed_to_reader(connection, [case]))

        row, events, letters, closed = await self._database.read(ask)
        if row is None or row.sealed is None:
            return None
        if closed:
            raise Refused(f"{case}: {CLOSED_TO}", SOURCE)
        return Remembered(
            sheet=self._rows.sheet(case, row.sealed),
            events=tuple(self._rows.read_event(event) for event in events),
            notices=tuple(
                self._rows.listed(letter, number) for number, letter in enumerate(letters, start=1)
            ),
        )

    # Absences

    async def keep_absence(self, away: Away) -> None:
        """Keep an absence, in place of what was known of the same person from the same day on."""
        await self._keep(AbsenceRow(**away.model_dump()))

    async def _keep(self, row: Record) -> None:
        await self._database.write(lambda connection: keep(connection, [row]))

    async def absences(self, day: date) -> tuple[Away, ...]:
        """Every absence that is not over by this day, the earliest first."""
        found = select(AbsenceRow).where(col(AbsenceRow.until) >= day)
        rows = await self._rows_of(found.order_by(col(AbsenceRow.from_day), col(AbsenceRow.who)))
        kept = [Away.model_validate(row, from_attributes=True) for row in rows]
        return tuple(one for one in kept if not one.is_over(day))

    # Broken glass

    async def keep_glass(self, glass: BrokenGlass) -> None:
        """Keep that somebody was let read a case beyond their plans."""
        told = glass.model_dump(exclude={"case", "reason"})
        row = BrokenGlassRow(case_number=glass.case, reason=glass.reason.value, **told)
        await self._keep(row)

    async def broken_glass(self, since: datetime) -> tuple[BrokenGlass, ...]:
        """Each that was broken since, the earliest first."""
        found = select(BrokenGlassRow).where(col(BrokenGlassRow.at) >= since)
        return tuple(
            BrokenGlass.model_validate(row.model_dump() | {"case": row.case_number}, extra="ignore")
            for row in await self._rows_of(found.order_by(col(BrokenGlassRow.at)))
        )

    # Attestations

    async def keep_attested(self, attested: Attested) -> None:
        """Keep that somebody attested; said twice on a day it is said once."""
        told = attested.model_dump(exclude={"on"})
        await self._keep(AttestationRow(on_day=attested.on, **told))

    async def attested(self) -> tuple[Attested, ...]:
        """Everything that anybody attested to, the oldest first."""
        rows = await self._rows_of(select(AttestationRow).order_by(col(AttestationRow.at)))
        return tuple(Attested(who=one.who, row=one.row, on=one.on_day, at=one.at) for one in rows)

    # What belongs to nothing yet

    async def keep_unmatched(self, one: Unmatched) -> None:
        """Keep what belongs to nothing yet, in the place of what was known of it."""
        await self._keep(self._rows.unmatched(one))

    async def unmatched_of(self, named: str) -> Unmatched | None:
        """What was kept under this id, though it may belong to a case by now."""
        found = await self._rows_of(select(UnmatchedRow).where(col(UnmatchedRow.id) == named))
        return self._rows.read_unmatched(found[0]) if found else None

    async def unmatched(self) -> tuple[Unmatched, ...]:
        """What belongs to nothing yet, the oldest receipt first."""
        waits = select(UnmatchedRow).where(col(UnmatchedRow.case_number).is_(None))
        rows = await self._rows_of(waits.order_by(col(UnmatchedRow.received_at), col(UnmatchedRow.id)))
        return tuple(map(self._rows.read_unmatched, rows))

    async def closed_case(self, case: str) -> str | None:
        """The whole of a case as it closed; None while it is open, or unknown."""
        row = await self._case(case, "state", "outcome")
        return self._rows.state(case, row.state) if row and row.state and row.outcome else None

    async def known(self) -> tuple[Known, ...]:
        """Every case of which there are pages."""
        found = select(col(CaseRow.number), col(CaseRow.outcome)).where(col(CaseRow.sealed).is_not(None))
        rows = await self._all(found.order_by(col(CaseRow.number)))
        return tuple(Known(case=row.number, outcome=row.outcome) for row in rows)

    async def position(self, case: str) -> Position | None:
        """Where in its life a case was asked for the page that stands."""
        row = await self._case(case, *Position.model_fields, "sealed")
        return Position.model_validate(row, from_attributes=True) if row and row.sealed else None

    async def kept_cases(self, cases: Sequence[str]) -> dict[str, str]:
        """The whole of these cases, in their order, in one pass; those without pages are left out."""
        asked = select(col(CaseRow.number), col(CaseRow.state)).where(
            col(CaseRow.number).in_(cases), col(CaseRow.state).is_not(None)
        )
        sealed = {row.number: row.state for row in await self._all(asked)}
        return await asyncio.to_thread(
            lambda: {case: self._rows.state(case, state) for case in cases if (state := sealed.get(case))}
        )

    async def kept_case(self, case: str) -> str | None:
        """The whole of a case, open or closed, as its newest page has it; None for one without pages."""
        row = await self._case(case, "state")
        return self._rows.state(case, row.state) if row and row.state else None

    async def _case(self, number: str, *columns: str) -> Row[*tuple[Any, ...]] | None:
        return await self._database.read(
            lambda connection: connection.execute(_of_case(*columns), {"number": number}).first()
        )

    async def _all(self, asked: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        return await self._database.read(lambda connection: connection.execute(asked).all())

    async def _rows_of(self, asked: Select[R]) -> Sequence[R]:
        """The rows of one table, as objects of their own."""

        def ask(connection: Connection) -> Sequence[R]:
            with Session(connection) as session:
                return session.scalars(asked).all()

        return await self._database.read(ask)


# Statements are built once: to build one costs as much as to run it.


@cache
def _of_case(*columns: str) -> Executable:
    found = select(*(col(getattr(CaseRow, name)) for name in columns))
    return found.where(col(CaseRow.number) == bindparam("number"))


@cache
def _of_receipt() -> Executable:
    return select(col(ReceiptRow.case_number)).where(col(ReceiptRow.number) == bindparam("number"))
