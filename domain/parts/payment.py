"""Money that a dispute gives: an instruction to whoever pays claims, written once under its own key."""

from datetime import date
from decimal import Decimal

from pydantic import AwareDatetime

from domain.policy.disputes import Interest
from domain.terms.frozen import Frozen
from domain.terms.money import Money, cents

YEAR = Decimal(365)
WHOLE = Decimal(100)


class PaidAmount(Frozen):
    """What is to be paid more for one line."""

    line: int
    service: str
    amount: Money


class Payment(Frozen):
    """An instruction to pay. `lines` is empty where the health plan named one amount for all."""

    key: str
    claim: str  # the payer's number
    payee: str
    npi: str
    tax_id: str | None
    level: int
    lines: tuple[PaidAmount, ...]
    amount: Money
    interest: Money
    interest_rule: str | None  # the row of the pack that gives it
    total: Money
    instructed_at: AwareDatetime
    proof: str | None = None  # where the instruction lies, and its hash


def interest_on(amount: Decimal, row: Interest, since: date, until: date) -> Decimal:
    """Simple interest for the days from `since` on, to the cent."""
    days = max((until - since).days, 0)
    return cents(amount * row.percent / WHOLE * days / YEAR)
