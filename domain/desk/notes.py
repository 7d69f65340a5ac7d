"""Notes, each with its number; one that is wrong is struck through and stays readable, with who, when and why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from domain.case.acts import Act
from domain.case.authority import require
from domain.case.case import Case
from domain.parts.events import Event, EventKind
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused


class Noted(Frozen):
    """A note of a case: its number, the event that holds it, and the one that struck it through, if any did."""

    number: int
    event: Event
    struck: Event | None = None


def notes_of(events: Iterable[Event]) -> dict[int, Noted]:
    """Every note by its number, in the order in which they were written."""
    notes: dict[int, Noted] = {}
    for event in sorted(events, key=lambda one: one.sequence):
        if event.kind is EventKind.NOTED:
            notes[len(notes) + 1] = Noted(number=len(notes) + 1, event=event)
        elif event.kind is EventKind.NOTE_STRUCK:
            number = int(str(event.details["note"]))
            notes[number] = notes[number].model_copy(update={"struck": event})
    return notes


def as_read(events: Iterable[Event], calendar: Calendar) -> dict[int, str]:
    """The words of each note under its number, by the event that holds it; what was struck through says so."""
    return {noted.event.sequence: _words(noted, calendar) for noted in notes_of(events).values()}


def _words(noted: Noted, calendar: Calendar) -> str:
    if noted.struck is None:
        return f"note {noted.number}: {noted.event.words}"
    struck = noted.struck
    why = struck.details["because"]
    by = f"struck through by {struck.by} on {calendar.show(struck.at)} ({why})"
    return f"note {noted.number}, {by}: {noted.event.words}"


class StrikeNote(Act[Case]):
    """Strike a note through: whoever wrote it may, and a supervisor."""

    verb: Literal["strike-note"] = "strike-note"
    note: int

    def check(self, case: Case, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: what is struck through says why", "plan policy")
        notes = notes_of(case.log.events)
        noted = notes.get(self.note)
        if noted is None:
            raise Refused(f"note: {case.number} has no note {self.note}; it has {len(notes)}")
        if noted.struck:
            raise Refused(f"note {self.note} was struck through already, by {noted.struck.by}")
        if noted.event.by_id != self.actor.id:
            require(self.actor, "strike another's note")

    def apply(self, case: Case, now: datetime) -> str:
        noted, at = notes_of(case.log.events)[self.note].event, self.happened_at(now)
        words = f"note {self.note} struck through: {self.reason}"
        details: dict[str, JsonValue] = {
            "note": self.note,
            "event": noted.sequence,
            "because": self.reason,
        }
        case.log.record(EventKind.NOTE_STRUCK, words, at=at, now=now, by=self.actor, **details)
        return f"note {self.note} is struck through, and stays readable"
