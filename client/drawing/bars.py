"""The bar of a clock: what was used, what is ahead or was not needed, what was added, stood still, or is late."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from client.drawing.words import MOVES
from domain.clock.clock import LedgerStep
from domain.parts.events import Event, EventKind
from domain.view.view import Explained


class BarStretch(StrEnum):
    """What a part of a lane's bar stands for."""

    USED = "used"
    AHEAD = "ahead"
    UNUSED = "unused"
    ADDED = "added"
    PAUSED = "paused"
    LATE = "late"
    ENDLESS = "endless"


@dataclass(frozen=True)
class Piece:
    stretch: BarStretch
    begins_at: datetime
    ends_at: datetime


def pieces(clock: Explained, ahead: Iterable[Event], now: datetime) -> Iterator[Piece]:
    """The bar: what was used, what is ahead or was not needed, what was added, stood still, or is late."""
    begins_at, due_at = clock.steps[0].at, clock.due_at
    if due_at is None:  # pragma: no cover - only a clock that runs has a bar
        return
    over_at = clock.satisfied_at or clock.ended_at
    reached = max(begins_at, over_at or now)
    yield Piece(BarStretch.USED, begins_at, min(reached, due_at))
    if reached < due_at:
        yield Piece(BarStretch.UNUSED if over_at else BarStretch.AHEAD, reached, due_at)
    if reached > due_at and not clock.is_window:
        yield Piece(BarStretch.LATE, due_at, reached)
    if added := sum((step.moved for step in clock.steps if step.kind in MOVES), timedelta()):
        yield Piece(BarStretch.ADDED, max(begins_at, due_at - added), due_at)
    yield from _pauses(clock.steps, ahead, over_at or due_at)


def _pauses(steps: tuple[LedgerStep, ...], ahead: Iterable[Event], last: datetime) -> Iterator[Piece]:
    """Each pause up to what ended it; a running one up to where the forecast ends it."""
    resumes = [event.at for event in ahead if event.kind is EventKind.RESUMED]
    for count, step in enumerate(steps):
        if step.kind == "paused":
            ended = (one.at for one in steps[count + 1 :] if one.kind in {"resumed", "paused"})
            ends_at = next(ended, next(iter(resumes), last))
            yield Piece(BarStretch.PAUSED, step.at, max(step.at, min(ends_at, last)))


def endless(clock: Explained, past: Iterable[Event], now: datetime) -> Iterator[Piece]:
    """A window whose start is not known has no end to be drawn, until it is over."""
    opened = (event.at for event in past if event.details.get("clock") == clock.clock)
    opened_at, over_at = next(opened, now), clock.ended_at or clock.satisfied_at
    yield Piece(BarStretch.UNUSED if over_at else BarStretch.ENDLESS, opened_at, over_at or now)
