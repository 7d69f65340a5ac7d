"""A remittance: what a payer says it paid for each claim and line, and why not more (X12 835, 005010X221A1).

A dispute asks three things of it. Do its amounts balance? What does it say about the coverage? And on which day
was the provider told, the day from which the time to file runs?
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field

from domain.remittance.adjustment import Adjustment, total
from domain.remittance.claim_codes import COVERAGES, MEDICARE_ADVANTAGE, SECONDARY, unlisted
from domain.remittance.notification import NoticeOfPayment
from domain.remittance.outside_claims import OutsideClaims
from domain.request.request import Text
from domain.terms.codes import npi_check_digit_is_right
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.refusals import Refused

NPI_FORM = re.compile(r"\d{10}", re.ASCII)
UNNAMED = "not named"
TOTAL_CHARGE = "0001"  # the revenue code of the line that adds up a hospital's claim
PRIOR_PAYER = "23"  # the impact of another payer's adjudication (claim adjustment reason code)


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
    def codes(self) -> tuple[str, ...]:
        return (self.service, *([self.billed_service] if self.billed_service else []))

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
    is_taken_back: bool = False  # its whole payment, by another claim of the same file
    corrects: bool = False  # it stands beside the reversal of what it corrects
    corrected_by: tuple[Text, ...] = ()  # of a reversal: the claims that do so, by their numbers
    said_elsewhere: tuple[str, ...] = ()  # what its signs, its siblings in the file and PLB say of it

    @property
    def disputable_lines(self) -> tuple[RemittedLine, ...]:
        """Its lines; without any it is one. What was adjusted on the whole of one line is that line's."""
        if len(self.lines) > 1:
            return self.lines
        line = next(
            iter(self.lines), RemittedLine(sequence=1, service=TOTAL_CHARGE, charge=self.charge, paid=0)
        )
        whole = {"paid": self.paid, "adjustments": tuple(self.every_adjustment)}
        return (line.model_copy(update=whole),)

    @property
    def in_one_line(self) -> Self:
        """The same claim as a hospital that was paid by the stay sees it."""
        return self.model_copy(update={"lines": (), "adjustments": tuple(self.every_adjustment)})

    @property
    def adjusted_beside_its_lines(self) -> tuple[Adjustment, ...]:
        """What touches each of several lines, nobody knows how much."""
        return tuple(one for one in self.adjustments if one.amount) if len(self.lines) > 1 else ()

    @property
    def services(self) -> tuple[str, ...]:
        """Each service, as billed and as paid, with its modifiers: `G0463 25`."""
        said = [" ".join([code, *line.modifiers]) for line in self.lines for code in line.codes]
        return tuple(dict.fromkeys(said))

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
        return self.status in SECONDARY or any(
            found.reason == PRIOR_PAYER and found.amount for found in self.every_adjustment
        )

    @property
    def takes_back(self) -> bool:
        """A reversal, by its amounts: payers write its status on corrections too, and on reversals another."""
        return self.charge < 0 or self.paid < 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a careful clerk would look at twice."""
        odd = unlisted(self.status)
        return (*([odd] if odd else []), *self.said_elsewhere)


class UnreadClaim(Frozen):
    """A claim with a fault of its own: nothing can be based on it, and it stops no other."""

    place: str  # in the file: `claim 2`
    fault: str
    patient_account: Text | None = None
    payer_number: Text | None = None
    paid: Money | None = None


class Remittance(Frozen):
    """One payment and the claims that it answers."""

    payer: Text
    payee: Text
    payee_npi: Text | None = None
    payee_tax_id: Text | None = None
    payee_address: Text | None = None
    payment: Money | None  # BPR02; None: it cannot be read
    provider_adjustments: Money = Decimal("0.00")  # taken from the payment outside all claims (PLB)
    produced_on: date | None = None  # DTM*405
    payment_on: date | None = None  # BPR16
    payment_day_is_impossible: bool = False  # BPR16 holds what no calendar has
    remittance_day_is_impossible: bool = False  # so does DTM*405
    outside: tuple[OutsideClaims, ...] = ()  # each of the provider's adjustments
    faults: tuple[str, ...] = ()  # of what belongs to no claim
    claims: tuple[RemittedClaim, ...] = ()
    unread: tuple[UnreadClaim, ...] = ()

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

    def only(self, claim: RemittedClaim) -> Self:
        """The same payment without what it says of other claims."""
        outside = tuple(
            one for one in self.outside if one.is_about(claim.payer_number, claim.patient_account)
        )
        return self.model_copy(update={"claims": (claim,), "outside": outside, "unread": ()})

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a careful clerk would look at twice, and which is no reason to refuse."""
        npi = self.payee_npi
        npi_is_good = npi is None or (NPI_FORM.fullmatch(npi) and npi_check_digit_is_right(npi))
        looks = {
            "BPR16 is no possible date; it was not used": self.payment_day_is_impossible,
            "DTM*405 is no possible date; it was not used": self.remittance_day_is_impossible,
            "the payee's NPI (N104) is malformed, or its check digit is wrong": not npi_is_good,
            "BPR02 is not what the claims come to": not self._adds_up,
        }
        return (*self.faults, *(words for words, seen in looks.items() if seen))

    @property
    def _adds_up(self) -> bool:
        """Whether claims and PLB come to the payment; whose amount cannot be read may make up for anything."""
        unread = [claim.paid for claim in self.unread]
        paid = [*(claim.paid for claim in self.claims), *(amount for amount in unread if amount is not None)]
        return None in (*unread, self.payment) or sum(paid) - self.provider_adjustments == self.payment
