"""What reaches us once more: it comes in once, from its own instant, and what is new in it is said."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime
from typing import Self

from domain.case.acts import Act, C
from domain.parts.events import EventKind
from domain.request.arrived import Arrived
from domain.request.receipt import new_papers
from domain.request.request import Channel, Document
from domain.terms.calendar import whole_seconds
from domain.terms.people import Actor
from domain.terms.refusals import Refused

BEFORE = "it was received before; nothing changed"
CAME_EARLIER = "the same had reached us earlier"


class ReceiveAgain(Act[C]):
    """The same came again. `receipt` is the number that it would have as a case of its own: it comes in once."""

    receipt: str

    @classmethod
    def of(cls, actor: Actor, receipt: str, came_as: str, came: Arrived) -> Self:
        """What a matter says to what came in once more, which stands in a field of that name here too."""
        return cls(actor=actor, receipt=receipt, **{came_as: came})

    @property
    @abstractmethod
    def received_at(self) -> datetime:
        """When this receipt reached us, before the first one or after it."""

    def happened_at(self, now: datetime) -> datetime:
        return whole_seconds(self.received_at)

    def came_earlier(self, case: C, now: datetime) -> bool:
        """Had it reached us before what was keyed first?"""
        return self.happened_at(now) < case.received_at

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
        case.log.record(EventKind.RECEIVED_AGAIN, words, at=at, now=now, by=self.actor, receipt=self.receipt)
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
        came = list(new_papers(case.papers.documents, papers))
        for paper in came:
            received = paper.model_copy(update={"received_at": paper.received_at or self.received_at})
            case.attached(received, now, by=self.actor)
        if came:
            yield f"{counted(len(came), 'paper')} attached"


def again_by(channel: Channel, whom: str) -> str:
    return f"again by {channel.value.replace('_', ' ')} from the {whom.replace('_', ' ')}"


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
