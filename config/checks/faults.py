"""What is wrong in a policy pack, and how to walk through one."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from domain.policy.pack import Pack


class Fault(NamedTuple):
    """One thing wrong in a pack. `table` is a table's name or, for a file that holds none, the file's."""

    table: str
    row: str
    field: str
    rule: str

    def in_file(self, files: dict[str, str]) -> str:
        return f"{files.get(self.table, self.table)}, {self.row}, {self.field}: {self.rule}"


def rows_of(pack: Pack) -> Iterator[tuple[str, str, BaseModel]]:
    for table in Pack.model_fields:
        rows = getattr(pack, table)
        if isinstance(rows, tuple):
            for number, row in enumerate(rows, start=1):
                yield table, getattr(row, "id", f"{table} {number}"), row


def values_in(value: object, field: str = "") -> Iterator[tuple[str, object]]:
    """Every value inside a row with the field it stands in: models, lists and plain values alike."""
    yield field, value
    parts: list[tuple[Any, Any]] = []
    if isinstance(value, BaseModel):
        parts = list(value)
    elif isinstance(value, tuple):
        parts = list(enumerate(value))
    for name, part in parts:
        yield from values_in(part, f"{field}.{name}".lstrip("."))
