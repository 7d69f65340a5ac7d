"""What the register keeps of people and their illness can be read with the key ring alone."""

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from config.sealing.keyring import KeyRing
from domain.terms.refusals import Refused
from records.rows import UNOPENED
from records.store import Store
from records.tables import EventRow, NoticeRow, Record, WorkRow
from tests.records.pages import (
    NUMBER,
    PERSONAL,
    RECEIVED,
    write_everything,
)


async def test_no_file_of_the_register_holds_a_name_or_a_diagnosis(address, database, register, tmp_path):
    written = await write_everything(register)
    if database.engine.dialect.name == "sqlite":
        content = b"".join(path.read_bytes() for path in tmp_path.glob("register.db*"))
    else:
        with database.engine.connect() as connection:
            tables = Record.metadata.sorted_tables
            rows = [row for table in tables for row in connection.execute(select(table))]
        content = b"\n".join(
            bytes(value) if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
        )

    assert b"rn-rivera" in content, "ids of staff are plain"
    assert [word for word in PERSONAL if word not in written] == []
    assert [word for word in PERSONAL if word.encode() in content] == []


async def test_another_key_ring_reads_nothing_and_says_so_of_each_case(database, register):
    await write_everything(register)
    stranger = Store(database, KeyRing.generate())

    with pytest.raises(
        Refused, match=f"{NUMBER}: what the register keeps of it cannot be opened with this key"
    ):
        await stranger.remembered(NUMBER)
    rows = await stranger.worklist(queues=["calls"], assignee=None, now=RECEIVED)
    assert {row.what for row in rows} == {UNOPENED}
    assert [row.model_copy(update={"what": ""}) for row in rows] == [
        row.model_copy(update={"what": ""})
        for row in await register.worklist(queues=["calls"], assignee=None, now=RECEIVED)
    ]


async def test_one_damaged_row_is_shown_as_such_and_hides_no_other(database, register):
    await write_everything(register)
    before = await register.worklist(queues=["calls"], assignee=None, now=RECEIVED)
    with database.engine.begin() as connection:
        for table, key in (
            (WorkRow, WorkRow.work_id),
            (EventRow, EventRow.sequence),
            (NoticeRow, NoticeRow.key),
        ):
            mine = col(table.case_number) == NUMBER
            first = connection.scalar(select(func.min(key)).where(mine, *worked(table)))
            damaged = update(table).where(mine, col(key) == first).values(sealed=b"PZ1 torn")
            connection.execute(damaged)

    after = await register.worklist(queues=["calls"], assignee=None, now=RECEIVED)
    past = await register.remembered(NUMBER)

    assert [row.case for row in after] == [row.case for row in before]
    assert [row.what for row in after].count(UNOPENED) == 1
    assert [event.words == UNOPENED for event in past.events] == [True] + [False] * (len(past.events) - 1)
    assert [letter.waits_for == UNOPENED for letter in past.notices] == [True, False]


def worked(table):
    """Of work, what waits for calls."""
    return [col(WorkRow.queue) == "calls"] if table is WorkRow else []


async def test_a_ring_with_a_newer_key_reads_what_the_older_one_sealed(database, register, ring):
    await write_everything(register)
    renewed = Store(database, ring.with_new_key())

    assert await renewed.remembered(NUMBER) == await register.remembered(NUMBER)


async def test_what_was_sealed_for_one_event_does_not_open_as_another(database, register):
    await write_everything(register)
    first = select(col(EventRow.sealed)).where(
        col(EventRow.case_number) == NUMBER, col(EventRow.sequence) == 1
    )
    with database.engine.begin() as connection:
        sealed = connection.scalar(first)
        second = (col(EventRow.case_number) == NUMBER) & (col(EventRow.sequence) == 2)
        connection.execute(update(EventRow).where(second).values(sealed=sealed))

    first, second, *_ = (await register.remembered(NUMBER)).events
    assert first.words != second.words == UNOPENED
