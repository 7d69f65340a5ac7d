"""The people around a case: who is away, whose work then goes to whom, and who is there to be told."""

from collections.abc import Sequence
from datetime import datetime, time

from domain.case.absence import Absence
from domain.case.events import EventKind
from domain.case.log import Recorded
from domain.case.queues import role_of_queue
from domain.case.work import Work
from domain.clock.agenda import Appointment, Occasion
from domain.policy.case_policy import CasePolicy
from domain.terms.people import SYSTEM, Actor

MIDNIGHT = time()


class Staffed(Recorded):
    """What a case knows of absences; work of somebody who is away is passed on when the absence begins."""

    policy: CasePolicy
    absences: list[Absence] = []

    def absence_of(self, who: str | None, at: datetime) -> Absence | None:
        """The absence because of which this person is not there."""
        day = self.policy.calendar.day_of(at)
        return next((one for one in self.absences if one.who == who and one.is_on(day)), None)

    def know_absences(self, who: str, absences: Sequence[Absence]) -> None:
        """What is known of this person now takes the place of what was known before."""
        others = [one for one in self.absences if one.who != who]
        self.absences = [*others, *absences]

    def held_by(self, who: str) -> list[Work]:
        return [work for work in self.open_work if work.assignee == who]

    def is_with_somebody_there(self, at: datetime) -> bool:
        """Has anybody who is not away taken work of this case?"""
        return any(work.assignee and not self.absence_of(work.assignee, at) for work in self.open_work)

    def handovers(self) -> list[Appointment]:
        """The beginnings of absences of people who have work here."""
        return [
            Appointment(
                at=self.policy.calendar.at(absence.from_day, MIDNIGHT),
                occasion=Occasion.ABSENCE_BEGINS,
                clock=f"absence of {absence.who}",
                words=f"{absence.name} is away through {absence.until}",
            )
            for absence in self.absences
            if self.held_by(absence.who)
        ]

    def begin_absence(self, appointment: Appointment, now: datetime) -> None:
        """Pass on the work of whoever's absence begins."""
        for absence in list(self.absences):
            if appointment.clock == f"absence of {absence.who}" and self.absence_of(absence.who, now):
                self.hand_over(absence, now, at=appointment.at)

    def hand_over(
        self, absence: Absence, now: datetime, at: datetime | None = None, by: Actor = SYSTEM
    ) -> str:
        """Give the work of somebody who is away to the cover who may do it, else back to its queue."""
        told = []
        for work in self.held_by(absence.who):
            cover = absence.cover
            suits = cover and cover.is_any(role_of_queue(work.queue)) and not self.absence_of(cover.id, now)
            self.change_work(work, assignee=cover.id if cover and suits else None)
            told.append(f"{work.queue} goes to {cover.name}" if cover and suits else f"{work.queue} put back")
        words = "; ".join([absence.refusal, *told])
        self.record(EventKind.ABSENT, words, at=at, now=now, by=by, who=absence.who)
        return words
