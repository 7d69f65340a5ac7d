"""A message: somebody reached us while nobody was there, and is called back. The policy, in its order.

1. *Left* on a line, at any hour; or a caller was answered at once, which is written down and over.
2. *In haste*: a message that names an emergency, a hospital or haste goes to whoever is on call when it arrives.
3. *Called back* by the end of the business day that begins next, by the hours of its line. Nobody reached is tried
   again; what is late is told to a supervisor, and stays owed.
4. *A message that asks for care is the receipt of it*: the time to decide runs from the message, until a request
   received by then carries it on.
5. *Tied* to the case that it belongs to, or said to belong to none; until then it stays unmatched.
"""

from datetime import datetime
from typing import ClassVar

from pydantic import AwareDatetime

from domain.case import ending
from domain.case.matter import Matter
from domain.clock.agenda import ONE_SECOND, Appointment, Occasion
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Services
from domain.message.left import Left
from domain.parts.clocks import lateness
from domain.parts.events import EventKind
from domain.parts.happenings import Happening, TimeToLook
from domain.parts.log import BREACH
from domain.parts.stage import Stage
from domain.parts.status import MessageStatus
from domain.policy.callers import ContactLine, MessagePolicy
from domain.request.request import Channel
from domain.terms.people import SYSTEM, Actor, Language

CALL, OPEN_IT = "call back whoever left the message", "it asks for care: open its request, as of the message"
LATE, MATCH = "the call back is late and stays owed", "find the case that the message belongs to"
DECISION, CALL_BACK = "decision", "call back"


class Message(Matter):
    """What somebody left with us, and what becomes of it. `call_by` is the last instant of a call back in time."""

    kind: ClassVar[str] = "message"
    came_as: ClassVar[str] = "left"

    left: Left
    call_by: AwareDatetime | None = None
    call_was_late: bool = False
    called_at: AwareDatetime | None = None
    tied_to: str | None = None
    of_no_case: bool = False
    given_up: bool = False

    def begins(self, now: datetime, by: Actor) -> None:
        """It was left with us: somebody is called back, and what asks for care counts from here."""
        channel = self.line.channel.value.replace("_", " ")
        words = f"{'call answered' if self.left.answer else 'message left'} by {channel}, on {self.line.id}"
        self.log.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by)
        if self.left.answer:
            self.called_at, self.of_no_case = self.received_at, True
        else:
            self._owe_a_call(now)

    def _owe_a_call(self, now: datetime) -> None:
        calendar, signs = self.line.days(self.policy.calendar), self.rows.signs_in(self.left.says)
        self.call_by = self.policy.call_back_by(self.received_at, calendar)
        if self.left.wants.is_care:
            self._begin_to_decide(now)
        hurry = bool(signs) or self.left.in_haste or self.left.urgency.value == "expedited"
        for sign in signs:
            self.warn(f"it names {sign}", now)
        self.need("on-call" if hurry else "calls", CALL, now, due_at=self.call_by)

    def _begin_to_decide(self, now: datetime) -> None:
        """The earliest of the times to decide runs, where such a message starts it; its request is to be opened."""
        calendar, received, urgency = self.policy.calendar, self.received_at, self.urgency
        rows = [
            row
            for row in self.policy.rows(Duty.DECISION, received, urgency, Services.LISTED)
            if self.line.channel is not Channel.TELEPHONE
            or self.policy.call_starts_the_clock(row.regime, urgency)
        ]
        if row := min(rows, key=lambda row: row.end(received, calendar), default=None):
            self.clocks.begin(DECISION, row, Received(at=received, recorded_at=now))
        self.need("intake", OPEN_IT, now, due_at=self.clocks.due_at(calendar), clock=DECISION)

    # What people do with it

    def called(self, at: datetime, now: datetime) -> None:
        """Somebody was called back, at `at`; a lateness that was none, as that shows, is taken back."""
        self.called_at = at
        self.work.finish((one for one in self.work.open if one.what in {CALL, LATE}), now)
        if self.call_was_late and self.call_by and at <= self.call_by:
            self.call_was_late = False
            if not self.was_late:
                self.log.lower_flag(BREACH)
            self.log.record(EventKind.BREACH_REMOVED, "the call back was in time", now=now)
        if not (self.is_matched or self.left.wants.is_care):  # what asks for care has its own work
            self.need("intake", MATCH, now)

    def tie(self, to: str, at: datetime, now: datetime, by: Actor) -> None:
        """It belongs to that case, which carries on whatever ran here."""
        self.tied_to = to
        self.link(to, "the message belongs to", now, by)
        if self.clocks.is_open(DECISION):
            self.clocks.change(DECISION, ended_at=at)
            self.reconsider_breach(DECISION, now)
        rest = (one for one in self.work.open if one.clock == DECISION or one.what in {OPEN_IT, MATCH})
        self.work.finish(rest, now)

    def give_up(self, at: datetime, now: datetime) -> None:
        """Nobody can be reached."""
        self.given_up = True
        ending.close(self, self.status.in_a_sentence, now, at)

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        """What somebody wants to know is asked on the call."""
        self.need("calls", f"ask on the call for {'; '.join(english)}", now)

    # What follows by itself

    def follow_ups(self) -> list[Appointment]:
        """The moment at which the call back is late."""
        if self.called_at or self.call_by is None:
            return []
        late = Appointment(
            at=self.call_by + ONE_SECOND, occasion=Occasion.FOLLOW_UP, clock=CALL_BACK, words=LATE
        )
        return [late]

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case TimeToLook(appointment=appointment):
                self.call_was_late = True
                late = lateness(appointment.at - ONE_SECOND, now)
                self.log.record(EventKind.BREACHED, LATE, at=appointment.at, now=now, lateness_seconds=late)
                self.log.raise_flag(BREACH)
                self.need("supervisor", LATE, now)  # in haste it is with whoever is on call already
            case _:
                pass

    def settle(self, now: datetime) -> None:
        """Called back, and it is known where it belongs."""
        if self.called_at and self.is_matched and not self.is_closed:
            ending.close(self, self.status.in_a_sentence, now)

    # Where it stands

    @property
    def due_at(self) -> datetime | None:
        """The call back, or the decision that runs here, whichever is earlier."""
        owed = (None if self.called_at or self.is_closed else self.call_by, super().due_at)
        return min((one for one in owed if one), default=None)

    @property
    def was_late(self) -> bool:
        return self.call_was_late or super().was_late

    @property
    def is_matched(self) -> bool:
        return self.tied_to is not None or self.of_no_case

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        return Stage.UNMATCHED if self.called_at else Stage.CALL_OWED

    @property
    def status(self) -> MessageStatus:
        if self.withdrawn:
            return MessageStatus.WITHDRAWN
        if self.given_up:
            return MessageStatus.NOT_REACHED
        if self.left.answer:
            return MessageStatus.ANSWERED
        return MessageStatus.CALLED if self.called_at else MessageStatus.WAITING

    @property
    def is_undecided(self) -> bool:
        return not (self.called_at or self.withdrawn or self.given_up)

    @property
    def rows(self) -> MessagePolicy:
        assert self.policy.messages is not None
        return self.policy.messages

    @property
    def line(self) -> ContactLine:
        return self.rows.line_named(self.left.line)

    @property
    def language_of_its_own(self) -> Language:
        return self.left.language
