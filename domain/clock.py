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

from domain.calendar import Calendar, Frozen
from domain.ledger import Corrected, Entry, Extended, Paused, Received, Resumed, Retimed, Tolled, TollUndone
from domain.timeframe import Satisfaction, Timeframe, Unit


class Step(Frozen):
    """One line of an explanation: what happened, what it did to the due date, and by which rule."""

    at: AwareDatetime
    recorded_at: AwareDatetime
    words: str
    by: str
    moved: timedelta
    due_at: AwareDatetime | None
    source: str


class Reckoning(Frozen):
    """Where the fold stands after some entries. `base` is the due instant before pauses and tolls are added."""

    timeframe: Timeframe
    started_at: AwareDatetime
    base: AwareDatetime
    paused_days: int = 0
    paused_seconds: timedelta = timedelta()
    pause: Paused | None = None
    extended: bool = False
    tolls: dict[str, AwareDatetime] = {}
    said: str = ""
    source: str = ""

    def due_at(self, calendar: Calendar) -> datetime:
        """The last instant in time, a running pause counted as if it lasted to its own end."""
        days, seconds = self.paused_days, self.paused_seconds
        if self.pause:
            days += _days(self.pause.at, self.pause.until, calendar)
            seconds += self.pause.until - self.pause.at
        if self.timeframe.span.unit is Unit.HOURS:
            due = self.base + seconds
        else:
            due = calendar.end_of(calendar.day_of(self.base) + timedelta(days=days)) if days else self.base
        return max([due, *self.tolls.values()])


def _days(start: datetime, end: datetime, calendar: Calendar) -> int:
    return max((calendar.day_of(end) - calendar.day_of(start)).days, 0)


def furthest_extension(timeframe: Timeframe, due_at: datetime, calendar: Calendar) -> datetime | None:
    """The latest date to which the row lets this due date be extended; None where it allows none."""
    if timeframe.extension is None:
        return None
    span = timeframe.extension.span
    if timeframe.span.unit is Unit.HOURS and span.unit is not Unit.HOURS:
        return due_at + timedelta(days=span.length)  # a limit to the second stays one
    return span.after(due_at, calendar)


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
    def is_open(self) -> bool:
        return self.satisfied_at is None and self.ended_at is None

    def is_satisfied_by(self, event: Satisfaction, calendar: Calendar) -> bool:
        wanted = self.row(calendar).satisfied_by
        return event is wanted or (wanted is Satisfaction.NOTICE and event is Satisfaction.WRITTEN_NOTICE)

    def is_late(self, now: datetime, calendar: Calendar) -> bool:
        """Decided by instants alone: the satisfying event's own, or now where there is none."""
        due_at = self.due_at(calendar)
        return due_at is not None and self.ended_at is None and (self.satisfied_at or now) > due_at

    def remaining(self, now: datetime, calendar: Calendar) -> timedelta | None:
        due_at = self.due_at(calendar)
        return due_at - now if due_at else None

    def is_extended(self, calendar: Calendar) -> bool:
        """Was an extension taken that is not void?"""
        reckoning = self.reckon(calendar)
        return reckoning is not None and reckoning.extended

    def explain(self, calendar: Calendar) -> tuple[Step, ...]:
        """Each entry with what it did to the due date. The moves add up, from the start to `due_at`."""
        return tuple(_steps(self.timeframe, self.ledger, calendar))


def _steps(timeframe: Timeframe, ledger: Sequence[Entry], calendar: Calendar) -> Iterator[Step]:
    before: datetime | None = None
    for count, entry in enumerate(ledger, start=1):
        reckoning = fold(timeframe, ledger[:count], calendar)
        if reckoning is None:
            continue
        due_at = reckoning.due_at(calendar)
        yield Step(
            at=entry.at,
            recorded_at=entry.recorded_at,
            words=reckoning.said + (f": {entry.reason}" if entry.reason else ""),
            by=entry.by,
            moved=due_at - (before or reckoning.started_at),
            due_at=due_at,
            source=reckoning.source,
        )
        before = due_at


def fold(timeframe: Timeframe, ledger: Sequence[Entry], calendar: Calendar) -> Reckoning | None:
    """What the entries add up to. The newest correction stands in for the receipt that was keyed wrong."""
    corrections = [entry for entry in ledger if isinstance(entry, Corrected)]
    reckoning: Reckoning | None = None
    for entry in ledger:
        match entry:
            case Received():
                start, row = entry.at, timeframe
                if corrections:
                    start, row = corrections[-1].received_at, corrections[-1].timeframe
                reckoning = _begin(row, start, calendar)
            case _ if reckoning is not None:
                reckoning = _apply(entry, reckoning, calendar)
    return reckoning


def _begin(row: Timeframe, start: datetime, calendar: Calendar) -> Reckoning:
    counted = start if row.presumed_receipt is None else row.presumed_receipt.after(start, calendar)
    presumed = f", taken to arrive within {row.presumed_receipt}" if row.presumed_receipt else ""
    return Reckoning(
        timeframe=row,
        started_at=start,
        base=row.end(counted, calendar),
        said=f"{row.counts_from.value.replace('_', ' ')} {calendar.show(start)} is day 0{presumed}; "
        f"{row.id} allows {row.span}",
        source=row.source,
    )


def _apply(entry: Entry, before: Reckoning, calendar: Calendar) -> Reckoning:
    match entry:
        case Extended():
            return _extend(entry, before, calendar)
        case Paused():
            used = _used(before, entry.at, calendar)
            return _said(before, f"paused with {used} used", _pause_source(before), pause=entry)
        case Resumed():
            return _resume(entry, before, calendar)
        case Tolled():
            tolls = before.tolls | {entry.authority: entry.until}
            words = f"held open to {calendar.show_due(entry.until)}"
            return _said(before, words, entry.authority, tolls=tolls)
        case TollUndone():
            tolls = {name: until for name, until in before.tolls.items() if name != entry.authority}
            return _said(before, "toll undone", entry.authority, tolls=tolls)
        case Retimed():
            return _retime(entry, before, calendar)
        case Corrected():
            words = f"receipt corrected to {calendar.show(entry.received_at)}; {entry.timeframe.id} governs"
            return _said(before, words, entry.timeframe.source)
        case Received():
            return before


def _said(before: Reckoning, words: str, source: str, **changes: object) -> Reckoning:
    return before.model_copy(update={"said": words, "source": source, **changes})


def _extend(entry: Extended, before: Reckoning, calendar: Calendar) -> Reckoning:
    due_at = before.due_at(calendar)
    extension = before.timeframe.extension
    furthest = furthest_extension(before.timeframe, due_at, calendar)
    if extension is None or furthest is None:
        return _said(before, "extension void: the row allows none", before.timeframe.source)
    if before.extended:
        return _said(before, "extension void: extended once already", extension.source)
    if entry.notice_sent_at > due_at:
        return _said(before, "extension void: its notice left after the due date", extension.source)
    until = min(entry.until, furthest)
    words = f"extended to {calendar.show_due(until)} ({entry.ground.replace('_', ' ')})"
    base = before.base + (until - due_at)
    if before.timeframe.span.unit is not Unit.HOURS:
        base = calendar.end_of(calendar.day_of(before.base) + timedelta(days=_days(due_at, until, calendar)))
    return _said(before, words, extension.source, base=base, extended=True)


def _resume(entry: Resumed, before: Reckoning, calendar: Calendar) -> Reckoning:
    if before.pause is None:
        return _said(before, "resumed; it was not paused", before.timeframe.source)
    end = min(entry.at, before.pause.until)
    after = before.model_copy(
        update={
            "pause": None,
            "paused_days": before.paused_days + _days(before.pause.at, end, calendar),
            "paused_seconds": before.paused_seconds + (end - before.pause.at),
        }
    )
    left = _left(after, end, calendar)
    return _said(after, f"resumed with {left} left", _pause_source(before))


def _retime(entry: Retimed, before: Reckoning, calendar: Calendar) -> Reckoning:
    base = entry.timeframe.end(entry.counts_from, calendar)
    row = entry.timeframe
    counted = f"{row.id} allows {row.span} from {calendar.show(entry.counts_from)}"
    if entry.earlier_governs and before.base < base:
        return _said(before, f"{counted}; the earlier due date stands", row.source)
    return _said(before, counted, row.source, timeframe=row, base=base)


def _pause_source(reckoning: Reckoning) -> str:
    return reckoning.timeframe.pause.source if reckoning.timeframe.pause else reckoning.timeframe.source


def _used(reckoning: Reckoning, at: datetime, calendar: Calendar) -> str:
    if reckoning.timeframe.span.unit is Unit.HOURS:
        return f"{at - reckoning.started_at - reckoning.paused_seconds}"
    used = _days(reckoning.started_at, at, calendar) - reckoning.paused_days
    whole = _days(reckoning.started_at, reckoning.base, calendar)
    return f"{used} of {whole} days"


def _left(reckoning: Reckoning, at: datetime, calendar: Calendar) -> str:
    due_at = reckoning.due_at(calendar)
    if reckoning.timeframe.span.unit is Unit.HOURS:
        return f"{due_at - at}"
    return f"{_days(at, due_at, calendar)} days"
