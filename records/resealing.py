"""What of the register each key sealed, and how it is sealed anew, so that an old key can be given up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Row, Table, func, select, tuple_, update

from records.database import Database
from records.rows import Seal, context
from records.tables import Record

SEVERAL = 500  # rows of one transaction


def sealed_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    for table in Record.metadata.sorted_tables:
        yield from ((table, column) for column in table.columns if isinstance(column.type, LargeBinary))


async def sealed_rows(database: Database, begins: int) -> Counter[bytes]:
    """How much each key sealed, by how that begins: so many bytes name the key."""

    def count(connection: Connection) -> Counter[bytes]:
        found: Counter[bytes] = Counter()
        for _, column in sealed_columns():
            named = func.substr(column, 1, begins, type_=LargeBinary())
            asked = select(named, func.count()).where(column.is_not(None)).group_by(named)
            found.update({bytes(key): rows for key, rows in connection.execute(asked)})
        return found

    return await database.read(count)


async def reseal(database: Database, seal: Seal, begins: bytes) -> int:
    """Seal anew whatever begins like this; what changes meanwhile stays as it was changed. How much it was."""
    done = 0
    for table, column in sealed_columns():
        key, last = tuple(table.primary_key), None
        while rows := await _some(database, key, column, begins, last):
            done += await _reseal_several(database, seal, table, column, rows)
            last = tuple(rows[-1])[:-1]
    return done


async def _some(
    database: Database, key: Sequence[Column[Any]], column: Column[bytes], begins: bytes, last: Any
) -> Sequence[Row[*tuple[Any, ...]]]:
    named = func.substr(column, 1, len(begins), type_=LargeBinary())
    asked = select(*key, column).where(named == begins).order_by(*key).limit(SEVERAL)
    if last:
        asked = asked.where(tuple_(*key) > last)
    return await database.read(lambda connection: connection.execute(asked).all())


async def _reseal_several(
    database: Database, seal: Seal, table: Table, column: Column[bytes], rows: Sequence[Row[*tuple[Any, ...]]]
) -> int:
    def seal_anew(connection: Connection) -> int:
        done = 0
        for *key, sealed in rows:
            bound = context(table.name if column.name == "sealed" else column.name, *key)
            anew = seal.seal(seal.open(sealed, bound), bound)
            is_it = [one == value for one, value in zip(table.primary_key, key, strict=True)]
            changing = update(table).where(*is_it, column == sealed).values({column: anew})
            done += connection.execute(changing).rowcount
        return done

    return await database.write(seal_anew)
