"""The log of a case: what happened to it, and what is flagged for people. It is only ever added to."""

from datetime import datetime

from pydantic import JsonValue

from domain.parts.events import Event, EventKind
from domain.parts.state import State
from domain.terms.people import SYSTEM, Actor

BREACH = "breach"  # the flag of a case that was late


class Log(State):
    """Events, and the flags that mark the case in every list until they are lowered."""

    events: list[Event] = []
    flags: list[str] = []

    def record(
        self,
        kind: EventKind,
        words: str,
        *,
        now: datetime,
        at: datetime | None = None,
        by: Actor = SYSTEM,
        **details: JsonValue,
    ) -> None:
        """Write down that something happened at `at` (now, unless it happened earlier)."""
        self.events.append(
            Event(
                sequence=len(self.events) + 1,
                kind=kind,
                at=at or now,
                recorded_at=now,
                by=str(by),
                by_id=by.id,
                words=words,
                details=details,
            )
        )

    def flag(self, flag: str, words: str, now: datetime) -> None:
        """Mark the case for people, once, and say why."""
        if flag not in self.flags:
            self.flags.append(flag)
            self.record(EventKind.FLAGGED, words, now=now, flag=flag)

    def raise_flag(self, flag: str) -> None:
        """Mark the case; whoever does it records why."""
        if flag not in self.flags:
            self.flags.append(flag)

    def lower_flag(self, flag: str) -> None:
        self.flags = [one for one in self.flags if one != flag]
