"""The reckoning: what the entries of a ledger add up to.

One fold serves everybody: the due date, the explanation, the rungs and the forecast are read off it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from pydantic import AwareDatetime

from domain.clock.ledger import (
    Corrected,
    Entry,
    Extended,
    Paused,
    Received,
    Resumed,
    Retimed,
    Tolled,
    TollUndone,
)
from domain.clock.span import Span, Unit
from domain.clock.timeframe import CountsFrom, Timeframe
from domain.terms.calendar import Calendar, whole_seconds
from domain.terms.frozen import Frozen

A_DAY = timedelta(days=1)


class Stretch(Frozen):
    """A time in which the clock stood still."""

    begins_at: AwareDatetime
    ends_at: AwareDatetime


class Reckoning(Frozen):
    """Where the fold stands after some entries. `base` is the due instant before pauses and tolls are added.

    The row in force counts from `counted_from`; what stood still before then has nothing to do with it.
    """

    timeframe: Timeframe
    started_at: AwareDatetime
    counted_from: AwareDatetime
    base: AwareDatetime
    ended_pauses: tuple[Stretch, ...] = ()
    pause: Paused | None = None
    extended_base: AwareDatetime | None = None
    tolls: dict[str, AwareDatetime] = {}
    said: str = ""
    source: str = ""

    @property
    def pauses(self) -> tuple[Stretch, ...]:
        """Every stretch in which the clock stood still, a running one as if it lasted to its own end."""
        if self.pause is None:
            return self.ended_pauses
        return (*self.ended_pauses, Stretch(begins_at=self.pause.at, ends_at=self.pause.until))

    @property
    def _counted_pauses(self) -> list[tuple[datetime, datetime]]:
        """The pauses of the row in force, cut to begin no earlier than its counting."""
        pauses = [(max(one.begins_at, self.counted_from), one.ends_at) for one in self.pauses]
        return [(min(begin, end), end) for begin, end in pauses]

    def days(self, day: date, until: date, calendar: Calendar) -> int:
        """The days from `day` on and before `until`, as the row counts them: business days skip a weekend."""
        if self.timeframe.span.unit is Unit.BUSINESS_DAYS:
            return calendar.business_days_between(day, until)
        return (until - day).days

    def _days_later(self, day: date, days: int, calendar: Calendar) -> date:
        if self.timeframe.span.unit is Unit.BUSINESS_DAYS:
            return calendar.business_days_after(day, days)
        return day + timedelta(days=days)

    def paused_days(self, calendar: Calendar) -> int:
        days = [(calendar.day_of(begin), calendar.day_of(end)) for begin, end in self._counted_pauses]
        return sum(self.days(begin, end, calendar) for begin, end in days)

    @property
    def paused_seconds(self) -> timedelta:
        return sum((end - begin for begin, end in self._counted_pauses), timedelta())

    def due_at(self, calendar: Calendar) -> datetime:
        """The last instant in time."""
        return max([self.due_before_tolls(calendar), *self.tolls.values()])

    def due_before_tolls(self, calendar: Calendar) -> datetime:
        """A row in days pauses in whole days, a row in hours to the second."""
        if self.timeframe.span.unit is Unit.HOURS:
            return self.base + self.paused_seconds
        if days := self.paused_days(calendar):
            return calendar.end_of(self._days_later(calendar.day_of(self.base), days, calendar))
        return self.base

    def base_for(self, due: datetime, calendar: Calendar) -> datetime:
        """The base that comes out at `due` once the pauses are added, and on no later day."""
        if self.timeframe.span.unit is Unit.HOURS:
            return due - self.paused_seconds
        day, days = calendar.day_of(due), self.paused_days(calendar)
        base = day - timedelta(days=days)
        while self._days_later(base, days, calendar) > day:
            base -= A_DAY
        return calendar.end_of(base)


def furthest_extension(timeframe: Timeframe, due_at: datetime, calendar: Calendar) -> datetime | None:
    """The latest date to which the row lets this due date be extended; None where it allows none."""
    if timeframe.extension is None:
        return None
    return _furthest(timeframe, timeframe.extension.span, due_at, calendar)


def _furthest(timeframe: Timeframe, span: Span, due_at: datetime, calendar: Calendar) -> datetime:
    if timeframe.span.unit is Unit.HOURS and span.unit is not Unit.HOURS:
        # A limit to the second stays one: the same time on the wall, so many days later.
        wall = calendar.local(due_at)
        return calendar.at(wall.date() + timedelta(days=span.length), wall.time())
    return span.after(due_at, calendar)


def fold(timeframe: Timeframe, ledger: Sequence[Entry], calendar: Calendar) -> Reckoning | None:
    """What the entries add up to. The newest correction stands in for the receipt that was keyed wrong.

    A toll that was undone is as if it had never been: what leaned on it falls with it.
    """
    corrections = [entry for entry in ledger if isinstance(entry, Corrected)]
    correction = corrections[-1] if corrections else None
    is_replanned = any(entry.what == "plan" for entry in corrections)
    reckoning: Reckoning | None = None
    for count, entry in enumerate(ledger, start=1):
        match entry:
            case Tolled() if _is_undone(entry, ledger[count:]):
                continue
            case Paused() | Resumed() | Retimed() if (
                is_replanned and reckoning and correction and not _has_room_for(entry, correction, reckoning)
            ):
                words = "void: the true line of business has no such rule"
                reckoning = _said(reckoning, words, reckoning.timeframe.source)
            case Received() if correction:
                reckoning = _begin(correction.row_for(timeframe), correction.received_at, calendar)
            case Received():
                reckoning = _begin(timeframe, entry.at, calendar)
            case Retimed() if reckoning and correction:
                true = entry.model_copy(update={"timeframe": correction.row_for(entry.timeframe)})
                reckoning = _retime(true, reckoning, calendar)
            case _ if reckoning is not None:
                reckoning = _apply(entry, reckoning, calendar)
    return reckoning


def _has_room_for(entry: Paused | Resumed | Retimed, correction: Corrected, before: Reckoning) -> bool:
    """Does the plan that a case was corrected to let this happen to its clock at all?"""
    if isinstance(entry, Retimed):
        return correction.row_for(entry.timeframe) in correction.rows
    return before.timeframe.pause is not None


def _is_undone(toll: Tolled, later: Sequence[Entry]) -> bool:
    return any(isinstance(entry, TollUndone) and entry.authority == toll.authority for entry in later)


def _begin(row: Timeframe, start: datetime, calendar: Calendar) -> Reckoning:
    counted = start if row.presumed_receipt is None else row.presumed_receipt.after(start, calendar)
    presumed = f", taken to arrive within {row.presumed_receipt}" if row.presumed_receipt else ""
    return Reckoning(
        timeframe=row,
        started_at=start,
        counted_from=start,
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
            stopped = _end_pause(before, entry.at)
            return _said(stopped, f"paused with {used} used", _pause_source(before), pause=entry)
        case Resumed():
            return _resume(entry, before, calendar)
        case Tolled():
            tolls = before.tolls | {entry.authority: entry.until}
            words = f"held open to {calendar.show_due(entry.until)}"
            return _said(before, words, entry.authority, tolls=tolls)
        case TollUndone():
            return _said(before, "toll undone", entry.authority)
        case Retimed():
            return _retime(entry, before, calendar)
        case Corrected():
            row = before.timeframe
            words = {
                "receipt": f"receipt corrected to {calendar.show(entry.received_at)}; {row.id} governs",
                "row": f"policy row corrected; {row.id} allows {row.span}",
                "plan": f"line of business corrected; {row.id} governs, {row.span} from the original receipt",
            }[entry.what]
            return _said(before, words, row.source)
        case Received():
            return before


def _said(before: Reckoning, words: str, source: str, **changes: object) -> Reckoning:
    return before.model_copy(update={"said": words, "source": source, **changes})


def _extend(entry: Extended, before: Reckoning, calendar: Calendar) -> Reckoning:
    due_at = before.due_at(calendar)
    extension = before.timeframe.extension
    if extension is None:
        return _said(before, "extension void: the row allows none", before.timeframe.source)
    if before.extended_base:
        return _said(before, "extension void: extended once already", extension.source)
    if whole_seconds(entry.notice_sent_at) > due_at:
        return _said(before, "extension void: its notice left after the due date", extension.source)
    furthest = _furthest(before.timeframe, extension.span, due_at, calendar)
    until = max(due_at, min(entry.until, furthest))
    words = f"extended to {calendar.show_due(until)} ({entry.ground.replace('_', ' ')})"
    base = before.base_for(until, calendar) if until > due_at else before.base
    return _said(before, words, extension.source, base=base, extended_base=base)


def _resume(entry: Resumed, before: Reckoning, calendar: Calendar) -> Reckoning:
    if before.pause is None:
        return _said(before, "resumed; it was not paused", before.timeframe.source)
    after = _end_pause(before, entry.at)
    left = _left(after, after.ended_pauses[-1].ends_at, calendar)
    return _said(after, f"resumed with {left} left", _pause_source(before))


def _end_pause(before: Reckoning, at: datetime) -> Reckoning:
    """A running pause ends at `at`: not before it began, and not after its own end."""
    if before.pause is None:
        return before
    end = max(before.pause.at, min(at, before.pause.until))
    ended = (*before.ended_pauses, Stretch(begins_at=before.pause.at, ends_at=end))
    return before.model_copy(update={"pause": None, "ended_pauses": ended})


def _retime(entry: Retimed, before: Reckoning, calendar: Calendar) -> Reckoning:
    """A row that counts from receipt counts from the true one, and keeps an extension that was taken."""
    row, start = entry.timeframe, entry.counts_from
    if row.counts_from is CountsFrom.RECEIPT:
        start = before.started_at
    base = row.end(start, calendar)
    if before.extended_base and row.counts_from is CountsFrom.RECEIPT:
        base = max(base, before.extended_base)
    counted = f"{row.id} allows {row.span} from {calendar.show(start)}"
    stopped = before if row.pause else _end_pause(before, entry.at)
    after = _said(stopped, counted, row.source, timeframe=row, counted_from=start, base=base)
    if entry.earlier_governs and before.due_at(calendar) < after.due_at(calendar):
        return _said(before, f"{counted}; the earlier due date stands", row.source)
    return after


def _pause_source(reckoning: Reckoning) -> str:
    return reckoning.timeframe.pause.source if reckoning.timeframe.pause else reckoning.timeframe.source


def _used(reckoning: Reckoning, at: datetime, calendar: Calendar) -> str:
    if reckoning.timeframe.span.unit is Unit.HOURS:
        return f"{at - reckoning.counted_from - reckoning.paused_seconds}"
    # The day of receipt is day 0, whether or not anybody was there: counting begins on the day after it.
    begins, base = calendar.day_of(reckoning.counted_from) + A_DAY, calendar.day_of(reckoning.base) + A_DAY
    whole = reckoning.days(begins, base, calendar)
    left = reckoning.days(
        calendar.day_of(at), calendar.day_of(reckoning.due_before_tolls(calendar)), calendar
    )
    return f"{whole - left} of {whole} days"


def _left(reckoning: Reckoning, at: datetime, calendar: Calendar) -> str:
    due_at = reckoning.due_at(calendar)
    if reckoning.timeframe.span.unit is Unit.HOURS:
        return f"{due_at - at}"
    left = reckoning.days(calendar.day_of(at), calendar.day_of(due_at), calendar)
    return f"{max(left, 0)} days"
