"""A remittance: what a payer says it paid for each claim and line, and why not more (X12 835, 005010X221A1).

A dispute asks three things of it. Do its amounts balance? What does it say about the coverage? And on which day
was the provider told, the day from which the time to file runs?
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.calendar import Frozen
from domain.codes import npi_check_digit_is_right
from domain.money import Money
from domain.notification import NoticeOfPayment
from domain.refusals import Refused
from domain.request import Text

SECONDARY = {"2", "3", "20", "21"}  # processed as secondary or tertiary; 20 and 21 also forwarded (CLP02)
NPI_FORM = re.compile(r"\d{10}", re.ASCII)
REVERSAL = "22"  # takes an earlier payment back; the corrected claim stands beside it (CLP02)
PRIOR_PAYER = "23"  # the impact of another payer's adjudication (claim adjustment reason code)
MEDICARE_ADVANTAGE = "16"  # the only indicator that says it: a local PPO of Medicare Advantage may say 12

# Claim filing indicators, X12 element 1032 as 005010X221A1 lists it for CLP06.
COVERAGES = {
    "12": "a preferred provider organization",
    "13": "a point-of-service plan",
    "14": "an exclusive provider organization",
    "15": "indemnity insurance",
    "16": "a Medicare HMO (Medicare Advantage)",
    "17": "a dental maintenance organization",
    "AM": "automobile medical insurance",
    "CH": "TRICARE",
    "DS": "disability insurance",
    "HM": "a health maintenance organization",
    "LM": "liability medical insurance",
    "MA": "Original Medicare, Part A",
    "MB": "Original Medicare, Part B",
    "MC": "Medicaid",
    "OF": "another federal program",
    "TV": "Title V",
    "VA": "the Veterans Affairs plan",
    "WC": "workers' compensation",
    "ZZ": "a coverage that payer and provider defined themselves",
}


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


class RemittedLine(Frozen):
    """One service as it was paid; `sequence` is its place in the claim, from 1."""

    sequence: Annotated[int, Field(ge=1)]
    control_number: Text | None = None  # the provider's own number of the line (REF*6R)
    qualifier: Text = "HC"  # which list the code is of: HC for CPT and HCPCS, NU for revenue codes (SVC01-1)
    service: Text
    modifiers: tuple[Text, ...] = ()
    revenue_code: Text | None = None
    billed_service: Text | None = None  # what was billed, where another code was paid (SVC06)
    charge: Money
    paid: Money
    units: Decimal = Decimal(1)  # units paid
    billed_units: Decimal | None = None  # where they differ from the units paid (SVC07)
    allowed: Money | None = None  # AMT*B6
    begins_on: date | None = None  # None: the claim's dates are the line's
    ends_on: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[Text, ...] = ()  # remittance advice remark codes (RARC)

    @property
    def is_balanced(self) -> bool:
        return self.charge - total(self.adjustments) == self.paid


class RemittedClaim(Frozen):
    """One claim as it was paid. `patient_account` is the provider's number, `payer_number` the payer's."""

    patient_account: Text
    payer_number: Text | None = None
    status: Text  # CLP02
    filing_indicator: Text | None = None  # CLP06
    facility_code: Text | None = None  # the first two digits of a bill type, or a place of service (CLP08)
    member_id: Text | None = None
    member_name: Text | None = None
    charge: Money
    paid: Money
    patient_responsibility: Money = Decimal("0.00")
    begins_on: date | None = None
    ends_on: date | None = None
    adjustments: tuple[Adjustment, ...] = ()  # of the claim as a whole; the lines have their own
    remarks: tuple[Text, ...] = ()  # RARC of the claim as a whole (MIA, MOA)
    lines: tuple[RemittedLine, ...] = ()

    @property
    def every_adjustment(self) -> Iterator[Adjustment]:
        yield from self.adjustments
        for line in self.lines:
            yield from line.adjustments

    @property
    def balance_fault(self) -> str | None:
        """Which amount does not follow from the others (005010X221A1, 1.10.2); None where all do."""
        for line in self.lines:
            if not line.is_balanced:
                return f"line {line.sequence}: SVC03 is not the charge less the line's adjustments"
        if self.charge - total(self.every_adjustment) != self.paid:
            return "CLP04 is not the charge less all adjustments"
        if self.lines and sum(line.charge for line in self.lines) != self.charge:
            return "CLP03 is not the sum of what the lines charge"
        return None

    @property
    def is_medicare_advantage(self) -> bool:
        """Does the remittance itself say so? Where it does not, the directory of members decides."""
        return self.filing_indicator == MEDICARE_ADVANTAGE

    @property
    def coverage(self) -> str:
        """What the claim filing indicator says, in words."""
        if self.filing_indicator is None:
            return "no coverage named"
        return COVERAGES.get(self.filing_indicator, "a coverage that the guide does not list")

    @property
    def is_secondary(self) -> bool:
        """Another payer came first, so the payment is not what Original Medicare's rate would be."""
        return self.status in SECONDARY or any(found.reason == PRIOR_PAYER for found in self.every_adjustment)

    @property
    def is_reversal(self) -> bool:
        return self.status == REVERSAL


class Remittance(Frozen):
    """One payment and the claims that it answers."""

    payer: Text
    payee: Text
    payee_npi: Text | None = None
    payee_tax_id: Text | None = None
    payee_address: Text | None = None
    payment: Money  # BPR02
    provider_adjustments: Money = Decimal("0.00")  # taken from the payment outside all claims (PLB)
    produced_on: date | None = None  # DTM*405
    payment_on: date | None = None  # BPR16
    payment_day_is_impossible: bool = False  # BPR16 holds what no calendar has
    claims: tuple[RemittedClaim, ...] = ()

    def notice(self, mailed_on: date | None = None) -> NoticeOfPayment:
        """The days of which one is that on which the provider was told."""
        if not (mailed_on or self.produced_on or self.payment_on):
            raise Refused(
                "remittance: it has no date of notice (DTM*405 or BPR16), and no mailed notice is recorded"
            )
        return NoticeOfPayment(
            mailed_on=mailed_on,
            produced_on=self.produced_on,
            payment_on=self.payment_on,
            payment_day_is_impossible=self.payment_day_is_impossible,
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a careful clerk would look at twice, and which is no reason to refuse."""
        npi = self.payee_npi
        npi_is_good = npi is None or (NPI_FORM.fullmatch(npi) and npi_check_digit_is_right(npi))
        adds_up = sum(claim.paid for claim in self.claims) - self.provider_adjustments == self.payment
        looks = {
            "BPR16 is no possible date; it was not used": self.payment_day_is_impossible,
            "the payee's NPI (N104) is malformed, or its check digit is wrong": not npi_is_good,
            "BPR02 is not what the claims come to": not adds_up,
        }
        return tuple(words for words, seen in looks.items() if seen)


def total(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((adjustment.amount for adjustment in adjustments), Decimal(0))


def find_claim(remittance: Remittance, number: str) -> RemittedClaim:
    """The claim of this payer number, else of this patient account; one that was taken back only where alone."""
    asked = number.strip().casefold()
    of_payer = [claim for claim in remittance.claims if (claim.payer_number or "").casefold() == asked]
    of_patient = [claim for claim in remittance.claims if claim.patient_account.casefold() == asked]
    found = of_payer or of_patient
    found = [claim for claim in found if not claim.is_reversal] or found
    match found:
        case []:
            raise Refused("claim: this remittance has no claim of that number")
        case [claim]:
            return claim
    numbers = sorted({claim.payer_number for claim in found if claim.payer_number})
    if len(numbers) < len(found):
        raise Refused(f"claim: {len(found)} claims have that number, and no payer's number tells them apart")
    listed = ", ".join(numbers)
    raise Refused(f"claim: {len(found)} claims have that number; choose by the payer's: {listed}")
