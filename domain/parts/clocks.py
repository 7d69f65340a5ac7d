"""The clocks of a case by name: duties of the plan's own, and windows that belong to other people.

Nothing here reads a clock or reaches the world: `now` and the calendar are arguments. What a verb sets off, it
yields, and the case follows up before the next is taken.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta

from domain.clock import agenda
from domain.clock.agenda import Appointment, Occasion
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.ladder import Rung
from domain.clock.ledger import Entry
from domain.clock.timeframe import Satisfaction, Timeframe
from domain.parts.state import State
from domain.terms.calendar import Calendar

LATENESS_WORTH_SAYING = timedelta(seconds=10)  # a busy machine is a second late, an outage is not


class Clocks(State):
    """Clocks by name, as a mapping, and the keys of the appointments that were kept."""

    named: dict[str, Clock] = {}
    kept: list[str] = []

    def __getitem__(self, name: str) -> Clock:
        return self.named[name]

    def __contains__(self, name: object) -> bool:
        return name in self.named

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # of a model it would give the fields
        return iter(self.named)

    def get(self, name: str | None) -> Clock | None:
        return self.named.get(name) if name else None

    def values(self) -> list[Clock]:
        return list(self.named.values())

    @property
    def open(self) -> list[Clock]:
        return [clock for clock in self.named.values() if clock.is_open]

    def is_open(self, name: str) -> bool:
        """Does a clock of that name run?"""
        return name in self.named and self.named[name].is_open

    @property
    def duties(self) -> list[Clock]:
        """The plan's own open duties: windows belong to other people."""
        return [clock for clock in self.open if not clock.timeframe.times.is_window]

    @property
    def was_late(self) -> bool:
        """Is anything late, or was it when it was done?"""
        return any(clock.breached_at for clock in self.named.values())

    def due_at(self, calendar: Calendar) -> datetime | None:
        """The earliest open duty governs (the law's clock and an accreditor's may run side by side)."""
        return min((due for clock in self.duties if (due := clock.due_at(calendar))), default=None)

    # What happens to them

    def begin(self, name: str, row: Timeframe, entry: Entry | None, lines: tuple[int, ...] = ()) -> None:
        """Begin a clock; without an entry it is a window whose start is not known, and which has no end."""
        ledger = (entry,) if entry else ()
        self.named[name] = Clock(id=name, lines=lines, timeframe=row, ledger=ledger)

    def enter(self, name: str, entry: Entry) -> None:
        self.named[name] = self.named[name].with_entry(entry)

    def change(self, name: str, **changes: object) -> None:
        self.named[name] = self.named[name].model_copy(update=changes)

    def satisfy(
        self,
        event: Satisfaction,
        duties: Collection[Duty],
        *,
        at: datetime,
        calendar: Calendar,
        is_complete: Callable[[Clock, datetime], bool],
        about: Collection[int] | None = None,
    ) -> Iterator[str]:
        """The names of the clocks that an event ends, at its own instant; the earliest such event counts.

        `about` are the lines that the event speaks of, where it does not speak of all; `is_complete` says whether
        everything that a clock times was answered by then.
        """
        for clock in self.values():
            earlier = clock.satisfied_at is None or at < clock.satisfied_at
            if (
                clock.timeframe.times in duties
                and clock.ended_at is None
                and earlier
                and (about is None or set(clock.lines) <= set(about))
                and is_complete(clock, at)
                and clock.is_satisfied_by(event, calendar)
            ):
                self.change(clock.id, satisfied_at=at)
                yield clock.id

    def take_back_breach(self, name: str, now: datetime, calendar: Calendar) -> bool:
        """Was what was recorded as a breach none, as the ledger or an earlier event shows now?"""
        clock = self.named[name]
        if clock.breached_at is None or clock.is_late(now, calendar):
            return False
        self.change(name, breached_at=None)
        self.kept = [key for key in self.kept if not key.startswith(f"{name}/{Occasion.BREACH.value}@")]
        return True

    # Appointments

    def ahead(
        self, ladder: Sequence[Rung], calendar: Calendar, beside: Collection[Appointment]
    ) -> list[Appointment]:
        """What is still to come from the clocks and `beside` them, earliest first."""
        return agenda.agenda(self.named.values(), ladder, self.kept, calendar, beside)


def lateness(since: datetime, now: datetime) -> int:
    """How late something is, in whole seconds; 0 where it is not worth saying."""
    late = now - since
    return int(late.total_seconds()) if late >= LATENESS_WORTH_SAYING else 0
