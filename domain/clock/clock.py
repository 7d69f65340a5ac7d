"""The clock: a timeframe and a ledger of what happened to it.

A due date is never stored. It is what the ledger adds up to: received, extended, paused, resumed, tolled, toll
undone, retimed, corrected. A wrong entry is not overwritten; a correction stands beside it, and the fold takes
the corrected value. `explain` is the same fold, told step by step, so it cannot disagree with `due_at`.

In time means `at <= due_at`. Instants are whole seconds; a limit in days is kept through 23:59:59 of its last
day in the plan's zone, whether or not that is a holiday.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from domain.clock.ledger import Corrected, Entry
from domain.clock.reckoning import Reckoning, fold
from domain.clock.timeframe import Satisfaction, Timeframe
from domain.terms.calendar import Calendar, whole_seconds
from domain.terms.frozen import Frozen


class LedgerStep(Frozen):
    """One line of an explanation: what happened, what it did to the due date, and by which rule."""

    kind: str  # of the ledger's entry
    at: AwareDatetime
    recorded_at: AwareDatetime
    words: str
    by: str
    moved: timedelta
    due_at: AwareDatetime | None
    source: str


class Clock(Frozen):
    """One duty of one case, or of some of its lines (`lines` empty: of all).

    `satisfied_at` is the instant of the event that ended the duty; `ended_at` is set where the duty fell away
    unkept (a withdrawal, a window's end). `breached_at` is when a missed deadline was found, and stays None when
    the miss turned out to be none.
    """

    id: str
    lines: tuple[int, ...] = ()
    timeframe: Timeframe
    ledger: tuple[Entry, ...] = ()
    satisfied_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    breached_at: AwareDatetime | None = None

    def with_entry(self, entry: Entry) -> "Clock":
        return self.model_copy(update={"ledger": (*self.ledger, entry)})

    def reckon(self, calendar: Calendar) -> Reckoning | None:
        """Fold the whole ledger; None while the event that it counts from is not known."""
        return fold(self.timeframe, self.ledger, calendar)

    def due_at(self, calendar: Calendar) -> datetime | None:
        """The last instant in time. A window without a start has no end."""
        reckoning = self.reckon(calendar)
        return reckoning.due_at(calendar) if reckoning else None

    def row(self, calendar: Calendar) -> Timeframe:
        """The row that governs now: urgency may have changed since the clock began."""
        reckoning = self.reckon(calendar)
        return reckoning.timeframe if reckoning else self.timeframe

    @property
    def correction(self) -> Corrected | None:
        """The newest correction: what it says stands in for what was keyed."""
        return next((entry for entry in reversed(self.ledger) if isinstance(entry, Corrected)), None)

    @property
    def is_open(self) -> bool:
        return self.satisfied_at is None and self.ended_at is None

    def is_satisfied_by(self, event: Satisfaction, calendar: Calendar) -> bool:
        wanted = self.row(calendar).satisfied_by
        return event is wanted or (wanted is Satisfaction.NOTICE and event is Satisfaction.WRITTEN_NOTICE)

    def is_late(self, now: datetime, calendar: Calendar) -> bool:
        """Decided by instants alone: that of the event which satisfied or ended the duty, else now."""
        due_at = self.due_at(calendar)
        return due_at is not None and whole_seconds(self.satisfied_at or self.ended_at or now) > due_at

    def is_extended(self, calendar: Calendar) -> bool:
        """Was an extension taken that is not void?"""
        reckoning = self.reckon(calendar)
        return reckoning is not None and reckoning.extended_base is not None

    def explain(self, calendar: Calendar) -> tuple[LedgerStep, ...]:
        """Each entry with what it did to the due date. The moves add up, from the start to `due_at`."""
        return tuple(_steps(self.timeframe, self.ledger, calendar))


def _steps(timeframe: Timeframe, ledger: Sequence[Entry], calendar: Calendar) -> Iterator[LedgerStep]:
    before: datetime | None = None
    for count, entry in enumerate(ledger, start=1):
        reckoning = fold(timeframe, ledger[:count], calendar)
        if reckoning is None:
            continue
        due_at = reckoning.due_at(calendar)
        yield LedgerStep(
            kind=entry.kind,
            at=entry.at,
            recorded_at=entry.recorded_at,
            words=reckoning.said + (f": {entry.reason}" if entry.reason else ""),
            by=entry.by,
            moved=due_at - (before or reckoning.started_at),
            due_at=due_at,
            source=reckoning.source,
        )
        before = due_at
