"""The money of a dispute: what would have been paid, and what is given, owed once under its own key.

It is instructed when the claims system has it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.case.events import EventKind
from domain.case.payment import PaidAmount, Payment, interest_on
from domain.dispute.line import NOTHING
from domain.dispute.receipt import DisputeReceived
from domain.policy.disputes import Interest
from domain.policy.pricing import PaidLine, Reference


class DisputePaid(DisputeReceived):
    """A dispute that may owe money."""

    # What Original Medicare would have paid

    @property
    def to_price(self) -> dict[int, PaidLine]:
        """The lines that may be decided now, as the rate tables are asked about them."""
        return {line.sequence: line.to_price(self.filing.claim) for line in self.reviewable}

    @property
    def codes(self) -> set[str]:
        """What is looked up for them: their own codes, and all of the claim where it is known."""
        of_claim = {service.split()[0].upper() for service in self.filing.claim.services}
        return of_claim | {line.code for line in self.to_price.values()}

    @property
    def is_priced(self) -> bool:
        """Was everything that may be decided now looked up, as it is disputed now?"""
        return all(line.reference for line in self.reviewable)

    def priced(self, references: Mapping[int, Reference]) -> None:
        """What Original Medicare would have paid for these lines, or why that is unknown."""
        for line in self.lines:
            line.reference = references.get(line.sequence, line.reference)

    # What is paid

    def owe_payment(
        self, level: int, amount: Decimal, lines: tuple[PaidAmount, ...], now: datetime
    ) -> Payment | None:
        """An instruction to pay, under a key that is chosen here once; nothing to pay, nothing owed."""
        if amount <= 0:
            return None
        row = self.disputes.interest
        since = self._interest_since(row) if row else None
        today = self.policy.calendar.day_of(now)
        interest = interest_on(amount, row, since, today) if row and since else NOTHING
        named = self.filing.provider
        payment = Payment(
            key=f"{self.number}-pay-{level}",
            claim=self.filing.claim.payer_number,
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
        self.payments.append(payment)
        words = f"{payment.total} to be paid" + (f", {interest} of it interest" if interest else "")
        self.record(EventKind.PAYMENT_OWED, words, now=now, key=payment.key)
        return payment

    def _interest_since(self, row: Interest) -> date | None:
        """From when an amount bears interest; None where it bears none, or nobody knows that it does."""
        match row.counts_from:
            case "receipt":
                return self.policy.calendar.day_of(self.received_at)
            case "remittance_notice":
                return self.notification.day
            case "clean_claim" if clean := self.filing.claim.clean_since:
                last = clean + timedelta(days=row.after_days)
                return last if self.notification.day > last else None
            case _:
                return None

    def instructed(self, key: str, proof: str, now: datetime) -> None:
        """The instruction to pay has left, with its proof."""
        self.payments = [
            one.model_copy(update={"proof": proof}) if one.key == key else one for one in self.payments
        ]
        words = "payment instruction written"
        self.record(EventKind.PAYMENT_INSTRUCTED, words, now=now, key=key, proof=proof)
