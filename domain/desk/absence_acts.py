"""Telling a case that somebody is away, and that they are back."""

from datetime import datetime

from domain.case.acts import Act
from domain.case.case import Case
from domain.case.keeping import hand_over
from domain.parts.absence import Absence
from domain.parts.events import EventKind


class Absent(Act[Case]):
    """Somebody is away: their work here goes to the cover or back to its queue, now or on the first day."""

    act_name = "record an absence"
    absence: Absence

    def apply(self, case: Case, now: datetime) -> str:
        absence, today = self.absence, case.policy.calendar.day_of(now)
        if absence in case.work.absences and not (
            case.work.absence_of(absence.who, today) and case.work.held_by(absence.who)
        ):
            return f"known already: {absence.refusal}"
        others = [
            one for one in case.work.absences if one.who == absence.who and one.from_day != absence.from_day
        ]
        case.work.know_absences(absence.who, [*others, absence])
        if absence.is_on(today):
            return hand_over(case, absence, now, by=self.actor)
        words = f"{absence.name} will be away from {absence.from_day} through {absence.until}"
        case.log.record(EventKind.ABSENT, words, now=now, by=self.actor, who=absence.who)
        return words


class Returned(Act[Case]):
    """Somebody is back, or never went: nothing of theirs is passed on any more."""

    act_name = "record an absence"
    person: str

    def apply(self, case: Case, now: datetime) -> str:
        known = [one for one in case.work.absences if one.who == self.person]
        if not known:
            return f"no absence of {self.person} is known here"
        case.work.know_absences(self.person, [])
        words = f"{known[0].name} is back"
        case.log.record(EventKind.ABSENT, words, now=now, by=self.actor, who=self.person)
        return words
