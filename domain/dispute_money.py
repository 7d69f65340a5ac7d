"""The money that a dispute gives: owed once under its own key, and instructed when the claims system has it."""

from datetime import datetime
from decimal import Decimal

from domain.dispute_line import NOTHING
from domain.dispute_receipt import DisputeReceived
from domain.events import EventKind
from domain.payment import PaidAmount, Payment, interest_on


class DisputePaid(DisputeReceived):
    """A dispute that may owe money."""

    def owe_payment(
        self, level: int, amount: Decimal, lines: tuple[PaidAmount, ...], now: datetime
    ) -> Payment | None:
        """An instruction to pay, under a key that is chosen here once; nothing to pay, nothing owed."""
        if amount <= 0:
            return None
        calendar, row = self.policy.calendar, self.disputes.interest
        since = self.notification.day
        if row and row.counts_from == "receipt":
            since = calendar.day_of(self.received_at)
        interest = interest_on(amount, row, since, calendar.day_of(now)) if row else NOTHING
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
            interest_rule=row.id if row else None,
            total=amount + interest,
            instructed_at=now,
        )
        self.payments.append(payment)
        words = f"{payment.total} to be paid" + (f", {interest} of it interest" if interest else "")
        self.record(EventKind.PAYMENT_OWED, words, now=now, key=payment.key)
        return payment

    def instructed(self, key: str, proof: str, now: datetime) -> None:
        """The instruction to pay has left, with its proof."""
        self.payments = [
            one.model_copy(update={"proof": proof}) if one.key == key else one for one in self.payments
        ]
        words = "payment instruction written"
        self.record(EventKind.PAYMENT_INSTRUCTED, words, now=now, key=key, proof=proof)
