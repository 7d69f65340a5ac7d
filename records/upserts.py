"""Inserts that meet what stands already, which each engine spells in a dialect of its own."""

from collections.abc import Sequence

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from records.tables import Record


def insert(connection: AsyncConnection, row: type[Record]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can meet a conflict."""
    table = table_of(row)
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def keep(connection: AsyncConnection, rows: Sequence[Record]) -> None:
    """Rows of one table as they are now, in place of what they were."""
    if not rows:
        return
    table, inserting = table_of(type(rows[0])), insert(connection, type(rows[0]))
    await connection.execute(
        inserting.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={
                column.name: inserting.excluded[column.name] for column in table.c if not column.primary_key
            },
        ),
        [row.model_dump() for row in rows],
    )


def table_of(row: type[Record]) -> Table:
    return Record.metadata.tables[str(row.__tablename__)]
