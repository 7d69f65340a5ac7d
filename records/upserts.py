"""Inserts that meet what stands already, which each engine spells in a dialect of its own."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from records.tables import Record

Insert = sqlite.Insert | postgresql.Insert


def insert(dialect: str, row: type[Record]) -> Insert:
    """An insert that can meet a conflict."""
    table = table_of(row)
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def keep(connection: Connection, rows: Sequence[Record]) -> None:
    """Rows of one table as they are now, in place of what they were."""
    if rows:
        upsert = _upsert(connection.dialect.name, type(rows[0]))
        connection.execute(upsert, [row.model_dump() for row in rows])


@cache
def _upsert(dialect: str, row: type[Record]) -> Insert:
    table, inserting = table_of(row), insert(dialect, row)
    columns = [column.name for column in table.c if not column.primary_key]
    return inserting.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={name: inserting.excluded[name] for name in columns}
    )


def table_of(row: type[Record]) -> Table:
    return Record.metadata.tables[str(row.__tablename__)]
