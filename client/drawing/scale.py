"""From days to places on paper. Stretches of days on which nothing happens are folded into one narrow column."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.terms.calendar import Calendar

DAY = timedelta(days=1)
FOLDED = 62.0  # pixels of a column that stands for many days
WIDE_ENOUGH = 14.0  # pixels in which a day can be told from the next
QUIET_DAYS = (10_000, 40, 20, 12, 7, 4)  # as few days as need be are folded: the longest stretches first


@dataclass(frozen=True)
class Column:
    """One day, or many that are folded together."""

    first: date
    days: int
    left: float
    right: float

    @property
    def is_folded(self) -> bool:
        return self.days > 1

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Scale:
    calendar: Calendar
    columns: tuple[Column, ...]

    def x(self, at: datetime) -> float:
        """Where an instant stands, on the plan's own clock."""
        day = self.calendar.day_of(at)
        column = next((one for one in reversed(self.columns) if one.first <= day), self.columns[0])
        begins_at = self.calendar.at(column.first, time())
        length = self.calendar.at(column.first + column.days * DAY, time()) - begins_at
        return column.left + column.width * min(1.0, max(0.0, (at - begins_at) / length))


def runs(calendar: Calendar, instants: Iterable[datetime], quiet_days: int) -> list[tuple[date, int]]:
    """Every day from the first instant to the day after the last; quiet stretches of so many days as one."""
    busy = {calendar.day_of(at) for at in instants}
    shown = sorted(busy | {day + DAY for day in busy})
    found: list[tuple[date, int]] = []
    for day, following in zip(shown, [*shown[1:], shown[-1] + DAY], strict=True):
        found.append((day, 1))
        quiet = (following - day).days - 1
        if quiet >= quiet_days:
            found.append((day + DAY, quiet))
        else:
            found += [(day + count * DAY, 1) for count in range(1, quiet + 1)]
    return found


def scale(calendar: Calendar, instants: Iterable[datetime], left: float, right: float) -> Scale:
    """A column for each day, as wide as the paper allows."""
    instants = set(instants)
    drawn = (_columns(runs(calendar, instants, quiet), left, right) for quiet in QUIET_DAYS)
    columns: list[Column] = []
    for columns in drawn:
        if min(one.width for one in columns) >= WIDE_ENOUGH:
            break
    return Scale(calendar, tuple(columns))


def _columns(days: list[tuple[date, int]], left: float, right: float) -> list[Column]:
    folded = sum(count > 1 for _, count in days)
    width = (right - left - folded * FOLDED) / (len(days) - folded)
    columns: list[Column] = []
    for first, count in days:
        begins = columns[-1].right if columns else left
        columns.append(Column(first, count, begins, begins + (FOLDED if count > 1 else width)))
    return columns
