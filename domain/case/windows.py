"""Windows: time that belongs to other people, from the instant at which they were told."""

from datetime import datetime

from domain.case.case import Case
from domain.clock.ledger import Received
from domain.clock.timeframe import Timeframe
from domain.parts.events import EventKind


def open_window(case: Case, name: str, row: Timeframe, since: datetime, now: datetime, words: str) -> None:
    """A window runs from `since`, the later start in the place of an earlier one; said with its end."""
    case.clocks.begin(name, row, Received(at=since, recorded_at=now))
    say_until(case, name, words, now)


def say_until(case: Case, name: str, words: str, now: datetime) -> None:
    last = case.due_at_of(case.clocks[name])
    until = case.policy.calendar.show_due(last) if last else "no end"
    case.log.record(EventKind.WINDOW_OPENED, f"{words} {until}", now=now, clock=name)
