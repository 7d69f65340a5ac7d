"""Concurrent review: a stay or a course of treatment, looked at while it runs.

1. *Notified* of an admission, or asked to go on: each stretch of days or units is a line, on a clock of its own
   (42 CFR 422.566(b)(3); 29 CFR 2560.503-1(f)(2)(ii)(B); NCQA UM 5). Fewer days or a lower level is adverse.
2. *Day or unit N approved*: one authorization for the stay grows with each stretch. Its last approved day is a day
   of review, and never an end; where nobody looked, the plan goes on owing and a supervisor hears of it.
3. *Terminating*: an end is proposed on a notice (`termination.py`). The QIO may be asked, in time or late.
4. *Ended* by discharge, or on the last covered day of a notice that was delivered. By no timer alone.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar

from domain.clock.agenda import Appointment
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Urgency
from domain.concurrent import looking
from domain.concurrent.termination import Termination
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, LetterLeft, TimeToLook
from domain.parts.log import BREACH
from domain.parts.stage import Stage
from domain.policy.stays import StayEnd, StayPolicy
from domain.request.determination import Authorization, Ending, Measure
from domain.request.line import Line
from domain.request.request import ServiceLine
from domain.request.stay import Stay
from domain.review import decision_clocks
from domain.review.assessed import WAITED_FOR, AssessedCase
from domain.review.conversation import PEER_TO_PEER
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor


class Concurrent(AssessedCase):
    """A stay, or a course of treatment."""

    kind: ClassVar[str] = "concurrent"

    throughs: dict[int, date] = {}  # by line, the last day that it asks for
    termination: Termination | None = None
    first_message_at: datetime | None = None  # the hospital's, to the member
    ended_on: date | None = None
    ended_how: str = ""
    in_time_to_go_on: bool = False  # asked a day before the end of what was approved

    def begin(self, now: datetime) -> None:
        """An admission was notified: its first stretch has a clock of its own, as each that follows will."""
        every = tuple(line.sequence for line in self.lines)
        for clock in decision_clocks.decision_clocks(self):
            self.clocks.change(clock.id, lines=clock.lines or every)
        self.throughs = dict.fromkeys(every, self.stay.through)

    @property
    def needs_no_precertification(self) -> bool:
        """What goes on is looked at; the emergency that it began with needed no leave."""
        return False

    # What it is

    @property
    def stay(self) -> Stay:
        if self.request.stay is None:  # pragma: no cover - the door lets nothing else in
            raise AssertionError("a concurrent review is of a stay")
        return self.request.stay

    @property
    def stays(self) -> StayPolicy:
        if self.policy.stay is None:  # pragma: no cover - each such case takes it along
            raise AssertionError("the policy of a concurrent review has its part on stays")
        return self.policy.stay

    @property
    def way_to_end(self) -> StayEnd | None:
        return self.stays.end_of(self.stay.setting)

    @property
    def goes_on(self) -> bool:
        return len(self.lines) > 1

    @property
    def asked_in_time(self) -> bool:
        return self.in_time_to_go_on

    @property
    def permit(self) -> Authorization | None:
        """The authorization of the stay, as far as it lives."""
        permits = [line.authorization for line in self.lines if line.authorization]
        return next((one for one in reversed(permits) if one.ended_as is None), None)

    @property
    def last_approved(self) -> Line:
        """The last line of which days were approved."""
        return next(line for line in reversed(self.lines) if line.authorization)

    @property
    def approved_through(self) -> date | None:
        """The last day that was approved, and that is looked at again."""
        return self.permit.review_on if self.permit else None

    @property
    def is_running(self) -> bool:
        return self.permit is not None and self.ended_on is None and not self.is_stopped

    # Asked to go on

    def add(
        self, asked: ServiceLine, through: date, received_at: datetime, urgency: Urgency, now: datetime
    ) -> None:
        """One stretch more, on the rows of its own receipt."""
        self.request = self.request.model_copy(update={"lines": (*self.request.lines, asked)})
        line = Line(asked=asked, kind=self.policy.kind_of_service(self.request, asked))
        last = self.approved_through
        self.in_time_to_go_on = bool(
            last and received_at + timedelta(days=1) <= self.policy.calendar.end_of(last)
        )
        self.lines.append(line)
        self.throughs[asked.sequence] = through
        self.urgency = urgency
        self.coverage = None
        self.work.finish((one for one in self.work.open if one.what == looking.NOT_LOOKED_AT), now)
        for row in decision_clocks.rows_of(self, Duty.DECISION, received_at, urgency, line.kind):
            name = f"decision line {asked.sequence}"
            name = name if row.regime is self.policy.plan.regimes[0] else f"{name} {row.regime.value}"
            self.clocks.begin(name, row, Received(at=received_at, recorded_at=now), (asked.sequence,))

    def next_line(self, units: int, from_day: date) -> ServiceLine:
        last = self.lines[-1].asked
        changes = {"sequence": last.sequence + 1, "units": units, "from_day": from_day}
        return last.model_copy(update=changes)

    # Approved

    def on_terms(self, line: Line, permit: Authorization | None) -> Authorization | None:
        """One authorization grows with each stretch, and says when the stay is looked at again."""
        if permit is None or permit.ended_as:
            return permit
        through = self.throughs[line.sequence]
        if permit.measure is Measure.DAYS:
            through = min(through, permit.from_day + timedelta(days=permit.units - 1))
        if grown := self.permit:
            changes = {"units": grown.units + permit.units, "review_on": through}
            self._revise(grown := grown.model_copy(update=changes))
            return grown
        return permit.model_copy(update={"review_on": through, "through": None})

    def _revise(self, permit: Authorization) -> None:
        for line in self.lines:
            if line.authorization and line.authorization.number == permit.number:
                line.authorization = permit

    def settle(self, now: datetime) -> None:
        super().settle(now)
        if self.termination and self.termination.has_ended_coverage(now, self.policy.calendar):
            self.end(self.termination.covered_through(self.policy.calendar), "coverage ended", now)

    # Ended

    def end(self, day: date, how: str, now: datetime, by: Actor = SYSTEM) -> None:
        """It is over: the authorization of the stay ends with it."""
        if self.ended_on or not self.permit:
            return
        at = min(self.policy.calendar.end_of(day), now)
        self.ended_on, self.ended_how = day, how
        line = next(one for one in self.lines if one.authorization == self.permit)
        self.end_authorization(line, Ending.EXPIRED, at, now, by)
        if line.authorization:
            self._revise(line.authorization)
        self.work.finish((one for one in self.work.open if one.queue not in WAITED_FOR), now)
        self.close_if_over(now)

    @property
    def is_arranged(self) -> bool:
        """It is over, or nothing of it was approved."""
        return not self.is_running and not self.is_asked_about

    @property
    def is_asked_about(self) -> bool:
        """Does the QIO still look at it?"""
        asked = self.termination and self.termination.review_asked_at
        return bool(asked) and not self.is_stopped

    @property
    def outcome(self) -> str:
        return self.ended_how or super().outcome

    @property
    def stage(self) -> Stage:
        stage = super().stage
        if self.is_closed or self.is_stopped or self.is_undecided or not self.is_running:
            return stage
        return Stage.TERMINATING if self.termination else Stage.CONTINUING

    # What is ahead

    def follow_ups(self) -> list[Appointment]:
        return [*super().follow_ups(), *looking.looks(self)]

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook(appointment=appointment) if appointment.rung != PEER_TO_PEER:
                looking.look(self, appointment, now)
            case LetterLeft(notice=notice) if notice.kind is NoticeKind.DETERMINATION:
                super().follow(happening, now)
                ends = self.termination
                if ends and ends.line in (notice.lines or []) and notice.recipient is Recipient.MEMBER:
                    self.notice_given(notice.left_at(now), now)
            case _:
                super().follow(happening, now)

    def late(self, what: str, at: datetime, now: datetime) -> None:
        """What the law wanted by then was not there."""
        self.log.raise_flag(BREACH)
        self.log.record(EventKind.BREACHED, what, at=at, now=now)
        self.need("supervisor", what, now)

    def notice_given(self, at: datetime, now: datetime, by: Actor = SYSTEM) -> None:
        """The notice of the end was delivered, or left where that counts. Late, the end moves, and is said."""
        ends, calendar = self.termination, self.policy.calendar
        if ends is None or ends.delivered_at:
            return
        self.termination = ends.model_copy(update={"delivered_at": at})
        due_at, last = ends.notice_due(calendar), self.termination.ends_on(calendar)
        if due_at and at > due_at and not any(one.what == looking.NO_NOTICE for one in self.work.open):
            self.late(
                f"the notice was late: the last covered day is {last}, not {ends.last_day}", due_at, now
            )
        self.work.finish((one for one in self.work.open if one.what == looking.NO_NOTICE), now)
        words = f"notice of the end given; the last covered day is {last}"
        if until := self.termination.review_until(calendar):
            words += f", the QIO may be asked until {calendar.show(until)}"
        if until := self.termination.continue_until(calendar):
            words += f", continued benefits until {calendar.show_due(until)}"
        self.log.record(EventKind.DELIVERED, words, at=at, now=now, by=by)

    def first_message_given(self, now: datetime) -> None:
        self.work.finish((one for one in self.work.open if one.what == looking.NO_MESSAGE), now)

    def reinstate(self, now: datetime) -> None:
        """It had ended, and the QIO says otherwise: the authorization is good again."""
        if self.ended_on:
            permit = self.last_approved.authorization
            assert permit  # what ended had one
            self._revise(permit.model_copy(update={"ended_as": None, "ended_at": None}))
        self.ended_on, self.ended_how = None, ""

    def propose(self, termination: Termination, at: datetime, now: datetime, by: Actor) -> None:
        self.termination = termination
        words = f"an end of coverage is proposed: last covered day {termination.last_day}"
        self.log.record(EventKind.REFERRED, words, at=at, now=now, by=by)
        self.work.finish((one for one in self.work.open if one.queue == self.first_review), now)

    def goes_on_after_all(self, words: str, at: datetime, now: datetime, by: Actor) -> None:
        """Coverage goes on: ending it needs a new notice."""
        self.termination = None
        self.log.record(EventKind.REVIEW_ANSWERED, words, at=at, now=now, by=by)
        self.need(self.first_review, "coverage goes on: review it, and give a new notice before any end", now)
