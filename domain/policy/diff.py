"""What differs between two versions of the policy pack: rows that came, rows that went, fields that changed.

Rows are told apart by their id, where they have one, else by the day from which they are in force; in which order
they stand says nothing. A criteria table's clauses have ids too, and are compared one by one.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import JsonValue
from pydantic_core import to_jsonable_python

from domain.policy.pack import Pack
from domain.terms.frozen import Frozen


class RowFate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Change(Frozen):
    """One field of a row, before and after; None where the row, or the field, is not there."""

    field: str
    before: JsonValue
    after: JsonValue


class Difference(Frozen):
    """One row that is not the same in both. `in_force_from` is the newer pack's, where that has the row."""

    table: str
    row: str
    in_force_from: date | None  # staff are not in force
    fate: RowFate
    changes: tuple[Change, ...]


def differences(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """Every row that differs, table by table in the order of the pack."""
    tables = [name for name in Pack.model_fields if name != "content_hash"]
    return tuple(
        found for name in tables for found in _in_table(name, getattr(old, name), getattr(new, name))
    )


def _in_table(table: str, old: Iterable[Frozen], new: Iterable[Frozen]) -> Iterator[Difference]:
    before, after = _by_name(old), _by_name(new)
    for name in {**before, **after}:
        was, is_now = before.get(name), after.get(name)
        if changes := tuple(_changes(was or {}, is_now or {})):
            fate = RowFate.ADDED if was is None else RowFate.REMOVED if is_now is None else RowFate.CHANGED
            since = (is_now or was or {}).get("in_force_from")
            yield Difference(table=table, row=name, in_force_from=since, fate=fate, changes=changes)


def _by_name(rows: Iterable[Frozen]) -> dict[str, dict[str, Any]]:
    fields = [row.model_dump() for row in rows]
    return {str(row.get("id", row.get("in_force_from"))): row for row in fields}


def _changes(before: Any, after: Any, *path: str) -> Iterator[Change]:
    """Each field that differs, however deep; what only one side has is one change, with all that it holds."""
    before, after = _keyed(before), _keyed(after)
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            yield from _changes(before.get(name), after.get(name), *path, str(name))
    elif before != after:
        yield Change(field=".".join(path), before=_plain(before), after=_plain(after))


def _keyed(value: Any) -> Any:
    """Rows within a row, such as clauses, by their ids; anything else as it is."""
    if isinstance(value, tuple) and value and all(isinstance(item, dict) and "id" in item for item in value):
        return {item["id"]: item for item in value}
    return value


def _plain(value: Any) -> JsonValue:
    """As JSON has it; a set in alphabetical order, so that it reads the same each time."""
    plain: JsonValue = to_jsonable_python(sorted(value) if isinstance(value, frozenset) else value)
    return plain
