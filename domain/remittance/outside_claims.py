"""What a payer adds to a payment or takes from it outside all claims (X12 835, PLB)."""

from domain.request.request import Text
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.text import folded

INTEREST = "L6"
REFUND = "72"

# Adjustment reason codes, X12 element 426 as 005010X221A1 lists it for PLB03; the others are shown by their code.
REASONS = {
    "50": "late charge",
    REFUND: "a refund that the provider sent",
    "CS": "adjustment",
    "FB": "forwarding balance",
    "IR": "withheld for the tax authority",
    "L3": "penalty",
    INTEREST: "interest",
    "LE": "levy",
    "WO": "overpayment recovery",
}


class OutsideClaims(Frozen):
    """One amount of a PLB: above zero it is taken from the payment, below zero it is added."""

    reason: Text
    reference: Text | None = (
        None  # most payers put the number of a claim here, some with other words beside it
    )
    amount: Money

    @property
    def is_recovery(self) -> bool:
        """Is it about what was paid for a claim? A refund only says by which way that came back."""
        return self.reason not in {INTEREST, REFUND}

    @property
    def words(self) -> str:
        named = REASONS.get(self.reason)
        said = f"{self.reason} ({named})" if named else self.reason
        return f"{said}, {abs(self.amount)} {'taken' if self.amount > 0 else 'added'}"

    def is_about(self, *numbers: str | None) -> bool:
        """Does it name a claim that has one of these numbers?"""
        said = self.reference or ""
        named = {folded(one) for one in (said, *said.split())}
        return any(folded(number) in named for number in numbers if number)
