"""What the register keeps of people and their illness can be read with the key ring alone."""

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from config.keyring import KeyRing
from domain.refusals import PlazoError
from records.store import Store
from records.tables import EventRow, Record
from tests.builders import COMPLETE, a_document
from tests.records.pages import (
    NUMBER,
    PERSONAL,
    RECEIVED,
    a_case_in_review,
    a_claim,
    a_page,
    approved,
    denied,
    ended,
)

SCAN = a_document("fax-7", shows_red_flag=True).model_copy(update={"file": "scan of Ana.pdf"})


async def write_everything(register) -> str:
    """A denial and an approval with all that belongs to them; answers with everything that was written."""
    pages = [
        a_page(denied(a_case_in_review(documents=(*COMPLETE, SCAN)))),
        a_page(ended(approved(a_case_in_review("PRE-3333-3333-3333")))),
    ]
    for page in pages:
        await register.claim(a_claim(page.case))
        await register.write(page)
    return "".join(page.model_dump_json() for page in pages)


async def test_no_file_of_the_register_holds_a_name_or_a_diagnosis(address, engine, register, tmp_path):
    written = await write_everything(register)
    if engine.dialect.name == "sqlite":
        content = b"".join(path.read_bytes() for path in tmp_path.glob("register.db*"))
    else:
        async with engine.connect() as connection:
            tables = Record.metadata.sorted_tables
            rows = [row for table in tables for row in await connection.execute(select(table))]
        content = b"\n".join(
            bytes(value) if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
        )

    assert b"rn-rivera" in content, "ids of staff are plain"
    assert [word for word in PERSONAL if word not in written] == []
    assert [word for word in PERSONAL if word.encode() in content] == []


async def test_another_key_ring_reads_nothing(engine, register):
    await write_everything(register)
    stranger = Store(engine, KeyRing.generate())

    with pytest.raises(PlazoError):
        await stranger.remembered(NUMBER)
    with pytest.raises(PlazoError):
        await stranger.worklist(queues=["calls"], assignee=None, now=RECEIVED)


async def test_a_ring_with_a_newer_key_reads_what_the_older_one_sealed(engine, register, ring):
    await write_everything(register)
    renewed = Store(engine, ring.with_new_key())

    assert await renewed.remembered(NUMBER) == await register.remembered(NUMBER)


async def test_what_was_sealed_for_one_event_does_not_open_as_another(engine, register):
    await write_everything(register)
    first = select(col(EventRow.sealed)).where(
        col(EventRow.case_number) == NUMBER, col(EventRow.sequence) == 1
    )
    async with engine.begin() as connection:
        sealed = await connection.scalar(first)
        second = (col(EventRow.case_number) == NUMBER) & (col(EventRow.sequence) == 2)
        await connection.execute(update(EventRow).where(second).values(sealed=sealed))

    with pytest.raises(PlazoError, match="changed since"):
        await register.remembered(NUMBER)
