"""What an authorization tells of its end, and the time to appeal that opens where it was voided for cause.

To void it is an adverse determination of its own: somebody decided it, on a listed ground, and its letter gives the
time to appeal that a denial gives. What its own case takes away by a corrected answer is told and appealed there.
"""

from datetime import datetime

from pydantic import JsonValue

from domain.authorization import letters
from domain.authorization.state import AuthorizationState
from domain.case.events import EventKind
from domain.clock.clock import Clock
from domain.clock.ledger import Received
from domain.clock.timeframe import Duty, Timeframe
from domain.policy.rows import ReopeningGround
from domain.request.determination import Determination, Ending, Outcome, Reason, ReasonClass
from domain.review.telling import APPEAL
from domain.terms.case_number import kind_of
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import Actor, Language


class TellingLife(AuthorizationState):
    """An authorization that has ended, and whoever has to know."""

    # What is told

    @property
    def is_untold(self) -> bool:
        """Did it end here, and the case that issued it does not know?"""
        return self.permit.ended_as is not None and self.issued.ended_as is None

    def case_told(self, now: datetime, *, heard: bool) -> None:
        """The case that issued it knows of the end, or has closed; people are told here unless it tells them."""
        self.issued = self.permit
        if not heard:
            words = f"{self.parent} had closed, and hears no more"
            self.record(EventKind.LINKED, words, now=now, case=self.parent)
        writes = heard and kind_of(self.parent or "") == "referral" and self.voided is None
        if self.permit.ended_as and not writes and not self._is_plain_expiry:
            self.owe(NoticeKind.AUTHORIZATION_ENDED, letters.ended(self, self.appeal_row), now)

    @property
    def _is_plain_expiry(self) -> bool:
        """Its last day was known from the first letter on."""
        return self.permit.ended_as is Ending.EXPIRED and self.permit.through is not None

    def owe(self, kind: NoticeKind, facts: dict[Language, dict[str, JsonValue]], now: datetime) -> None:
        """To whom the pack says, as far as they have to do with it."""
        rule = self.policy.notice_rule(kind, self.received_at, self.urgency)
        readers = [party for party in self.parties if rule is None or party.recipient in rule.to]
        head = self.head | {"dated": self.policy.calendar.day_of(now).isoformat()}
        self.owe_to(readers, kind, now, {language: head | facts[language] for language in Language})

    # Voided for cause

    def voided_for(self, ground: ReopeningGround, why: str, at: datetime, now: datetime, by: Actor) -> None:
        """The determination that voiding it is: nothing is left of what was approved, for a listed cause."""
        self.because = ground.words
        self.voided = Determination(
            outcome=Outcome.DENIED,
            by=by,
            service=self.permit.service,
            units=0,
            because=why,
            reason=Reason(
                id=ground.id,
                reason_class=ReasonClass.ADMINISTRATIVE,  # never medical necessity
                words=ground.words,
                source=ground.source,
            ),
            decided_at=at,
            recorded_at=now,
        )

    @property
    def appeal_row(self) -> Timeframe | None:
        """How long its voiding may be appealed; None where it was not voided here."""
        return self.policy.row(Duty.APPEAL_WINDOW, self.received_at, self.urgency) if self.voided else None

    @property
    def may_be_appealed(self) -> bool:
        """Is the time to appeal its voiding still running?"""
        return APPEAL in self.clocks and self.clocks[APPEAL].is_open

    @property
    def standing(self) -> str:
        last = self.due_at_of(self.clocks[APPEAL]) if self.may_be_appealed else None
        appeal = f"; it may be appealed through {self.policy.calendar.show_due(last)}" if last else ""
        return f"{super().standing}{appeal}"

    def begun_by(self, notice: Notice) -> str | None:
        begins = notice.kind is NoticeKind.AUTHORIZATION_ENDED and notice.recipient is Recipient.MEMBER
        return APPEAL if begins and self.voided else None

    def after_notice(self, notice: Notice, now: datetime) -> None:
        if self.begun_by(notice):
            self._open_the_time_to_appeal(notice.sent_at or now, now)

    def after_notice_again(self, notice: Notice, now: datetime) -> None:
        window = self.clocks.get(self.begun_by(notice) or "")
        if window and not window.satisfied_at:
            self._open_the_time_to_appeal(now, now)

    def _open_the_time_to_appeal(self, at: datetime, now: datetime) -> None:
        row = self.appeal_row
        if row is None:
            return
        self.start_clock(APPEAL, row, Received(at=at, recorded_at=now))
        last = self.due_at_of(self.clocks[APPEAL])
        until = self.policy.calendar.show_due(last) if last else "no end"
        self.record(EventKind.WINDOW_OPENED, f"an appeal may be filed through {until}", now=now, clock=APPEAL)

    def window_ended(self, clock: Clock, at: datetime, now: datetime) -> None:
        self.settle(now)

    def good_again(self, now: datetime) -> None:
        """Nothing is left to appeal, and it may come to its last day once more."""
        self.because = self.voided = None
        if self.may_be_appealed:
            self.change_clock(APPEAL, ended_at=now)
