"""A case on its clocks: the duties that run, what ends them, and how it keeps its appointments.

Nothing here reads a clock or reaches the world: `now` is always an argument, and the same functions that the
workflow calls when a timer fires draw the forecast.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.case.absences import Staffed
from domain.case.events import EventKind
from domain.case.work import Work
from domain.clock import agenda
from domain.clock.agenda import Appointment, Occasion
from domain.clock.clock import Clock
from domain.clock.ladder import Rung
from domain.clock.ledger import Entry, Resumed
from domain.clock.timeframe import Duty, LegalEffect, Satisfaction, Timeframe
from domain.policy.case_policy import CasePolicy

LATENESS_WORTH_SAYING = timedelta(seconds=10)  # a busy machine is a second late, an outage is not
VOICES = {Occasion.RUNG, Occasion.REMINDER, Occasion.BREACH, Occasion.WINDOW_ENDS}  # the last one speaks
BREACH = "breach"  # the flag of a case that was late
MISSED = "a deadline was missed and the answer is still owed"


class Clocked(Staffed):
    """Clocks, appointments and what a missed one sets in motion, whatever the case is about."""

    number: str
    policy: CasePolicy
    received_at: datetime
    clocks: dict[str, Clock] = {}
    kept: list[str] = []
    closed_as: str | None = None

    @property
    def is_closed(self) -> bool:
        return self.closed_as is not None

    # Clocks

    @property
    def open_clocks(self) -> list[Clock]:
        return [clock for clock in self.clocks.values() if clock.is_open]

    @property
    def duties(self) -> list[Clock]:
        """The plan's own open duties: windows belong to other people."""
        return [clock for clock in self.open_clocks if not clock.timeframe.times.is_window]

    def due_at_of(self, clock: Clock) -> datetime | None:
        return clock.due_at(self.policy.calendar)

    @property
    def due_at(self) -> datetime | None:
        """The earliest open duty governs (the law's clock and an accreditor's may run side by side)."""
        return min((due for clock in self.duties if (due := self.due_at_of(clock))), default=None)

    def start_clock(
        self, name: str, row: Timeframe, entry: Entry | None, lines: tuple[int, ...] = ()
    ) -> None:
        """Begin a clock; without an entry it is a window whose start is not known, and which has no end."""
        ledger = (entry,) if entry else ()
        self.clocks[name] = Clock(id=name, lines=lines, timeframe=row, ledger=ledger)

    def enter(self, clock: str, entry: Entry) -> None:
        self.clocks[clock] = self.clocks[clock].with_entry(entry)

    def change_clock(self, clock: str, **changes: object) -> None:
        self.clocks[clock] = self.clocks[clock].model_copy(update=changes)

    def satisfy(
        self,
        event: Satisfaction,
        duties: set[Duty],
        *,
        at: datetime,
        now: datetime,
        about: Collection[int] | None = None,
    ) -> None:
        """An event ends the duties it satisfies, at its own instant; the earliest such event counts.

        `about` are the lines that the event speaks of, where it does not speak of all.

        What was recorded as a breach before the event was known, and was none, is taken back.
        """
        for clock in list(self.clocks.values()):
            earlier = clock.satisfied_at is None or at < clock.satisfied_at
            if (
                clock.timeframe.times in duties
                and clock.ended_at is None
                and earlier
                and (about is None or set(clock.lines) <= set(about))
                and self.is_complete_for(clock, at)
                and clock.is_satisfied_by(event, self.policy.calendar)
            ):
                self.change_clock(clock.id, satisfied_at=at)
                self.finish((work for work in self.open_work if work.clock == clock.id), now)
                self.reconsider_breach(clock.id, now)

    def is_complete_for(self, clock: Clock, at: datetime) -> bool:
        """Was everything that this clock times answered by then, so that an event can satisfy it?"""
        return True

    def reconsider_breach(self, name: str, now: datetime) -> None:
        """Take back a breach that was none, once the ledger or an earlier event shows it."""
        clock = self.clocks[name]
        if clock.breached_at is not None and not clock.is_late(now, self.policy.calendar):
            self.change_clock(name, breached_at=None)
            self.kept = [key for key in self.kept if not key.startswith(f"{name}/{Occasion.BREACH.value}@")]
            self.finish((one for one in self.open_work if (one.clock, one.what) == (name, MISSED)), now)
            if not self.was_late:
                self.flags = [flag for flag in self.flags if flag != BREACH]
            words = f"{clock.row(self.policy.calendar).id}: what was recorded as a breach was none"
            self.record(EventKind.BREACH_REMOVED, words, now=now, clock=name)

    @property
    def was_late(self) -> bool:
        """Is anything late, or was it when it was done?"""
        return any(clock.breached_at for clock in self.clocks.values())

    # Appointments

    def agenda(self, leaving: Collection[str] = ()) -> list[Appointment]:
        """What will happen if nobody acts, earliest first; letters that are `leaving`, by key, are not late."""
        if self.is_closed:
            return []
        clocks, calendar = self.clocks.values(), self.policy.calendar
        return agenda.agenda(
            clocks,
            self.policy.rung,
            self.kept,
            calendar,
            [*self.follow_ups(), *self.handovers(), *self.about_letters(leaving)],
        )

    @property
    def next_appointment(self) -> Appointment | None:
        return next(iter(self.agenda()), None)

    def keep_appointments(self, now: datetime) -> None:
        """Keep everything that is due, late or not, each once. Of several rungs only the highest speaks."""
        while due := [one for one in self.agenda() if one.at <= now]:
            voices = {one.clock: one for one in due if one.occasion in VOICES}
            for appointment in due:
                if self.is_closed:
                    return
                self.kept.append(appointment.key)
                self._keep(appointment, now, speaks=voices.get(appointment.clock) is appointment)

    def _keep(self, appointment: Appointment, now: datetime, *, speaks: bool) -> None:
        beside_the_clocks = {
            Occasion.FOLLOW_UP: self.follow_up,
            Occasion.ABSENCE_BEGINS: self.begin_absence,
            Occasion.MAIL_RUN: self.keep_about_letters,
            Occasion.LETTER_LATE: self.keep_about_letters,
        }
        if keep := beside_the_clocks.get(appointment.occasion):
            keep(appointment, now)
            return
        clock = self.clocks[appointment.clock]
        match appointment.occasion:
            case Occasion.RUNG if speaks:
                self._escalate(appointment, now)
            case Occasion.REMINDER if speaks:
                self.remind(clock, appointment, now)
            case Occasion.RUNG | Occasion.REMINDER:
                words = f"passed while nothing ran: {appointment.words}"
                self.record(EventKind.RUNG_PASSED, words, at=appointment.at, now=now, clock=clock.id)
            case Occasion.PAUSE_ENDS:
                reason = "no answer came in the time for it"
                self.enter(clock.id, Resumed(at=appointment.at, recorded_at=now, reason=reason))
                self.record(EventKind.RESUMED, appointment.words, at=appointment.at, now=now, clock=clock.id)
                self.nothing_came(now)
            case Occasion.NOTICE_OF_RIGHTS:
                self.tell_rights(clock, appointment, now)
            case Occasion.BREACH:
                self._breach(clock, appointment, now)
            case Occasion.WINDOW_ENDS:
                self.change_clock(clock.id, ended_at=appointment.at)
                self.record(
                    EventKind.WINDOW_ENDED, appointment.words, at=appointment.at, now=now, clock=clock.id
                )
                self.window_ended(clock, appointment.at, now)

    def _escalate(self, appointment: Appointment, now: datetime) -> None:
        """Tell somebody who is there: at night and on holidays that is whoever is on call."""
        rung = next(rung for rung in self.policy.rung if rung.id == appointment.rung)
        queue = self._audience(rung, now)
        if queue:
            self._rise(appointment.clock, queue, appointment.words, now, quietly=True)
        else:
            self.finish(filter(None, [self._risen(appointment.clock)]), now)
        told = queue or "the people who have the case"
        self.record(
            EventKind.ESCALATED,
            f"{appointment.words} Told: {told}.",
            at=appointment.at,
            now=now,
            clock=appointment.clock,
            rung=rung.id,
            lateness_seconds=self.lateness(appointment.at, now),
        )

    def _risen(self, clock: str) -> Work | None:
        return next((work for work in self.open_work if work.rises and work.clock == clock), None)

    def _rise(self, clock: str, queue: str, what: str, now: datetime, *, quietly: bool = False) -> None:
        """One piece of work about a clock goes from rung to rung; whoever has it keeps it while it stays there."""
        due_at = self.due_at_of(self.clocks[clock])
        work = self._risen(clock)
        if work is None:
            self.need(queue, what, now, due_at=due_at, clock=clock, rises=True, quietly=quietly)
            return
        assignee = work.assignee if work.queue == queue else None
        self.change_work(work, queue=queue, what=what, due_at=due_at, assignee=assignee)
        if not quietly and work.queue != queue:
            self.record(EventKind.WORK_OPENED, f"{queue}: {what}", now=now, queue=queue)

    def whoever_is_there(self, queue: str, at: datetime) -> str:
        """The queue while people are there; else whoever the top of the ladder finds out of hours."""
        on_call = self.policy.rung[-1].out_of_hours_queue if self.policy.rung else None
        return on_call if on_call and not self.policy.calendar.is_open(at) else queue

    def _audience(self, rung: Rung, at: datetime) -> str | None:
        """The queue to tell; None where an assignee who is there has the case and a reminder is enough."""
        if rung.out_of_hours_queue and not self.policy.calendar.is_open(at):
            return rung.out_of_hours_queue
        if rung.queue != "assignee":
            return rung.queue
        return None if self.is_with_somebody_there(at) else "supervisor"

    def _breach(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        """Record the missed deadline with its legal effect. The answer stays owed, and nothing is denied."""
        self.change_clock(clock.id, breached_at=appointment.at)
        self.record(
            EventKind.BREACHED,
            appointment.words,
            at=appointment.at,
            now=now,
            clock=clock.id,
            effect=clock.row(self.policy.calendar).expiry.effect.value,
            lateness_seconds=self.lateness(self.due_at_of(clock) or appointment.at, now),
        )
        self.flag_breach()
        if clock.row(self.policy.calendar).expiry.effect is not LegalEffect.ACCREDITATION_MISS:
            self.tell_rights(clock, appointment, now)
        if self.clocks[clock.id].is_open:  # what fell away with the miss is not owed any more
            work = self._risen(clock.id)
            told = self.whoever_is_there(work.queue if work else "supervisor", now)
            self._rise(clock.id, told, MISSED, now)

    def flag_breach(self) -> None:
        self.flags = [*self.flags, BREACH] if BREACH not in self.flags else self.flags

    @staticmethod
    def lateness(since: datetime, now: datetime) -> int:
        late = now - since
        return int(late.total_seconds()) if late >= LATENESS_WORTH_SAYING else 0

    # What each case kind answers for itself

    def tell_rights(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        """Owe the notice of rights that a missed deadline gives."""

    def remind(self, clock: Clock, appointment: Appointment, now: datetime) -> None:
        """A window's end comes near: tell whose window it is."""

    def follow_ups(self) -> list[Appointment]:
        """What the case means to look at again by itself, beside what its clocks bring."""
        return []

    def follow_up(self, appointment: Appointment, now: datetime) -> None:
        """The time has come to look at something again."""

    def about_letters(self, leaving: Collection[str]) -> list[Appointment]:
        """What is to come for the letters that have not left."""
        return []

    def keep_about_letters(self, appointment: Appointment, now: datetime) -> None:
        """The mail is taken away, or a letter is late."""

    def nothing_came(self, now: datetime) -> None:
        """What was asked for did not come: a person decides on what is there."""

    def window_ended(self, clock: Clock, at: datetime, now: datetime) -> None:
        """A window closed; some cases end with one."""
