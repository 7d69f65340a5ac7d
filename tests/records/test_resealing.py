"""A key of the register is given up: everything that it sealed is sealed anew, and says what it said."""

from sqlalchemy import select

from config.sealing.keyring import NAMED, KeyRing, sealed_by
from records import resealing
from records.store import Store
from records.tables import Record
from tests.records.pages import NUMBER, write_everything

TABLES_OF_A_CASE = {"cases", "events", "work", "determinations", "authorizations", "notices", "documents"}


async def test_what_an_old_key_sealed_is_sealed_anew_and_reads_the_same_without_it(
    database, register, ring, monkeypatch
):
    monkeypatch.setattr(resealing, "SEVERAL", 2)  # several turns for each table
    await write_everything(register)
    before, state = await register.remembered(NUMBER), await register.kept_case(NUMBER)
    grown = ring.with_new_key()
    old, new = ring.sealing, grown.sealing
    rows = (await resealing.sealed_rows(database, NAMED))[sealed_by(old.id)]

    assert await resealing.reseal(database, grown, sealed_by(old.id)) == rows > 20
    assert await resealing.reseal(database, grown, sealed_by(old.id)) == 0
    assert await resealing.sealed_rows(database, NAMED) == {sealed_by(new.id): rows}
    store = Store(database, KeyRing.of(grown.kept.without(old)))
    assert await store.remembered(NUMBER) == before
    assert await store.kept_case(NUMBER) == state


async def test_every_sealed_column_of_the_register_is_looked_at(database, register):
    """A new one, under whatever name, is found by what it holds."""
    await write_everything(register)
    looked_at = {(table.name, column.name) for table, column in resealing.sealed_columns()}
    sealed = set()
    with database.engine.connect() as connection:
        for table in Record.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                sealed |= {(table.name, name) for name, value in row.items() if isinstance(value, bytes)}

    assert {table for table, _ in sealed} >= TABLES_OF_A_CASE
    assert ("cases", "state") in sealed
    assert sealed <= looked_at
