"""What a dispute comes to know on its way: whether a cause was good, and what became of the second level."""

from datetime import date

from pydantic import AwareDatetime

from domain.dispute.filing import ContendedLine, DisputedClaim
from domain.policy.disputes import DisputeOutcome
from domain.remittance.notification import NoticeOfPayment
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.people import Actor


class GoodCause(Frozen):
    """Whether a late dispute had a good cause for being late, as a named person decided."""

    accepted: bool
    by: Actor
    reason: str
    decided_at: AwareDatetime


class SecondLevel(Frozen):
    """What we know of the request to the health plan, and later of its answer."""

    filed_on: date
    with_us: bool  # it reached us by mistake
    learned: str
    recorded_at: AwareDatetime
    outcome: DisputeOutcome | None = None
    amount: Money | None = None
    answered_on: date | None = None


class LaterRemittance(Frozen):
    """What another remittance says of the disputed lines, as a later filing brought it; an analyst takes it in."""

    notice: NoticeOfPayment
    claim: DisputedClaim
    lines: tuple[ContendedLine, ...]
    received_at: AwareDatetime
