"""What reaches us once more: the same request, from its own instant, with whatever it says that is new.

More urgent, it is a request to expedite by whoever asks, and counts from its own receipt (42 CFR 422.570). Received
before the first that was keyed, it is the receipt that counts. What it says otherwise is for a person, and what is
another request altogether is refused here: it becomes a case of its own.
"""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime

from domain.acts import Act, C
from domain.assessed import Assessed
from domain.calendar import whole_seconds
from domain.events import EventKind
from domain.queues import RECEIPTS
from domain.receipt import Compared, as_sent, compared, content_of, listed, new_papers, with_what_it_brings
from domain.refusals import Refused
from domain.request import Channel, Document, Request
from domain.timeframe import Urgency
from domain.timing import CorrectReceipt, CorrectRequest, Expedite

BEFORE = "it was received before; nothing changed"
CAME_EARLIER = "the same had reached us earlier"


class ReceiveAgain(Act[C]):
    """The same came again. `receipt` is the number that it would have as a case of its own: it comes in once."""

    receipt: str

    @property
    @abstractmethod
    def received_at(self) -> datetime:
        """When this receipt reached us, before the first one or after it."""

    def happened_at(self, now: datetime) -> datetime:
        return whole_seconds(self.received_at)

    def _check_instants(self, case: C, now: datetime) -> None:
        """However late it is keyed, it was received when it was; only the future holds no receipts."""
        if self.happened_at(now) > whole_seconds(now):
            raise Refused(f"received_at: {case.policy.calendar.show(self.received_at)} lies in the future")

    def refuse_unless_allowed(self, case: C, now: datetime) -> None:
        if self.receipt not in case.receipts:
            super().refuse_unless_allowed(case, now)

    def apply(self, case: C, now: datetime) -> str:
        if self.receipt in case.receipts:
            return BEFORE
        case.receipts.append(self.receipt)
        words = self.words
        at = self.happened_at(now)
        case.record(EventKind.RECEIVED_AGAIN, words, at=at, now=now, by=self.actor, receipt=self.receipt)
        return "; ".join([words, *self.follow(case, now)])

    @property
    @abstractmethod
    def words(self) -> str:
        """How it came, and from whom."""

    @abstractmethod
    def follow(self, case: C, now: datetime) -> Iterator[str]:
        """What it sets off, each in words."""

    def attach(self, case: C, papers: tuple[Document, ...], now: datetime) -> Iterator[str]:
        """Papers that are new, as of this receipt."""
        came = list(new_papers(case.documents, papers))
        for paper in came:
            received = paper.model_copy(update={"received_at": paper.received_at or self.received_at})
            case.attached(received, now, by=self.actor)
        if came:
            yield f"{counted(len(came), 'paper')} attached"


class ReceiveRequest(ReceiveAgain[Assessed]):
    """The same request came again, for a case that is not answered yet."""

    request: Request

    @property
    def received_at(self) -> datetime:
        return self.request.received_at

    @property
    def is_urgent(self) -> bool:
        return self.request.urgency is Urgency.EXPEDITED or self.request.emergency

    def check(self, case: Assessed, now: datetime) -> None:
        if not case.is_undecided or case.is_adverse:
            raise Refused(f"{case.number} has its answer; what comes after it is a request of its own")
        if other := self._beside(case).other:
            raise Refused(f"{case.number} has other content: {listed(other)}")
        if corrected := self._completed(case):
            corrected.check(case, now)

    def _beside(self, case: Assessed) -> Compared:
        return compared(content_of(case.request), content_of(self.request))

    def _completed(self, case: Assessed) -> CorrectRequest | None:
        """The request with what had been left out, where this one has it."""
        if not self._beside(case).brings:
            return None
        fields = with_what_it_brings(as_sent(case.request), content_of(self.request))
        request = Request.model_validate(fields)
        return CorrectRequest(actor=self.actor, reason="what was left out came", request=request)

    @property
    def words(self) -> str:
        urgent = ", expedited" if self.is_urgent else ""
        return (
            f"the same request came {again_by(self.request.channel, self.request.requested_by.value)}{urgent}"
        )

    def follow(self, case: Assessed, now: datetime) -> Iterator[str]:
        at, beside = self.happened_at(now), self._beside(case)
        if at < case.received_at:
            reason = CAME_EARLIER
            yield CorrectReceipt(actor=self.actor, reason=reason, received_at=at).apply(case, now)
        if completed := self._completed(case):
            completed.apply(case, now)
            yield f"taken over, as it was left out before: {listed(beside.brings)}"
        yield from self.attach(case, self.request.documents, now)
        yield from self._expedite(case, now)
        if beside.otherwise:
            said = f"{listed(beside.otherwise)} said otherwise"
            case.need(RECEIPTS, f"{said} when the request came again: find out, and correct the request", now)
            yield f"{said}, which is work for intake"

    def _expedite(self, case: Assessed, now: datetime) -> Iterator[str]:
        """It is a request to expedite, by whoever asks; a tick for an emergency is not a confirmation."""
        asked = Expedite(actor=self.actor, at=self.received_at, asked_by=self.request.requested_by)
        if self.is_urgent and asked.changes(case):
            yield asked.apply(case, now)
        if self.request.emergency and not case.request.emergency:
            case.request = case.request.model_copy(update={"emergency": True})
            case.ask_to_confirm_emergency(now)
            yield "an emergency, which a nurse confirms or not"


def again_by(channel: Channel, whom: str) -> str:
    return f"again by {channel.value.replace('_', ' ')} from the {whom.replace('_', ' ')}"


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
