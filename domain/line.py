"""One service line of a reviewed case, and what the directory says of the whole: small things with one home."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.calendar import Frozen
from domain.criteria import Finding
from domain.determination import Authorization, Determination
from domain.request import ServiceLine
from domain.timeframe import Services


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

    @property
    def sequence(self) -> int:
        return self.asked.sequence

    @property
    def is_adverse(self) -> bool:
        return self.determination is not None and self.determination.outcome.is_adverse


class Coverage(Frozen):
    """What the directory said: is the member eligible, and the service covered, on the date of service?"""

    eligible: bool
    covered: bool
    because: str

    @property
    def is_covered(self) -> bool:
        return self.eligible and self.covered


class ExtensionAsked(Frozen):
    """An extension that waits for its notice to leave; without it in time, the old date stands."""

    until: AwareDatetime
    ground: str
    asked_by: str
    by: str
    asked_at: AwareDatetime
    reason: str
