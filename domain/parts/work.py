"""Work: what waits for whom, who is away, and who takes over."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from pydantic import AwareDatetime

from domain.clock.agenda import Appointment, Occasion
from domain.parts.absence import Absence
from domain.parts.queues import role_of_queue
from domain.parts.state import State
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen

MISSED = "a deadline was missed and the answer is still owed"
PROMISED = "back, as promised"  # how the work of a promised call ends
MIDNIGHT = time()
A_DAY = timedelta(days=1)


class Work(Frozen):
    """Something that waits for a person, in a queue, with the person who has taken it."""

    id: str
    queue: str
    what: str
    clock: str | None = None  # an escalation about this clock: it falls away when the clock is satisfied
    rises: bool = False  # from rung to rung of that clock, from queue to queue
    assignee: str | None = None
    taken_at: AwareDatetime | None = None
    put_back: dict[str, AwareDatetime] = {}  # by whom, and when last
    opened_at: AwareDatetime
    due_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_promised(self) -> bool:
        """A call that somebody was promised: it is owed whatever else becomes of the case."""
        return self.what.endswith(PROMISED)


class WorkInHand(State):
    """Work is opened, passed from hand to hand, and finished; what somebody has who is away is passed on."""

    pieces: list[Work] = []
    absences: list[Absence] = []

    # Open

    @property
    def open(self) -> list[Work]:
        return [work for work in self.pieces if work.is_open]

    def in_queue(self, queue: str) -> Work | None:
        return next((work for work in self.open if work.queue == queue), None)

    def risen(self, clock: str) -> Work | None:
        """The one piece of work about a clock that goes from rung to rung."""
        return next((work for work in self.open if work.rises and work.clock == clock), None)

    def add(
        self,
        queue: str,
        what: str,
        now: datetime,
        *,
        due_at: datetime | None = None,
        clock: str | None = None,
        rises: bool = False,
    ) -> bool:
        """Put something into a queue; False where it waits there already."""
        if any((work.queue, work.what, work.clock) == (queue, what, clock) for work in self.open):
            return False
        wait = {"queue": queue, "what": what, "clock": clock, "rises": rises, "due_at": due_at}
        number = len(self.pieces) + 1
        self.pieces.append(Work.model_validate({"id": f"{number}", "opened_at": now, **wait}))
        return True

    def change(self, work: Work, **changes: object) -> None:
        self.pieces = [one.model_copy(update=changes) if one.id == work.id else one for one in self.pieces]

    def finish(self, works: Iterable[Work], now: datetime) -> None:
        for work in list(works):
            self.change(work, closed_at=now)

    def finish_all(self, now: datetime) -> None:
        """Nothing is left to do here, but for the calls that somebody was promised."""
        self.finish((work for work in self.open if not work.is_promised), now)

    # People who are away

    def absence_of(self, who: str | None, day: date) -> Absence | None:
        """The absence because of which this person is not there."""
        return next((one for one in self.absences if one.who == who and one.is_on(day)), None)

    def know_absences(self, who: str, absences: Sequence[Absence]) -> None:
        """What is known of this person now takes the place of what was known before."""
        others = [one for one in self.absences if one.who != who]
        self.absences = [*others, *absences]

    def held_by(self, who: str) -> list[Work]:
        return [work for work in self.open if work.assignee == who]

    def is_with_somebody_there(self, day: date) -> bool:
        """Has anybody who is not away taken work of this case?"""
        return any(work.assignee and not self.absence_of(work.assignee, day) for work in self.open)

    def handovers(self, calendar: Calendar) -> Iterator[Appointment]:
        """The beginnings of absences of people who have work here."""
        for absence in self.absences:
            if self.held_by(absence.who):
                yield Appointment(
                    at=calendar.at(absence.from_day, MIDNIGHT),
                    occasion=Occasion.ABSENCE_BEGINS,
                    clock=f"absence of {absence.who}",
                    words=f"{absence.name} is away through {absence.until}",
                )

    def goings_back(self, wall: time | None, calendar: Calendar) -> Iterator[Appointment]:
        """When what somebody has goes back to its queue: the first such time of day after they took it."""
        for work in self.open if wall else ():
            if wall and work.assignee and work.taken_at:
                day = calendar.day_of(work.taken_at)
                there = calendar.at(day, wall)
                yield Appointment(
                    at=there if there > work.taken_at else calendar.at(day + A_DAY, wall),
                    occasion=Occasion.WORK_GOES_BACK,
                    clock=f"work {work.id}",
                    words=f"{work.queue} goes back, if it is still with {work.assignee}",
                )

    def pass_on(self, absence: Absence, day: date) -> str:
        """Give the work of somebody who is away to the cover who may do it, else back to its queue; in words."""
        told = []
        for work in self.held_by(absence.who):
            cover = absence.cover
            suits = cover and cover.is_any(role_of_queue(work.queue)) and not self.absence_of(cover.id, day)
            self.change(work, assignee=cover.id if cover and suits else None)
            told.append(f"{work.queue} goes to {cover.name}" if cover and suits else f"{work.queue} put back")
        return "; ".join([absence.refusal, *told])
