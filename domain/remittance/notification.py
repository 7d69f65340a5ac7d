"""On which day was the provider told? The day from which the time to dispute a payment runs."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from domain.terms.frozen import Frozen


class NoticeOfPayment(Frozen):
    """The days that a remittance gives; one of them is the day on which the provider was told."""

    mailed_on: date | None = None
    produced_on: date | None = None  # DTM*405
    payment_on: date | None = None  # BPR16
    payment_day_is_impossible: bool = False  # BPR16 holds what no calendar has

    @model_validator(mode="after")
    def _has_a_day(self) -> Self:
        if not (self.mailed_on or self.produced_on or self.payment_on):
            raise ValueError("give the day of the mailed notice, of the remittance, or of the payment")
        return self


class DateBasis(StrEnum):
    """Which date a window was counted from."""

    MAILED_NOTICE = "mailed notice"
    REMITTANCE_DATE = "remittance date"
    PAYMENT_DATE = "payment date"


ELEMENTS = {DateBasis.REMITTANCE_DATE: " (DTM*405)", DateBasis.PAYMENT_DATE: " (BPR16)"}


class NotificationDate(Frozen):
    """The day on which the provider was told, as the case counts it, and what the other dates said."""

    day: date
    basis: DateBasis
    words: str


def notification_date(notice: NoticeOfPayment, *, later_governs: bool) -> NotificationDate:
    """The mailed notice if recorded, else DTM*405, else BPR16; where the later governs, the latest of them."""
    said = {
        DateBasis.MAILED_NOTICE: notice.mailed_on,
        DateBasis.REMITTANCE_DATE: notice.produced_on,
        DateBasis.PAYMENT_DATE: notice.payment_on,
    }
    known = {basis: day for basis, day in said.items() if day}
    basis = max(known, key=lambda one: known[one]) if later_governs else next(iter(known))
    others = [f"{_named(other)} is {_shown(day)}" for other, day in known.items() if other is not basis]
    if notice.payment_day_is_impossible:
        others.append(f"{_named(DateBasis.PAYMENT_DATE)} is impossible")
    words = "; ".join([f"counted from {_named(basis)}, {_shown(known[basis])}", *others])
    return NotificationDate(day=known[basis], basis=basis, words=words)


def _named(basis: DateBasis) -> str:
    return f"the {basis.value}{ELEMENTS.get(basis, '')}"


def _shown(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
