"""What people do with a message: call back, tie it to its case, hear it again, give it up."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import AwareDatetime

from domain.case.acts import Act, require_supervisor
from domain.desk.received_again import CAME_EARLIER, ReceiveAgain
from domain.message.left import Left
from domain.message.message import Message
from domain.parts.events import EventKind
from domain.parts.queues import RECEIPTS
from domain.request.request import Prose
from domain.terms.case_number import kind_of, parse
from domain.terms.kind import KINDS, Slice
from domain.terms.refusals import Refused


class CallBack(Act[Message]):
    """A call back that was made; one that reached nobody is still owed. `of_no_case`: it belongs to none."""

    reached: bool
    said: Prose | None = None
    of_no_case: bool = False

    def check(self, case: Message, now: datetime) -> None:
        if case.called_at:
            raise Refused(f"{case.number} was called back already; what it belongs to is said by tying it")
        if self.of_no_case and (case.left.wants.is_care or not self.reached):
            raise Refused("of-no-case: what asks for care, or reached nobody, is not over with a call")
        if case.call_was_late and case.call_by and self.happened_at(now) <= case.call_by:
            require_supervisor(self)

    def apply(self, case: Message, now: datetime) -> str:
        at, outcome = self.happened_at(now), "reached" if self.reached else "not reached"
        words = "; ".join([f"call back: {outcome}", *([self.said] if self.said else [])])
        case.log.record(EventKind.CALL_RECORDED, words, at=at, now=now, by=self.actor, reached=self.reached)
        if not self.reached:
            return "nobody was reached; the call back is still owed"
        case.of_no_case = self.of_no_case
        case.called(at, now)
        return "called back" if case.is_matched else "called back; find the case that it belongs to"


class TieMessage(Act[Message]):
    """The case that it belongs to, and when that was received; a request is received no later than its message."""

    to: str
    to_received_at: AwareDatetime

    def check(self, case: Message, now: datetime) -> None:
        if case.tied_to:
            raise Refused(f"{case.number} belongs to {case.tied_to} already")
        if parse(self.to) == case.number:
            raise Refused("to: a message does not belong to itself")
        is_request = Slice.REVIEWS in KINDS[kind_of(self.to)].takes
        if case.left.wants.is_care and not (is_request and self.to_received_at <= case.received_at):
            since = case.policy.calendar.show(case.received_at)
            raise Refused(
                f"to: the message asks for care and is its receipt; a request received by {since} takes it "
                "(`plazo message request` opens one)",
                "42 CFR 422.568(b), 438.210(d): from receipt of the request",
            )

    def apply(self, case: Message, now: datetime) -> str:
        case.tie(parse(self.to), self.happened_at(now), now, self.actor)
        return f"it belongs to {case.tied_to}"


class GiveUpMessage(Act[Message]):
    """Nobody can be reached, and why; what asks for care is never given up."""

    def check(self, case: Message, now: datetime) -> None:
        if case.called_at:
            raise Refused(f"{case.number} was called back already; say what it belongs to")
        if case.left.wants.is_care and not case.tied_to:
            raise Refused("it asks for care: open its request, whoever is reached or not")
        if not self.reason:
            raise Refused("because: say why nobody can be reached", "plan policy, assumed")

    def apply(self, case: Message, now: datetime) -> str:
        at = self.happened_at(now)
        case.log.record(EventKind.CALL_RECORDED, f"given up: {self.reason}", at=at, now=now, by=self.actor)
        case.give_up(at, now)
        return case.status.in_a_sentence


class HearAgain(ReceiveAgain[Message]):
    """The same was left again, before anybody had called."""

    left: Left

    @property
    def received_at(self) -> datetime:
        return self.left.received_at

    def check(self, case: Message, now: datetime) -> None:
        if case.called_at:
            raise Refused(f"{case.number} was called back; what comes after that is a message of its own")

    @property
    def words(self) -> str:
        return f"the same message was left again on {self.left.line}"

    def follow(self, case: Message, now: datetime) -> Iterator[str]:
        if self.came_earlier(case, now):
            case.need(RECEIPTS, f"{CAME_EARLIER}: see by when it is answered", now)
            yield CAME_EARLIER
        yield from self.attach(case, self.left.documents, now)
