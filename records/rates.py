"""Rate tables in the register: the translation each way, and what a file changed."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from domain.rates import KeptRates, Rate
from records.tables import RateRow


def row_of(rate: Rate) -> RateRow:
    return RateRow(**rate.model_dump())


def rate_of(row: RateRow | Row[Any]) -> Rate:
    return Rate.model_validate(row, from_attributes=True)


async def standing(connection: AsyncConnection, rates: Sequence[Rate]) -> frozenset[Rate]:
    """Every rate that stands in the tables to which these rates belong."""
    named = tuple_(col(RateRow.schedule), col(RateRow.setting), col(RateRow.quarter))
    found = select(RateRow).where(named.in_({_table(rate) for rate in rates}))
    rows = await connection.execute(found)
    return frozenset(rate_of(row) for row in rows)


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
