"""Shares and times: the arithmetic of every report, small enough to be done again by hand."""

from collections.abc import Collection
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from domain.terms.frozen import Frozen

TENTH = Decimal("0.1")
DAY = timedelta(days=1)


class Share(Frozen):
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """Of a hundred, to the tenth, half a tenth upward; None where there is nothing to share."""
        return tenth(Decimal(self.count) * 100 / self.of) if self.of else None

    def __str__(self) -> str:
        return "none to count" if self.percent is None else f"{self.percent}%"


class Elapsed(Frozen):
    """How long something took: the mean and the median of so many times, in whole seconds."""

    of: int
    mean: int
    median: int

    @classmethod
    def over(cls, times: Collection[timedelta]) -> "Elapsed | None":
        """Of these times; None where there are none."""
        seconds = [int(one.total_seconds()) for one in times]
        if not seconds:
            return None
        return cls(of=len(seconds), mean=round(sum(seconds) / len(seconds)), median=round(median(seconds)))


def tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, rounding=ROUND_HALF_UP)


def in_hours(seconds: int) -> str:
    return f"{tenth(Decimal(seconds) / 3600)} hours"


def in_days(seconds: int) -> str:
    """In days; what is less than one is told in hours, and never as 0 days."""
    if timedelta(seconds=seconds) < DAY:
        return in_hours(seconds)
    return f"{tenth(Decimal(seconds) / 86400)} days"
