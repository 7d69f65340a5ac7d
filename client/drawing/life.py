"""The life of a case as lanes: what its ledgers, its events and its forecast say, before anything is drawn.

Only kinds, clocks, rungs, queues and dates are read from events, and never their words: those may quote people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from client.drawing.bars import BarStretch, Piece, endless, pieces
from client.drawing.words import HAPPENED, HIDDEN, coming_words, happened_words, step_words
from domain.parts.events import Event, EventKind
from domain.terms.calendar import Calendar
from domain.view.showing import span
from domain.view.view import Explained, Explanation, Timeline


@dataclass(frozen=True)
class Mark:
    at: datetime
    words: str  # none: a mark that needs no label
    is_past: bool


@dataclass(frozen=True)
class Lane:
    """One clock: its bar, what its ledger took note of, and its appointments, kept and to come."""

    name: str
    title: str
    state: tuple[str, ...]
    is_window: bool
    pieces: tuple[Piece, ...]
    entries: tuple[Mark, ...]
    appointments: tuple[Mark, ...]
    due_at: datetime | None = None
    former_dues: tuple[datetime, ...] = ()

    @property
    def instants(self) -> Iterator[datetime]:
        for piece in self.pieces:
            yield from (piece.begins_at, piece.ends_at)
        yield from (mark.at for mark in (*self.entries, *self.appointments))
        yield from self.former_dues


@dataclass(frozen=True)
class Life:
    case: str
    calendar: Calendar
    policy: str
    now: datetime
    headline: str
    happened: tuple[Mark, ...]
    lanes: tuple[Lane, ...]
    coming: tuple[Mark, ...]

    @property
    def instants(self) -> set[datetime]:
        marks = (mark.at for mark in (*self.happened, *self.coming))
        return {self.now, *marks, *(at for lane in self.lanes for at in lane.instants)}


def life_of(told: Explanation, past: Timeline, forecast: Timeline, now: datetime) -> Life:
    """The case as its three answers tell it. Under virtual time its now is later than the asker's."""
    now = max([now, *(event.recorded_at for event in past.events)])
    known = {clock.clock for clock in told.clocks}
    lanes = [_lane(clock, past.events, forecast.events, told.calendar, now) for clock in told.clocks]
    lanes += _lanes_to_come(forecast.events, known, told.calendar)
    return Life(
        case=told.case,
        calendar=told.calendar,
        policy=told.policy,
        now=now,
        headline=_headline(told, now),
        happened=tuple(_happened(past.events)),
        lanes=tuple(lanes),
        coming=tuple(
            Mark(event.at, coming_words(event), is_past=False)
            for event in forecast.events
            if event.kind not in HIDDEN and "clock" not in event.details
        ),
    )


def _headline(told: Explanation, now: datetime) -> str:
    """What a supervisor asks first: when is the answer due, and how much time is left?"""
    duties = [clock for clock in told.clocks if not clock.is_window and _is_open(clock)]
    due_at = min((clock.due_at for clock in duties if clock.due_at), default=None)
    if due_at is None:
        ends = [clock.due_at for clock in told.clocks if clock.due_at and _is_open(clock)]
        return f"No answer is owed{f'; open until {told.calendar.show_due(max(ends))}' if ends else ''}."
    return f"Due {told.calendar.show_due(due_at)}: {_left(due_at, now)}"


def _left(due_at: datetime, now: datetime) -> str:
    return f"{span(due_at - now)} left" if due_at >= now else f"{span(now - due_at)} LATE"


def _is_open(clock: Explained) -> bool:
    return clock.satisfied_at is None and clock.ended_at is None


def _happened(events: Iterable[Event]) -> Iterator[Mark]:
    """Acts and letters. What a clock itself did stands on its lane."""
    for event in events:
        if event.kind not in HIDDEN and not ("clock" in event.details and event.kind not in HAPPENED):
            yield Mark(event.at, happened_words(event), is_past=True)


def _lane(
    clock: Explained, past: Iterable[Event], coming: Iterable[Event], calendar: Calendar, now: datetime
) -> Lane:
    kept = [event for event in past if _is_appointment(event, clock.clock)]
    ahead = [event for event in coming if event.details.get("clock") == clock.clock]
    due_at = clock.due_at
    return Lane(
        name=clock.clock,
        title=clock.title,
        state=tuple(_state(clock, calendar, now)),
        is_window=clock.is_window,
        pieces=tuple(pieces(clock, ahead, now) if due_at else endless(clock, past, now)),
        entries=tuple(_entries(clock, calendar)),
        appointments=(
            *(Mark(event.at, coming_words(event), is_past=True) for event in kept),
            *(Mark(event.at, coming_words(event), is_past=False) for event in ahead),
        ),
        due_at=due_at,
        former_dues=tuple(
            step.due_at
            for step in clock.steps
            if step.due_at and step.due_at != due_at and step.kind != "paused"
        ),
    )


def _is_appointment(event: Event, clock: str) -> bool:
    ledger = {EventKind.RESUMED, EventKind.WINDOW_OPENED}  # stands in the ledger, as an entry or as day 0
    return event.details.get("clock") == clock and event.kind not in ledger


def _state(clock: Explained, calendar: Calendar, now: datetime) -> Iterator[str]:
    """In words, where the clock stands."""
    yield f"{clock.timeframe} [{clock.standing}]"
    if clock.satisfied_at:
        yield f"kept {calendar.show(clock.satisfied_at)}{', LATE' if clock.breached else ''}"
    elif clock.ended_at:
        yield f"over {calendar.show(clock.ended_at)}"
    elif clock.due_at is None:
        yield "open; no time has begun to run"
    else:
        word = "MISSED" if clock.breached else "ends" if clock.is_window else "due"
        yield f"{word} {calendar.show_due(clock.due_at)}"
        yield _left(clock.due_at, now)


def _entries(clock: Explained, calendar: Calendar) -> Iterator[Mark]:
    """What the ledger took note of, and where the duty stands; the end of a window is an appointment."""
    for step in clock.steps:
        yield Mark(step.at, step_words(step), is_past=True)
    if clock.satisfied_at:
        yield Mark(clock.satisfied_at, "kept, late" if clock.breached else "kept", is_past=True)
    elif clock.is_window:
        return
    elif clock.ended_at:
        yield Mark(clock.ended_at, "over", is_past=True)
    elif clock.due_at:
        day = calendar.local(clock.due_at)
        yield Mark(clock.due_at, f"due {day:%a} {day.day} {day:%b %H:%M}", is_past=clock.breached)


def _lanes_to_come(coming: Iterable[Event], known: set[str], calendar: Calendar) -> Iterator[Lane]:
    """Windows that open only if nobody acts."""
    opens: dict[str, list[Event]] = {}
    for event in coming:
        name = event.details.get("clock")
        if isinstance(name, str) and name not in known:
            opens.setdefault(name, []).append(event)
    for name, events in opens.items():
        begins_at, ends_at = events[0].at, events[-1].at
        has_end = ends_at - begins_at > timedelta()
        end = f"ends {calendar.show(ends_at)}" if has_end else "no time begins to run"
        stretch = BarStretch.AHEAD if has_end else BarStretch.ENDLESS
        yield Lane(
            name=name,
            title=f"{name.capitalize()}, if nobody acts",
            state=(f"opens {calendar.show(begins_at)}", end),
            is_window=True,
            pieces=(Piece(stretch, begins_at, ends_at),),
            entries=(),
            appointments=tuple(Mark(event.at, coming_words(event), is_past=False) for event in events),
            due_at=ends_at if has_end else None,
        )
