"""One service line of a reviewed case, and what the directory says of the whole: small things with one home."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.clock.ledger import Extended
from domain.clock.timeframe import Services
from domain.request.criteria import Finding
from domain.request.determination import Authorization, Determination
from domain.request.network import UsBenefit, UsScope
from domain.request.request import ServiceLine
from domain.terms.frozen import Frozen
from domain.terms.people import Actor


class PeerOutcome(StrEnum):
    HELD = "held"
    MISSED = "missed"
    DECLINED = "declined"


class PeerToPeer(Frozen):
    """A conversation that a physician offered before deciding against a line, and what became of it."""

    by: Actor
    offered_at: AwareDatetime
    ends_at: AwareDatetime
    outcome: PeerOutcome | None = None


class Line(BaseModel):
    """One service line and how far it has come."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    asked: ServiceLine
    kind: Services
    findings: tuple[Finding, ...] = ()
    referred: bool = False
    determination: Determination | None = None
    announced_at: AwareDatetime | None = None
    authorization: Authorization | None = None
    peer: PeerToPeer | None = None
    instead_of: date | None = None  # the day of the letter whose answer this one takes the place of

    @property
    def sequence(self) -> int:
        return self.asked.sequence

    @property
    def service(self) -> str:
        """The code that is asked for, and once it is answered, the one that the answer names."""
        return self.determination.service if self.determination else self.asked.service

    @property
    def is_adverse(self) -> bool:
        return self.determination is not None and self.determination.outcome.is_adverse


class Coverage(Frozen):
    """What the directory said: is the member eligible, and the service covered, on the date of service?"""

    eligible: bool
    covered: bool
    because: str
    through: date | None = None  # the last day of a coverage that had ended
    us: UsBenefit | None = None  # of a service in the United States
    differs: tuple[str, ...] = ()  # in what the member on the paper is not the one of that number

    @property
    def is_covered(self) -> bool:
        return self.eligible and self.covered

    def in_the_us(self, benefit: UsBenefit) -> "Coverage":
        """The same for a service in the United States, as far as the product covers any there."""
        if self.is_covered and benefit.scope is UsScope.EMERGENCIES:
            because = "in the United States this product covers emergencies only"
            return self.model_copy(update={"covered": False, "because": because, "us": benefit})
        return self.model_copy(update={"us": benefit})


class ExtensionAsked(Frozen):
    """An extension that waits for its notice to leave; without it in time, the old date stands."""

    until: AwareDatetime
    ground: str
    asked_by: str
    by: str
    asked_at: AwareDatetime
    reason: str

    def noticed(self, at: datetime, now: datetime) -> Extended:
        """What the ledger takes once its notice left: whether it is good is the ledger's to say."""
        return Extended(
            at=self.asked_at,
            recorded_at=now,
            by=self.by,
            reason=self.reason,
            until=self.until,
            ground=self.ground,
            asked_by=self.asked_by,
            notice_sent_at=at,
        )
