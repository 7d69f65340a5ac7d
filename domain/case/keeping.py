"""How a case keeps its appointments: each once, late if need be. A timer escalates and records; it never denies.

The workflow calls this when a timer fires, and the forecast runs the same on a copy: it cannot lie.
"""

from datetime import datetime
from typing import TypeVar

from domain.case import dispatch
from domain.case.case import Case
from domain.clock.agenda import Appointment, Occasion
from domain.clock.clock import Clock
from domain.clock.ladder import Rung
from domain.clock.ledger import Resumed
from domain.clock.timeframe import LegalEffect
from domain.parts.absence import Absence
from domain.parts.clocks import lateness
from domain.parts.events import EventKind
from domain.parts.happenings import (
    EverythingLeft,
    NothingCame,
    RightsAreDue,
    TimeToLook,
    WindowEnded,
    WindowIsEnding,
)
from domain.parts.log import BREACH
from domain.parts.work import MISSED
from domain.terms.people import SYSTEM, Actor

C = TypeVar("C", bound=Case)
VOICES = {Occasion.RUNG, Occasion.REMINDER, Occasion.BREACH, Occasion.WINDOW_ENDS}  # the last one speaks


def keep_appointments(case: Case, now: datetime) -> None:
    """Keep everything that is due, late or not, each once. Of several rungs only the highest speaks."""
    while due := [one for one in case.agenda() if one.at <= now]:
        voices = {one.clock: one for one in due if one.occasion in VOICES}
        for appointment in due:
            if case.is_closed:
                return
            case.clocks.kept.append(appointment.key)
            _keep(case, appointment, now, speaks=voices.get(appointment.clock) is appointment)


def _keep(case: Case, appointment: Appointment, now: datetime, *, speaks: bool) -> None:
    match appointment.occasion:
        case Occasion.FOLLOW_UP:
            case.follow(TimeToLook(appointment), now)
        case Occasion.ABSENCE_BEGINS:
            _begin_absence(case, appointment, now)
        case Occasion.WORK_GOES_BACK:
            _give_back(case, appointment, now)
        case Occasion.MAIL_RUN | Occasion.LETTER_LATE:
            dispatch.keep_about_letters(case, appointment, now)
        case _:
            _keep_of_clock(case, appointment, now, speaks=speaks)


def _keep_of_clock(case: Case, appointment: Appointment, now: datetime, *, speaks: bool) -> None:
    at, words, name = appointment.at, appointment.words, appointment.clock
    match appointment.occasion:
        case Occasion.RUNG if speaks:
            _escalate(case, appointment, now)
        case Occasion.REMINDER if speaks:
            case.follow(WindowIsEnding(case.clocks[name], appointment), now)
        case Occasion.RUNG | Occasion.REMINDER:
            passed = f"passed while nothing ran: {words}"
            case.log.record(EventKind.RUNG_PASSED, passed, at=at, now=now, clock=name)
        case Occasion.PAUSE_ENDS:
            reason = "no answer came in the time for it"
            case.clocks.enter(name, Resumed(at=at, recorded_at=now, reason=reason))
            case.log.record(EventKind.RESUMED, words, at=at, now=now, clock=name)
            case.follow(NothingCame(), now)
        case Occasion.NOTICE_OF_RIGHTS:
            case.follow(RightsAreDue(case.clocks[name], appointment), now)
        case Occasion.BREACH:
            _breach(case, case.clocks[name], appointment, now)
        case Occasion.WINDOW_ENDS:
            clock = case.clocks[name]
            case.clocks.change(name, ended_at=at)
            case.log.record(EventKind.WINDOW_ENDED, words, at=at, now=now, clock=name)
            case.follow(WindowEnded(clock, at), now)


def _begin_absence(case: Case, appointment: Appointment, now: datetime) -> None:
    """Pass on the work of whoever's absence begins."""
    day = case.policy.calendar.day_of(now)
    for absence in list(case.work.absences):
        if appointment.clock == f"absence of {absence.who}" and case.work.absence_of(absence.who, day):
            hand_over(case, absence, now, at=appointment.at)


def _give_back(case: Case, appointment: Appointment, now: datetime) -> None:
    """What somebody has who went home waits for everybody again."""
    for work in case.work.open:
        if appointment.clock == f"work {work.id}":
            case.work.change(work, assignee=None)
            words = f"{work.queue} put back: {work.assignee} had it when the day ended"
            case.log.record(EventKind.RELEASED, words, at=appointment.at, now=now)


def hand_over(
    case: Case, absence: Absence, now: datetime, at: datetime | None = None, by: Actor = SYSTEM
) -> str:
    """Pass on the work of somebody who is away."""
    words = case.work.pass_on(absence, case.policy.calendar.day_of(now))
    case.log.record(EventKind.ABSENT, words, at=at, now=now, by=by, who=absence.who)
    return words


# The ladder


def _escalate(case: Case, appointment: Appointment, now: datetime) -> None:
    """Tell somebody who is there: at night and on holidays that is whoever is on call."""
    rung = next(rung for rung in case.policy.rung if rung.id == appointment.rung)
    queue = _audience(case, rung, now)
    if queue:
        _rise(case, appointment.clock, queue, appointment.words, now, quietly=True)
    else:
        case.work.finish(filter(None, [case.work.risen(appointment.clock)]), now)
    told = queue or "the people who have the case"
    case.log.record(
        EventKind.ESCALATED,
        f"{appointment.words} Told: {told}.",
        at=appointment.at,
        now=now,
        clock=appointment.clock,
        rung=rung.id,
        lateness_seconds=lateness(appointment.at, now),
    )


def _rise(case: Case, clock: str, queue: str, what: str, now: datetime, *, quietly: bool = False) -> None:
    """One piece of work about a clock goes from rung to rung; whoever has it keeps it while it stays there."""
    due_at = case.due_at_of(case.clocks[clock])
    work = case.work.risen(clock)
    if work is None:
        moved = case.work.add(queue, what, now, due_at=due_at, clock=clock, rises=True)
    else:
        assignee = work.assignee if work.queue == queue else None
        case.work.change(work, queue=queue, what=what, due_at=due_at, assignee=assignee)
        moved = work.queue != queue
    if moved and not quietly:
        case.log.record(EventKind.WORK_OPENED, f"{queue}: {what}", now=now, queue=queue)


def _audience(case: Case, rung: Rung, at: datetime) -> str | None:
    """The queue to tell; None where an assignee who is there has the case and a reminder is enough."""
    calendar = case.policy.calendar
    if rung.out_of_hours_queue and not calendar.is_open(at):
        return rung.out_of_hours_queue
    if rung.queue != "assignee":
        return rung.queue
    return None if case.work.is_with_somebody_there(calendar.day_of(at)) else "supervisor"


def _breach(case: Case, clock: Clock, appointment: Appointment, now: datetime) -> None:
    """Record the missed deadline with its legal effect. The answer stays owed, and nothing is denied."""
    effect = clock.row(case.policy.calendar).expiry.effect
    case.clocks.change(clock.id, breached_at=appointment.at)
    case.log.record(
        EventKind.BREACHED,
        appointment.words,
        at=appointment.at,
        now=now,
        clock=clock.id,
        effect=effect.value,
        lateness_seconds=lateness(case.due_at_of(clock) or appointment.at, now),
    )
    case.log.raise_flag(BREACH)
    if effect is not LegalEffect.ACCREDITATION_MISS:
        case.follow(RightsAreDue(clock, appointment), now)
    if case.clocks.is_open(clock.id):  # what fell away with the miss is not owed any more
        work = case.work.risen(clock.id)
        told = case.policy.whoever_is_there(work.queue if work else "supervisor", now)
        _rise(case, clock.id, told, MISSED, now)


# The forecast


def as_if_nobody_acts(case: C, now: datetime) -> C:
    """The case after everything still to come has come; what is owed in writing is sent at once."""
    future = case.model_copy(deep=True)
    come_to_rest(future, now)
    while appointment := future.next_appointment:
        now = max(now, appointment.at)
        keep_appointments(future, now)
        come_to_rest(future, now)
    return future


def come_to_rest(case: Case, now: datetime) -> None:
    """What follows by itself has followed, and what is owed to the world has left."""
    case.settle(now)
    while owed := case.may_leave:
        dispatch.date_as_they_leave(case, {notice.key for notice in owed}, now)
        for notice in case.may_leave:
            dispatch.sent(case, notice.key, "forecast", now)
        case.settle(now)
    case.follow(EverythingLeft(), now)
