"""Plans are walls: whatever is read for somebody who works for some plans alone is narrowed to those.

In one place, and beneath every question: a new one need not think of it.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, FromClause, Join, Select, event, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.terms.walls import WITHIN
from records.tables import CaseRow
from records.upserts import table_of

_CASES = table_of(CaseRow)


def keep_walls(engine: AsyncEngine) -> None:
    """Let no answer of this register reach beyond the walls of whoever asks."""
    event.listen(engine.sync_engine, "before_execute", _narrowed, retval=True)


def _narrowed(
    _connection: Connection, asked: Any, many: Any, parameters: Any, _options: Any
) -> tuple[Any, Any, Any]:
    plans = WITHIN.get()
    if plans is not None and isinstance(asked, Select):
        for table in _tables(asked.get_final_froms()):
            if "plan" in table.c:
                asked = asked.where(table.c.plan.in_(plans))
            elif "case_number" in table.c:
                theirs = select(_CASES.c.number).where(_CASES.c.plan.in_(plans))
                asked = asked.where(table.c.case_number.in_(theirs))
    return asked, many, parameters


def _tables(found: Any) -> Iterator[FromClause]:
    """The tables that rows are read from, under whatever name. What may be there beside a row belongs to it."""
    for one in found:
        if isinstance(one, Join):
            yield from _tables((one.left,) if one.isouter else (one.left, one.right))
        else:
            yield one
