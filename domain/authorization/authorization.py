"""An authorization that lives: leave to give one service, from the day of its issue to its end.

1. *Issued* by the case that approved a line, with that case's policy by value. Its terms are that case's word: a
   correction revises them, and what that case ends has ended.
2. *Used*, unit by unit, each with its day and who reported it.
3. *Reminded*: so long before the last day member and provider are told what is left, and that more is asked for
   before that day. More is a decision of its own, in a case of its own (X12 278, certification type: extension).
4. *Ended*: expired, used up, coverage ended, superseded, cancelled by the requester, entered in error, voided for
   cause. Never by a second look at necessity (42 CFR 422.138(c)). An end that began here is told to the case that
   issued it, and to its people where that case does not write to them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from pydantic import JsonValue

from domain.authorization import announcing, letters
from domain.authorization.state import AuthorizationState, Use, counted
from domain.case import dispatch, ending, sensitive
from domain.clock.agenda import ONE_SECOND, Appointment, Occasion
from domain.parts.clocks import lateness
from domain.parts.events import EventKind
from domain.parts.happenings import (
    Happening,
    LetterLeft,
    LetterLeftAgain,
    StoppedLetterLeft,
    TimeToLook,
    WindowEnded,
)
from domain.policy.rows import ReopeningGround
from domain.request.determination import Authorization, Ending
from domain.request.line import Coverage
from domain.review.issuing import About, Issued
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused

EXPIRY = "expiry"


class LiveAuthorization(AuthorizationState):
    """One authorization, from its issue to its end."""

    @classmethod
    def begun(cls, issued: Issued, *, now: datetime) -> Self:
        """A case approved a line: the authorization lives from now on."""
        case = cls(
            number=issued.number,
            member=issued.member,
            policy=issued.policy,
            received_at=issued.at,
            urgency=issued.urgency,
            parent=issued.case,
            line=issued.line,
            services=issued.services,
            permit=issued.permit,
            issued=issued.permit,
            request=issued.request,
            parties=issued.parties,
            head=issued.head,
            linked=[issued.case],
            replaces=issued.replaces,
            known_to=issued.known_to,
        )
        words = f"issued by {issued.case}: {case.terms}"
        case.log.record(EventKind.AUTHORIZATION_ISSUED, words, at=issued.at, now=now, case=issued.case)
        sensitive.mark(case, issued.request, now)
        return case

    # What the case that issued it says

    def hear(self, permit: Authorization, now: datetime) -> str:
        """Take its word: other terms, an end, or that it is good again. What is known already changes nothing."""
        if permit == self.issued:
            return "known already"
        before, self.issued = self.issued, permit
        ours = {"ended_as": self.permit.ended_as, "ended_at": self.permit.ended_at}
        unheard = ours["ended_as"] and before.ended_as is None and permit.ended_as is None
        was = self.terms
        if unheard:  # our own end is on its way there: other terms do not undo it
            permit = permit.model_copy(update=ours)
        if permit.ended_as and self.permit.ended_as is None:
            self._end(permit.ended_as, permit.ended_at or now, now, words=f", by {self.parent}")
            self.permit = permit
            if permit.ended_as is Ending.ENTERED_IN_ERROR:
                dispatch.stop(self, self.letters.unsent, "the case was entered in error", now, SYSTEM)
                dispatch.call_back(
                    self, [one for one in self.letters.notices if one.sent_at or one.uncertain_at], now
                )
            return f"ended: {permit.ended_as.text}"
        is_again = self.permit.ended_as is not None and permit.ended_as is None
        self.permit = permit
        if is_again:
            self.clocks.kept = [key for key in self.clocks.kept if f"/{EXPIRY}@" not in key]
            announcing.good_again(self, now)
            words = f"good again, by {self.parent}: {self.terms}"
            self.log.record(EventKind.REOPENED, words, now=now)
        elif self.terms != was:
            words = f"revised by {self.parent}: {self.terms} (was {was})"
            self.log.record(EventKind.AUTHORIZATION_REVISED, words, now=now)
        return self.standing

    def hear_correction(self, about: About, now: datetime) -> None:
        """The request was corrected: letters go where they should, and more of it is asked for as it reads."""
        if self.request != about.request:
            self.request, self.parties, self.head = about.request, about.parties, about.head
            self.log.record(EventKind.CORRECTED, f"the request as {self.parent} corrected it", now=now)

    # Used

    def use(self, use: Use, at: datetime, now: datetime, by: Actor) -> None:
        """Units were given; with the last of them it is used up."""
        self.used.append(use)
        under = f" under {use.under}" if use.under else ""
        given = f"{counted(self.permit, use.units)} used on {use.on}{under}, reported by {use.reported_by}"
        words = f"{given}; {self.units_left} left"
        self.log.record(EventKind.UNITS_USED, words, at=at, now=now, by=by, units=use.units)

    def take_over(self, uses: Iterable[Use], now: datetime) -> None:
        """What was used of the one whose place this takes counts here."""
        for use in uses:
            under = use.model_copy(update={"under": use.under or self.replaces})
            self.use(under, now, now, SYSTEM)

    # What is to come

    def follow_ups(self) -> list[Appointment]:
        """The reminders of its last day that lie ahead of its issue, and the second after that day."""
        end = self._end_of_last_day
        if end is None or self.permit.ended_as:
            return []
        reminders = [
            Appointment(
                at=at,
                occasion=Occasion.FOLLOW_UP,
                clock=self.number,
                rung=row.id,
                words=f"{row.before} before the last day: member and provider are told what is left",
            )
            for row in self.policy.authorization_reminder
            if (at := row.before.before(end, self.policy.calendar)) > self.received_at
        ]
        expiry = Appointment(
            at=end + ONE_SECOND,
            occasion=Occasion.FOLLOW_UP,
            clock=self.number,
            rung=EXPIRY,
            words=f"{self.number} expires",
        )
        return [*super().follow_ups(), *reminders, expiry]

    @property
    def _end_of_last_day(self) -> datetime | None:
        return self.policy.calendar.end_of(self.permit.through) if self.permit.through else None

    def _look(self, appointment: Appointment, now: datetime) -> None:
        """A reminder of its last day, or the end of that day."""
        if appointment.rung == EXPIRY:
            self._end(Ending.EXPIRED, appointment.at, now, since=max(appointment.at, self.received_at))
        elif (end := self._end_of_last_day) and now > end:
            words = f"passed while nothing ran: {appointment.words}"
            self.log.record(EventKind.RUNG_PASSED, words, at=appointment.at, now=now)
        else:
            self.log.record(EventKind.REMINDED, appointment.words, at=appointment.at, now=now)
            announcing.owe(
                self, NoticeKind.AUTHORIZATION_REMINDER, letters.reminder(self.permit, self.units_left), now
            )

    # Ends

    def end(self, ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
        """It ends here, by that name; the case that issued it is told next."""
        self._end(ending, at, now, by)

    def void(self, ground: ReopeningGround, why: str, at: datetime, now: datetime, by: Actor) -> None:
        """It should not have been given as it was: it ends on a listed ground, and that can be appealed."""
        self.log.record(
            EventKind.CORRECTED, f"voided for cause: {ground.words.en}: {why}", at=at, now=now, by=by
        )
        announcing.voided_for(self, ground, why, at, now, by)
        self._end(Ending.VOIDED, at, now, by, words=f": {ground.words.en}")

    def _end(
        self,
        ending: Ending,
        at: datetime,
        now: datetime,
        by: Actor = SYSTEM,
        *,
        words: str = "",
        since: datetime | None = None,
    ) -> None:
        self.permit = self.permit.model_copy(update={"ended_as": ending, "ended_at": at})
        self.coverage_day = self.coverage_asked_by = None
        late = lateness(since, now) if since else 0
        said = f"{self.number} ended: {ending.text}{words}"
        details: dict[str, JsonValue] = {"ending": ending.value, "lateness_seconds": late}
        self.log.record(EventKind.AUTHORIZATION_ENDED, said, at=at, now=now, by=by, **details)
        self.work.finish_all(now)

    def settle(self, now: datetime) -> None:
        """With the last unit it is used up; what has ended, and was told everywhere, is over."""
        if self.permit.ended_as is None and self.units_left == 0:
            self.end(Ending.USED_UP, now, now, SYSTEM)
        told = self.permit.ended_as and not self.is_untold
        is_in_hand = self.letters.came_back or self.letters.stopped_too_late or self.work.in_queue("privacy")
        waits = self.letters.unsent or self.letters.holds or is_in_hand or self.may_be_appealed
        if told and self.permit.ended_as and not waits and not self.is_closed:
            ending.close(self, self.permit.ended_as.text, now)

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case LetterLeft(notice=notice):
                if self.window_begun_by(notice):
                    announcing.open_the_time_to_appeal(self, notice.left_at(now), now)
                self.settle(now)
            case LetterLeftAgain(notice=notice):
                announcing.member_has_again(self, notice, now)
            case StoppedLetterLeft(notice=notice) if self.permit.ended_as is Ending.ENTERED_IN_ERROR:
                dispatch.call_back(self, [notice], now)
            case WindowEnded():
                self.settle(now)
            case TimeToLook(appointment=appointment):
                self._look(appointment, now)
            case _:
                pass

    def coverage_answered(self, coverage: Coverage, now: datetime) -> None:
        """What the directory says of the day that was asked about; without coverage the authorization ends."""
        day, by = self.coverage_day, self.coverage_asked_by or SYSTEM
        self.coverage_day = self.coverage_asked_by = None
        self.log.record(EventKind.COVERAGE_CHECKED, f"coverage on {day}: {coverage.because}", now=now)
        if not coverage.is_covered and self.permit.ended_as is None:
            self.end(Ending.COVERAGE_ENDED, now, now, by)

    # What came before and after

    def goes_on_as(self, number: str, at: datetime, now: datetime) -> None:
        """A case of its own gave more: this one still ends on its own day."""
        self.extended_by = number
        self.linked = list(dict.fromkeys([*self.linked, number]))
        self.log.record(
            EventKind.AUTHORIZATION_EXTENDED, f"extended by {number}", at=at, now=now, case=number
        )

    def give_way_to(self, number: str, at: datetime, now: datetime) -> None:
        """Another takes its place."""
        self.replaced_by = number
        self.linked = list(dict.fromkeys([*self.linked, number]))
        self._end(Ending.SUPERSEDED, at, now, words=f" by {number}")

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """Nothing is decided here, so nothing is asked for: the act refuses first."""
        raise Refused(f"{self.number} has nothing left to decide")

    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        """Whoever asked for it takes it back."""
        self.log.record(EventKind.WITHDRAWN, f"taken back by the {by}", at=at, now=now, by=actor)
        self.end(Ending.CANCELLED, at, now, actor)
