"""One disputed line: what is contended, where it goes, what Original Medicare pays, how it was answered."""

from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.dispute.filing import ContendedLine, DisputedClaim
from domain.policy.disputes import DisputeOutcome, Route
from domain.rates.pricing import PaidLine, Reference
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.people import Actor, Words

Ground = Literal["untimely", "incomplete"]
NOTHING = Decimal("0.00")


class Triage(Frozen):
    """Where a line goes and why; `row` is the pack's, or None where a person or no row said so."""

    route: Route
    why: Words
    source: str
    row: str | None = None
    by: Actor | None = None


class Resolution(Frozen):
    """The answer to one line: by whom, for which reason, and how much more is paid."""

    outcome: DisputeOutcome
    amount: Money
    reason_id: str
    words: Words
    because: str  # stated where the amount goes beyond what was contended
    by: Actor
    decided_at: AwareDatetime
    recorded_at: AwareDatetime


class DisputeLine(BaseModel):
    """One disputed line and how far it has come."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    asked: ContendedLine
    triage: Triage
    reference: Reference | None = None
    resolution: Resolution | None = None
    dismissed: Ground | None = None
    announced_at: AwareDatetime | None = None  # its letter is owed
    told_at: AwareDatetime | None = None  # its letter has left

    @property
    def sequence(self) -> int:
        return self.asked.sequence

    @property
    def is_redirected(self) -> bool:
        return self.triage.route is Route.REDIRECT

    @property
    def is_open(self) -> bool:
        """Does it still wait for its answer here?"""
        if self.is_redirected:
            return self.announced_at is None
        return self.resolution is None and self.dismissed is None

    @property
    def outcome(self) -> str | None:
        """In one word, once there is an answer."""
        if self.resolution:
            return self.resolution.outcome.value
        if self.dismissed:
            return "dismissed"
        return "redirected" if self.is_redirected and self.announced_at else None

    @property
    def awarded(self) -> Decimal:
        return self.resolution.amount if self.resolution else NOTHING

    def to_price(self, claim: DisputedClaim) -> PaidLine:
        """The line as the rate tables are asked about it."""
        asked = self.asked
        return PaidLine(
            code=asked.service.strip().upper(),
            units=asked.units,
            bill_type=claim.facility_code,
            day=asked.day,
            cost_share=asked.cost_share,
            paid=asked.paid,
            shares_an_adjustment=any(one.amount for one in claim.adjustments),
        )
