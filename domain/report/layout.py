"""A table in a layout that somebody else publishes: its columns in their order, each with its trust."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from domain.terms.calendar import Calendar
from domain.terms.sourced import Trust

T = TypeVar("T")
NONE = "None"  # as the layouts want it written where a field does not apply


@dataclass(frozen=True)
class Column(Generic[T]):
    """A field as its layout names it, with its length. What was not seen in a published layout is unverified."""

    name: str
    width: int
    value: Callable[[T], str]
    trust: Trust = Trust.UNVERIFIED


def lines_of(columns: Sequence[Column[T]], rows: Iterable[T]) -> list[list[str]]:
    """Each row in the layout; a text that is longer than its field is cut."""
    return [[column.value(row)[: column.width] for column in columns] for row in rows]


def yes(value: object) -> str:
    return "Y" if value else "N"


def day(calendar: Calendar, instant: datetime | None) -> str:
    """`2026/11/28`, in the plan's own zone."""
    return f"{calendar.local(instant):%Y/%m/%d}" if instant else NONE


def clock(calendar: Calendar, instant: datetime | None) -> str:
    """`17:05:00`, in the plan's own zone."""
    return f"{calendar.local(instant):%H:%M:%S}" if instant else NONE
