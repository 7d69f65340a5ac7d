"""The money of a dispute: what would have been paid, and what is given, owed once under its own key.

It is instructed when the claims system has it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.dispute.disputed import Disputed
from domain.dispute.line import NOTHING
from domain.parts.events import EventKind
from domain.parts.payment import PaidAmount, Payment, interest_on
from domain.policy.disputes import Interest
from domain.rates.pricing import Reference


def priced(case: Disputed, references: Mapping[int, Reference]) -> None:
    """What Original Medicare would have paid for these lines, or why that is unknown."""
    for line in case.lines:
        line.reference = references.get(line.sequence, line.reference)


# What is paid


def owe_payment(
    case: Disputed, level: int, amount: Decimal, lines: tuple[PaidAmount, ...], now: datetime
) -> Payment | None:
    """An instruction to pay, under a key that is chosen here once; nothing to pay, nothing owed."""
    if amount <= 0:
        return None
    row = case.disputes.interest
    since = _interest_since(case, row) if row else None
    today = case.policy.calendar.day_of(now)
    interest = interest_on(amount, row, since, today) if row and since else NOTHING
    named = case.filing.provider
    payment = Payment(
        key=f"{case.number}-pay-{level}",
        claim=case.filing.claim.payer_number,
        payee=named.group or named.name,
        npi=named.npi,
        tax_id=named.tax_id,
        level=level,
        lines=lines,
        amount=amount,
        interest=interest,
        interest_rule=row.id if row and since else None,
        total=amount + interest,
        instructed_at=now,
    )
    case.payments.append(payment)
    words = f"{payment.total} to be paid" + (f", {interest} of it interest" if interest else "")
    case.log.record(EventKind.PAYMENT_OWED, words, now=now, key=payment.key)
    return payment


def _interest_since(case: Disputed, row: Interest) -> date | None:
    """From when an amount bears interest; None where it bears none, or nobody knows that it does."""
    match row.counts_from:
        case "receipt":
            return case.policy.calendar.day_of(case.received_at)
        case "remittance_notice":
            return case.notification.day
        case "clean_claim" if clean := case.filing.claim.clean_since:
            last = clean + timedelta(days=row.after_days)
            return last if case.notification.day > last else None
        case _:
            return None


def instructed(case: Disputed, key: str, proof: str, now: datetime) -> None:
    """The instruction to pay has left, with its proof."""
    case.payments = [
        one.model_copy(update={"proof": proof}) if one.key == key else one for one in case.payments
    ]
    words = "payment instruction written"
    case.log.record(EventKind.PAYMENT_INSTRUCTED, words, now=now, key=key, proof=proof)
