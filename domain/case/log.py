"""The written record of a case: what happened to it, what waits for somebody, what is flagged."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, JsonValue

from domain.case.events import Event, EventKind
from domain.case.work import Work
from domain.terms.people import SYSTEM, Actor


class Recorded(BaseModel):
    """Events are only ever added; work is opened, passed from hand to hand, and finished."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    events: list[Event] = []
    work: list[Work] = []
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
        """Mark the case for people, once."""
        if flag not in self.flags:
            self.flags.append(flag)
            self.record(EventKind.FLAGGED, words, now=now, flag=flag)

    @property
    def open_work(self) -> list[Work]:
        return [work for work in self.work if work.is_open]

    def work_in(self, queue: str) -> Work | None:
        return next((work for work in self.open_work if work.queue == queue), None)

    def need(
        self,
        queue: str,
        what: str,
        now: datetime,
        *,
        due_at: datetime | None = None,
        clock: str | None = None,
        rises: bool = False,
        quietly: bool = False,
    ) -> None:
        """Put something into a queue, unless it waits there already; `quietly` where the caller records it."""
        waiting = {(work.queue, work.what, work.clock) for work in self.open_work}
        if (queue, what, clock) not in waiting:
            number = len(self.work) + 1
            wait = {"queue": queue, "what": what, "clock": clock, "rises": rises, "due_at": due_at}
            self.work.append(Work.model_validate({"id": f"{number}", "opened_at": now, **wait}))
            if not quietly:
                self.record(EventKind.WORK_OPENED, f"{queue}: {what}", now=now, queue=queue)

    def change_work(self, work: Work, **changes: object) -> None:
        self.work = [one.model_copy(update=changes) if one.id == work.id else one for one in self.work]

    def finish(self, works: Iterable[Work], now: datetime) -> None:
        for work in list(works):
            self.change_work(work, closed_at=now)

    def finish_all(self, now: datetime) -> None:
        """Nothing is left to do here, but for the calls that somebody was promised."""
        self.finish((work for work in self.open_work if not work.is_promised), now)
