"""The agenda: what will happen when nobody acts, computed from the clocks and the escalation ladder.

The workflow sleeps until the next appointment, and the forecast is the same list: there is no other source of
dates. An appointment is kept once, late if need be. A rung is a fraction of the time from receipt to the due
instant, pauses left out; when a due date moves, the rungs still ahead of that moment are set again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from domain.clock.clock import Clock
from domain.clock.ladder import Rung
from domain.clock.ledger import Corrected, Received
from domain.clock.reckoning import Reckoning
from domain.clock.timeframe import Timeframe
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen

ONE_SECOND = timedelta(seconds=1)


class Occasion(StrEnum):
    """What an appointment is for, in the order in which they are kept when several are due at one instant."""

    RUNG = "rung"
    PAUSE_ENDS = "pause_ends"
    NOTICE_OF_RIGHTS = "notice_of_rights"
    MAIL_RUN = "mail_run"
    BREACH = "breach"
    LETTER_LATE = "letter_late"
    REMINDER = "reminder"
    FOLLOW_UP = "follow_up"
    ABSENCE_BEGINS = "absence_begins"
    WORK_GOES_BACK = "work_goes_back"
    WINDOW_ENDS = "window_ends"


ORDER = list(Occasion)


class Appointment(Frozen):
    """Something that will happen at an instant. The key is what is remembered once it has been kept."""

    at: AwareDatetime
    occasion: Occasion
    clock: str
    rung: str | None = None
    words: str

    @property
    def key(self) -> str:
        return f"{self.clock}/{self.rung or self.occasion.value}@{self.at.isoformat()}"


def agenda(
    clocks: Iterable[Clock],
    ladder: Sequence[Rung],
    kept: Sequence[str],
    calendar: Calendar,
    beside: Iterable[Appointment] = (),
) -> list[Appointment]:
    """Everything still to come from these clocks and `beside` them, earliest first; what was kept is left out."""
    every = [appointment for clock in clocks for appointment in _of_clock(clock, ladder, calendar)]
    every += beside
    ahead = [appointment for appointment in every if appointment.key not in kept]
    return sorted(ahead, key=lambda one: (one.at, ORDER.index(one.occasion), one.clock))


def _of_clock(clock: Clock, ladder: Sequence[Rung], calendar: Calendar) -> list[Appointment]:
    reckoning = clock.reckon(calendar) if clock.is_open else None
    if reckoning is None:
        return []
    row, due_at = reckoning.timeframe, reckoning.due_at(calendar)
    if row.times.is_window:
        ends = f"{row.title}: the time ends"
        return [
            *_reminders(clock, row, due_at, calendar),
            Appointment(at=due_at + ONE_SECOND, occasion=Occasion.WINDOW_ENDS, clock=clock.id, words=ends),
        ]
    found = [*_rungs(clock, ladder, reckoning, due_at), *_pause_end(clock, reckoning)]
    if clock.breached_at is None:
        found += _breach(clock, row, due_at)
    return found


def _reminders(clock: Clock, row: Timeframe, due_at: datetime, calendar: Calendar) -> list[Appointment]:
    """Those that lie ahead of the moment in which the window took its end."""
    return [
        Appointment(
            at=at, occasion=Occasion.REMINDER, clock=clock.id, words=f"{row.title}: {span} before the end"
        )
        for span in row.reminders
        if (at := span.before(due_at, calendar)) > clock.ledger[-1].recorded_at
    ]


def _breach(clock: Clock, row: Timeframe, due_at: datetime) -> list[Appointment]:
    missed = Appointment(
        at=due_at + ONE_SECOND,
        occasion=Occasion.BREACH,
        clock=clock.id,
        words=f"{row.id} missed: {row.expiry.meaning}",
    )
    if row.expiry.notice_before_end is None:
        return [missed]
    lead = timedelta(hours=row.expiry.notice_before_end)
    notice = Appointment(
        at=due_at - lead,
        occasion=Occasion.NOTICE_OF_RIGHTS,
        clock=clock.id,
        words=f"{row.id}: the notice of rights is owed today",
    )
    return [notice, missed]


def _pause_end(clock: Clock, reckoning: Reckoning) -> list[Appointment]:
    if reckoning.pause is None:
        return []
    words = "the time to answer ends and the clock runs again"
    at = reckoning.pause.until
    return [Appointment(at=at, occasion=Occasion.PAUSE_ENDS, clock=clock.id, words=words)]


def _rungs(clock: Clock, ladder: Sequence[Rung], reckoning: Reckoning, due_at: datetime) -> list[Appointment]:
    armed_at = _armed_at(clock)
    return [
        Appointment(at=at, occasion=Occasion.RUNG, clock=clock.id, rung=rung.id, words=rung.words)
        for rung in ladder
        if (at := _at_fraction(rung.fraction, reckoning, due_at)) > armed_at
    ]


def _armed_at(clock: Clock) -> datetime:
    """The moment from which rungs count: receipt, or the last time that the due date was moved.

    A correction arms every rung, because the case may be nearer to its due date than anybody knew.
    """
    armed_at = clock.ledger[0].at
    for entry in clock.ledger:
        match entry:
            case Corrected():
                armed_at = entry.received_at
            case Received():
                armed_at = entry.at
            case _:
                armed_at = entry.recorded_at
    return armed_at


def _at_fraction(fraction: float, reckoning: Reckoning, due_at: datetime) -> datetime:
    """The instant at which a fraction of the running time is used up; pauses before it push it back."""
    start = reckoning.started_at
    paused = sum((pause.ends_at - pause.begins_at for pause in reckoning.pauses), timedelta())
    at = start + timedelta(seconds=int((due_at - start - paused).total_seconds() * fraction))
    for pause in reckoning.pauses:
        if pause.begins_at <= at:
            at += pause.ends_at - pause.begins_at
    return at
