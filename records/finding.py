"""Which cases have what somebody knows of one: a caller, a paper, a number that was read over the phone."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import col

from domain.terms.refusals import PlazoError, Refused
from domain.view.kinds import case_of, search_keys
from domain.view.search import FoundCase, FoundCases, SearchKey, Wanted, masked
from records.database import Database
from records.rows import UNOPENED, Rows
from records.sensitive import closed_to_reader
from records.tables import AuthorizationRow, CaseRow, SearchKeyRow
from records.upserts import keep

_number = col(CaseRow.number)


class Finder:
    """Finds cases by keyed hashes, and makes those that are missing."""

    def __init__(self, database: Database, rows: Rows) -> None:
        self._database = database
        self._rows = rows

    async def find(
        self, wanted: Sequence[Wanted], *, skip: int, most: int, late_by: datetime | None = None
    ) -> FoundCases:
        """The cases of which all of it is true, open ones first; with `late_by` only late ones."""
        true = [col(CaseRow.sealed).is_not(None), *map(self._is_true, wanted)]
        if late_by:  # a case that was moved through time says so itself
            is_late = col(CaseRow.overdue) | (col(CaseRow.due_at) < late_by)
            true += [col(CaseRow.outcome).is_(None), is_late]
        order = (col(CaseRow.outcome).is_not(None), col(CaseRow.due_at).nulls_last())
        found = select(CaseRow).where(*true).order_by(*order, col(CaseRow.received_at).desc(), _number)

        def ask(connection: Connection) -> tuple[Sequence[CaseRow], frozenset[str], int]:
            with Session(connection) as session:
                total = session.scalar(select(func.count()).select_from(CaseRow).where(*true))
                rows = session.scalars(found.offset(skip).limit(most)).all()
            return rows, closed_to_reader(connection, [row.number for row in rows]), total or 0

        rows, closed, total = await self._database.read(ask)
        shown = (masked(case) if case.case in closed else case for case in map(self._shown, rows))
        return FoundCases(cases=tuple(shown), total=total)

    def _is_true(self, wanted: Wanted) -> ColumnElement[bool]:
        hashes = [self._rows.hashed(key) for key in wanted.keys]
        having = select(col(SearchKeyRow.case_number)).where(col(SearchKeyRow.hash).in_(hashes))
        may_be: list[ColumnElement[bool]] = [_number.in_(having)]
        if number := wanted.number:
            issuer = select(col(AuthorizationRow.case_number)).where(col(AuthorizationRow.number) == number)
            may_be += [_number == number, _number.in_(issuer)]
        if last := wanted.last_four:  # of a case, or of an authorization, which has its line after them
            may_be += [_number.like(f"%-{last}"), _number.like(f"%-{last}-__")]
        return or_(*may_be)

    def _shown(self, row: CaseRow) -> FoundCase:
        """A case as its newest page has it."""
        plain = row.model_dump(include={"kind", "plan", "urgency", "received_at", "due_at", "outcome"})
        try:
            sheet = self._rows.sheet(row.number, row.sealed or b"")
        except Refused:
            return FoundCase(**plain, case=row.number, member=UNOPENED, status=row.status_code or "")
        status, calendar = sheet.shown.status, sheet.calendar
        return FoundCase(
            **plain,
            case=row.number,
            member=sheet.member,
            services=tuple(dict.fromkeys(line.service for line in sheet.shown.lines)),
            work=tuple(f"{work.queue}: {work.assignee or 'nobody'}" for work in sheet.shown.work),
            status=f"{status.code} {status.text}",
            received=calendar.show(row.received_at),
            due=calendar.show_due(row.due_at) if row.due_at else "",
        )

    async def index(self, leaving: asyncio.Event) -> None:
        """Make the keys of cases that have none: a register that is older than its search keys is filled so, once.

        What cannot be read stays without; it is tried again when a worker starts, as is what one that was `leaving`
        did not come to.
        """
        keyed = select(col(SearchKeyRow.case_number))
        bare = select(_number).where(_number.not_in(keyed), col(CaseRow.state).is_not(None))
        numbers = await self._database.read(lambda connection: connection.scalars(bare).all())
        for number in numbers:
            if leaving.is_set():
                return
            with suppress(PlazoError, ValueError, DBAPIError):
                await self._index(number)

    async def _index(self, number: str) -> None:
        """The row stays locked meanwhile: a page that is written after this one has the last word."""
        kept = select(col(CaseRow.state)).where(_number == number).with_for_update()

        def make(connection: Connection) -> None:
            found = self._keys_in(number, connection.scalar(kept) or b"")
            keep(connection, self._rows.search_keys(number, found))

        await self._database.write(make)

    def _keys_in(self, number: str, state: bytes) -> tuple[SearchKey, ...]:
        return search_keys(case_of(number, self._rows.state(number, state)))
