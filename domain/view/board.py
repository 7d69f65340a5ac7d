"""The board: how much waits where, and how late it is. Counts and case numbers, and nothing of a person."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pydantic import AwareDatetime

from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen

HOURS = 12
"""How far the strip of deadlines looks ahead."""

AGES = (1, 3, 7, 14, 30)
"""Days since receipt at which cases become one step older."""


class Day(Frozen):
    """A plan's own day: its last second, and when the day before began and ended."""

    ends_at: AwareDatetime
    began_at: AwareDatetime
    yesterday_at: AwareDatetime

    @classmethod
    def of(cls, calendar: Calendar, now: datetime) -> "Day":
        today = calendar.day_of(now)
        return cls(
            ends_at=calendar.end_of(today),
            began_at=_beginning(calendar, today),
            yesterday_at=_beginning(calendar, today - timedelta(days=1)),
        )


class InQueue(Frozen):
    """Open cases of a plan with work in a queue; what is late is not counted as due once more."""

    plan: str
    queue: str
    open: int
    unassigned: int
    today: int
    day: int  # due within 24 hours
    overdue: int


class Breached(Frozen):
    """Cases of a plan of which a deadline was missed yesterday, by the plan's own day."""

    plan: str
    cases: tuple[str, ...]


class Board(Frozen):
    """The whole board, at one instant."""

    queues: tuple[InQueue, ...]
    ages: tuple[int, ...]  # open cases with a duty of ours, one more than there are AGES
    hours: tuple[int, ...]  # of these, due within the first hour from now, the second, ...
    breaches: tuple[Breached, ...]
    to_attest: tuple[str, ...] = ()  # of the staff, in a sentence each


def ages(now: datetime) -> list[tuple[datetime | None, datetime | None]]:
    """For each step, after which instant a case was received and until which; None is open."""
    limits = [now - timedelta(days=days) for days in AGES]
    return list(zip([*limits, None], [None, *limits], strict=True))


def days_of(calendars: Mapping[str, Calendar], now: datetime) -> dict[str, Day]:
    """The day of each plan, by the plan's id."""
    return {plan: Day.of(calendar, now) for plan, calendar in calendars.items()}


def _beginning(calendar: Calendar, day: date) -> datetime:
    return calendar.end_of(day - timedelta(days=1)) + timedelta(seconds=1)
