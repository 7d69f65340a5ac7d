"""Pages as they are written down: many in one transaction, and of each no more than has changed.

A page that comes late, after a newer one, changes nothing; a newer one replaces all that stands there, so that what
never happened, in a run that was reset or lost, does not stay.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Connection, Delete, Executable, Select, bindparam, delete, select, tuple_
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from domain.view.page import Page, Position
from records.claiming import ONLY_CLAIMED
from records.database import Database
from records.rows import Belonging, Rows
from records.tables import CaseRow, EventRow, Record
from records.upserts import insert, keep, table_of

MOST_AT_ONCE = 50
MOST_REMEMBERED = 500  # cases
PLACE = ("first_run", "run_started_at", "history_length", "last_sequence")


@dataclass(eq=False)
class _Asked:
    """A page that somebody wants written, and waits for."""

    page: Page
    whatever_stands: bool
    done: "asyncio.Future[bool]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def tell(self, answer: bool | BaseException) -> None:
        if self.done.done():  # whoever asked has given up
            return
        if isinstance(answer, BaseException):
            self.done.set_exception(answer)
        else:
            self.done.set_result(answer)


@dataclass(frozen=True)
class _Kept:
    """What this writer last wrote of a case, table by table and key by key; true while its place stands there."""

    place: tuple[object, ...]
    things: dict[type[Record], Mapping[object, object]]


class PageWriter:
    """Writes the pages of one register; who asks while a transaction runs is in the next, with all the others."""

    def __init__(self, database: Database, rows: Rows) -> None:
        self._database = database
        self._rows = rows
        self._waiting: deque[_Asked] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def write(self, page: Page, *, whatever_stands: bool) -> bool:
        """False, with nothing written, where events that come before those of the page are missing."""
        asked = _Asked(page, whatever_stands)
        self._waiting.append(asked)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await asked.done

    async def _write_all(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self._waiting)))]
            asked = [one for one in batch if not one.done.done()]
            await self._write_down(
                sorted(asked, key=lambda one: one.page.case)
            )  # no two writers wait for each other

    async def _write_down(self, batch: Sequence[_Asked]) -> None:
        """What is wrong with the register is told to all; what is wrong with a page, to whoever brought it."""
        try:
            answers = await self._in_one_transaction(batch)
        except Exception as error:  # noqa: BLE001 - it is told to those who wait
            if len(batch) == 1 or isinstance(error, OperationalError | TimeoutError):
                for one in batch:
                    one.tell(error)
                return
            for one in batch:
                await self._write_down([one])
            return
        for one, answer in zip(batch, answers, strict=True):
            one.tell(answer)

    async def _in_one_transaction(self, batch: Sequence[_Asked]) -> list[bool]:
        kept: dict[str, _Kept] = {}
        answers = await self._database.write(
            lambda connection: [self._write(connection, one, kept) for one in batch]
        )
        for case, one in kept.items():  # only what was committed is known
            self._kept[case] = one
            self._kept.move_to_end(case)
        while len(self._kept) > MOST_REMEMBERED:
            self._kept.popitem(last=False)
        return answers

    def _write(self, connection: Connection, asked: _Asked, kept: dict[str, _Kept]) -> bool:
        page, case = asked.page, asked.page.case
        stands = connection.execute(_standing(), {"number": case}).first()
        newest = stands.last_sequence if stands else 0
        before = page.last_sequence - len(page.events)
        if before > newest:
            return False
        if not self._stand(connection, page, whatever_stands=asked.whatever_stands):
            return True  # what stands there is newer
        known = kept.get(case) or self._kept.get(case)
        if stands is None or stands.sealed_is_missing:
            known = _Kept((), {})
        elif known and known.place != tuple(getattr(stands, name) for name in PLACE):
            known = None
        keep(connection, [self._rows.event(case, event) for event in page.events])
        if newest > page.last_sequence:
            connection.execute(_beyond(), {"of_case": case, "newest": page.last_sequence})
        parts = self._rows.of(page)
        for part in parts:
            self._bring_up_to_date(connection, case, part, known)
        kept[case] = _Kept(_place(page), {part.table: part.things for part in parts})
        return True

    def _stand(self, connection: Connection, page: Page, *, whatever_stands: bool) -> bool:
        """Write the standing, unless a later page was here first. The row stays locked until commit."""
        statement = _upsert_of_case(connection.dialect.name, whatever_stands=whatever_stands)
        written = connection.execute(statement, self._rows.standing(page).model_dump())
        return written.first() is not None

    def _bring_up_to_date(
        self, connection: Connection, case: str, part: Belonging, known: _Kept | None
    ) -> None:
        """Write what changed, and delete what the page does not have: of a decision taken back, of a lost run."""
        was = known.things.get(part.table, {}) if known else None
        changed = [one for key, one in part.things.items() if was is None or was.get(key) != one]
        keep(connection, [part.row(one) for one in changed])
        if was is None or was.keys() - part.things.keys():
            stays = {"of_case": case, "stays": list(part.things)}
            connection.execute(_others(part.table), stays)


def _place(page: Page) -> tuple[object, ...]:
    return (*(getattr(page.position, name) for name in Position.model_fields), page.last_sequence)


# Statements are built once: to build one costs as much as to run it.


@cache
def _standing() -> Select[tuple[object, ...]]:
    """What stands of a case, with a lock on its row until commit."""
    columns = [col(getattr(CaseRow, name)) for name in PLACE]
    missing = col(CaseRow.sealed).is_(None).label("sealed_is_missing")
    found = select(*columns, missing).where(col(CaseRow.number) == bindparam("number"))
    return found.with_for_update()


@cache
def _upsert_of_case(dialect: str, *, whatever_stands: bool) -> Executable:
    standing = insert(dialect, CaseRow)
    later = ("run_started_at", "history_length", "last_sequence")
    known = tuple_(*(getattr(CaseRow, name) for name in later))
    is_later = known <= tuple_(*(standing.excluded[name] for name in later))
    columns = [name for name in CaseRow.model_fields if name not in ONLY_CLAIMED]
    return standing.on_conflict_do_update(
        index_elements=["number"],
        set_={name: standing.excluded[name] for name in columns},
        where=None if whatever_stands else is_later | col(CaseRow.sealed).is_(None),
    ).returning(col(CaseRow.number))


@cache
def _beyond() -> Delete:
    """The events that never happened."""
    theirs = col(EventRow.case_number) == bindparam("of_case")
    return delete(EventRow).where(theirs, col(EventRow.sequence) > bindparam("newest"))


@cache
def _others(kind: type[Record]) -> Delete:
    """The rows of a case that its newest page does not have."""
    table = table_of(kind)
    (key,) = (column for column in table.primary_key if column.name != "case_number")
    theirs = table.c.case_number == bindparam("of_case")
    return delete(table).where(theirs, key.not_in(bindparam("stays", expanding=True)))
