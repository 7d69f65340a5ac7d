"""Plans are walls: whatever is read for somebody is narrowed to the cases that they may know of.

In one place, and beneath every question: a new one need not think of it.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Join,
    Select,
    Table,
    event,
    false,
    select,
)

from domain.terms.walls import BEYOND, WITHIN, WITHOUT
from records.tables import CaseRow
from records.upserts import table_of

OF_EVERYBODY = {"rates", "absences", "attestations", "installation"}
"""Tables that are about no plan; of any other that does not say whose a row is, a wall lets nothing through."""

_CASES = table_of(CaseRow)


def keep_walls(engine: Engine) -> None:
    """Let no answer of this register reach beyond the walls of whoever asks."""
    event.listen(engine, "before_execute", _narrowed, retval=True)


def _narrowed(
    _connection: Connection, asked: Any, many: Any, parameters: Any, _options: Any
) -> tuple[Any, Any, Any]:
    plans, members = WITHIN.get(), WITHOUT.get()
    if isinstance(asked, Select) and (plans is not None or members):
        for table in _tables(asked.get_final_froms()):
            if "member_hash" in table.c:
                asked = asked.where(*_allowed(table, plans, members))
            elif "case_number" in table.c:
                theirs = select(_CASES.c.number).where(*_allowed(_CASES, plans, members))
                asked = asked.where(table.c.case_number.in_(theirs))
            elif "plan" in table.c and plans is not None:
                asked = asked.where(table.c.plan.in_(plans))
            elif isinstance(table, Table) and plans is not None and table.name not in OF_EVERYBODY:
                asked = asked.where(false())  # it tells of several plans at once
    return asked, many, parameters


def _allowed(
    cases: FromClause, plans: frozenset[str] | None, members: frozenset[str]
) -> Iterator[ColumnElement[bool]]:
    """What holds for a case that whoever asks may know of."""
    if plans is not None:
        yield cases.c.plan.in_(plans) | cases.c.number.in_(BEYOND.get())
    if members:
        yield cases.c.member_hash.not_in(members)


def _tables(found: Any) -> Iterator[FromClause]:
    """The tables that rows are read from, under whatever name. What may be there beside a row belongs to it."""
    for one in found:
        if isinstance(one, Join):
            yield from _tables((one.left,) if one.isouter else (one.left, one.right))
        else:
            yield one
