"""Why a payment differs from the charge: the adjustments of a claim and of its lines (X12 835, CAS)."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from domain.request.request import Text
from domain.terms.frozen import Frozen
from domain.terms.money import Money


class Group(StrEnum):
    """Who bears an adjustment (CAS01)."""

    CONTRACTUAL = "CO"
    PATIENT = "PR"
    OTHER = "OA"
    PAYER = "PI"
    CORRECTION = "CR"  # of the versions before 5010


class Adjustment(Frozen):
    """Why a payment differs from the charge: a positive amount lowers the payment."""

    group: Group
    reason: Text  # a claim adjustment reason code (CARC)
    amount: Money
    quantity: Decimal | None = None  # of units adjusted

    @property
    def code(self) -> str:
        """Group and reason as people say them: `CO-45`."""
        return f"{self.group.value}-{self.reason}"


def total(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((adjustment.amount for adjustment in adjustments), Decimal(0))
