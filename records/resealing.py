"""What of the register each key sealed, and how it is sealed anew, so that an old key can be given up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from records.engine import READING
from records.rows import Seal, context
from records.tables import Record

SEVERAL = 500  # rows of one transaction


def sealed_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    for table in Record.metadata.sorted_tables:
        yield from ((table, column) for column in table.columns if isinstance(column.type, LargeBinary))


async def sealed_rows(engine: AsyncEngine, begins: int) -> Counter[bytes]:
    """How much each key sealed, by how that begins: so many bytes name the key."""
    found: Counter[bytes] = Counter()
    async with engine.execution_options(**READING).connect() as connection:
        for _, column in sealed_columns():
            named = func.substr(column, 1, begins, type_=LargeBinary())
            asked = select(named, func.count()).where(column.is_not(None)).group_by(named)
            found.update({bytes(key): rows for key, rows in await connection.execute(asked)})
    return found


async def reseal(engine: AsyncEngine, seal: Seal, begins: bytes) -> int:
    """Seal anew whatever begins like this; what changes meanwhile stays as it was changed. How much it was."""
    done = 0
    for table, column in sealed_columns():
        key, last = tuple(table.primary_key), None
        while rows := await _some(engine, key, column, begins, last):
            done += await _reseal_several(engine, seal, table, column, rows)
            last = tuple(rows[-1])[:-1]
    return done


async def _some(
    engine: AsyncEngine, key: Sequence[Column[Any]], column: Column[bytes], begins: bytes, last: Any
) -> Sequence[Sequence[Any]]:
    named = func.substr(column, 1, len(begins), type_=LargeBinary())
    asked = select(*key, column).where(named == begins).order_by(*key).limit(SEVERAL)
    if last:
        asked = asked.where(tuple_(*key) > last)
    async with engine.execution_options(**READING).connect() as connection:
        return (await connection.execute(asked)).all()


async def _reseal_several(
    engine: AsyncEngine, seal: Seal, table: Table, column: Column[bytes], rows: Sequence[Sequence[Any]]
) -> int:
    done = 0
    async with engine.begin() as connection:
        for *key, sealed in rows:
            bound = context(table.name if column.name == "sealed" else column.name, *key)
            anew = seal.seal(seal.open(sealed, bound), bound)
            is_it = [one == value for one, value in zip(table.primary_key, key, strict=True)]
            done += (
                await connection.execute(update(table).where(*is_it, column == sealed).values({column: anew}))
            ).rowcount
    return done
