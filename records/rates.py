"""Rate tables in the register: kept, looked up, and what a file changed."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select, tuple_
from sqlmodel import col

from domain.rates.rates import KeptRates, Rate, RateTable
from records.database import Database
from records.tables import RateRow
from records.upserts import keep

_COLUMNS = [col(getattr(RateRow, name)) for name in RateRow.model_fields]


class RateStore:
    """The rate tables in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep_rates(self, rates: Sequence[Rate]) -> tuple[KeptRates, ...]:
        """Keep these rows, each in place of what it was, and say table by table what that changed."""

        def bring_in(connection: Connection) -> frozenset[Rate]:
            before = standing(connection, rates)
            keep(connection, [row_of(rate) for rate in rates if rate not in before])
            return before

        return compared(await self._database.write(bring_in), rates)

    async def rates(
        self, codes: Collection[str], quarters: Collection[str] | None = None
    ) -> tuple[Rate, ...]:
        """What each table, or those of these quarters, says of some codes, the newest first."""
        newest_first = (col(RateRow.quarter).desc(), col(RateRow.schedule), col(RateRow.code))
        found = select(*_COLUMNS).where(col(RateRow.code).in_(codes)).order_by(*newest_first)
        if quarters is not None:
            found = found.where(col(RateRow.quarter).in_(quarters))
        rows = await self._database.read(lambda connection: connection.execute(found).all())
        return tuple(map(rate_of, rows))

    async def rate_tables(self) -> tuple[RateTable, ...]:
        """Which quarters of which schedules were loaded, the oldest first."""
        names = (col(RateRow.schedule), col(RateRow.setting), col(RateRow.quarter))
        found = select(*names, func.count().label("codes")).group_by(*names).order_by(*names)
        rows = await self._database.read(lambda connection: connection.execute(found).mappings().all())
        return tuple(RateTable(**row) for row in rows)


def row_of(rate: Rate) -> RateRow:
    return RateRow(**rate.model_dump())


def rate_of(row: Row[Any]) -> Rate:
    return Rate.model_validate(row, from_attributes=True)


def standing(connection: Connection, rates: Sequence[Rate]) -> frozenset[Rate]:
    """Every rate that stands in the tables to which these rates belong."""
    named = tuple_(col(RateRow.schedule), col(RateRow.setting), col(RateRow.quarter))
    found = select(*_COLUMNS).where(named.in_({_table(rate) for rate in rates}))
    return frozenset(map(rate_of, connection.execute(found)))


def compared(before: frozenset[Rate], rates: Sequence[Rate]) -> tuple[KeptRates, ...]:
    """What these rates changed, table by table."""
    return tuple(
        _table_compared(table, [rate for rate in before if _table(rate) == table], list(rows))
        for table, rows in groupby(sorted(rates, key=_table), key=_table)
    )


def _table_compared(table: tuple[str, str, str], before: list[Rate], rates: list[Rate]) -> KeptRates:
    codes, codes_before = {rate.code for rate in rates}, {rate.code for rate in before}
    unchanged = len(set(before) & set(rates))
    schedule, setting, quarter = table
    return KeptRates(
        schedule=schedule,
        setting=setting,
        quarter=quarter,
        new=len(codes - codes_before),
        changed=len(codes & codes_before) - unchanged,
        unchanged=unchanged,
        not_named=len(codes_before - codes),
    )


def _table(rate: Rate) -> tuple[str, str, str]:
    return rate.schedule, rate.setting, rate.quarter
