"""A payment dispute as it was filed: who contends what, of which claim, remittance and lines.

The form is checked here and nowhere else. What the minimum set needs but the provider left out is allowed to be
absent: an incomplete dispute is received, its days are kept, and what is missing is asked for.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints, model_validator

from domain.clock.timeframe import Urgency
from domain.policy.disputes import Contention
from domain.remittance.adjustment import Adjustment, Group, total
from domain.remittance.claim_codes import unlisted
from domain.remittance.notification import NoticeOfPayment
from domain.request.request import Channel, Document, Prose, Text, one_id_each, one_sequence_each, refuse_all
from domain.terms.codes import NPI, npi_check_digit_is_right
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.people import Language
from domain.terms.text import folded, normal

TaxId = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^\d{2}-?\d{7}$"), BeforeValidator(normal)
]
COST_SHARE = frozenset({"1", "2", "3"})  # deductible, coinsurance, copayment (claim adjustment reason codes)


class DisputingProvider(Frozen):
    """Who disputes, and the group that it bills for."""

    name: Text
    npi: NPI
    tax_id: TaxId | None = None
    group: Text | None = None
    language: Language = Language.ENGLISH
    address: Text | None = None
    telephone: Text | None = None
    email: Text | None = None


class DisputedClaim(Frozen):
    """The claim as both sides number it, and what its remittance says of the coverage."""

    patient_account: Text | None = None
    payer_number: Text
    member: Text  # the member's contract number
    status: Text = "1"  # processed as primary (CLP02)
    filing_indicator: Text | None = None  # CLP06
    facility_code: Text | None = None  # CLP08: the first two digits of a bill type, or a place of service
    adjustments: tuple[Adjustment, ...] = ()  # of the claim as a whole; they touch each of its lines
    clean_since: date | None = None  # the day on which it was in, and clean; None: not known
    corrects: bool = False  # it stands beside the reversal of what it corrects
    services: tuple[Text, ...] = ()  # all of the claim, with their modifiers: `G0463 25`; empty: not known
    said_elsewhere: tuple[Prose, ...] = ()  # what the rest of the remittance says of it

    @property
    def warnings(self) -> tuple[str, ...]:
        odd = unlisted(self.status)
        return (*([odd] if odd else []), *self.said_elsewhere)


class ContendedLine(Frozen):
    """One paid line that is disputed. `expected` is what the provider says Original Medicare would have paid."""

    sequence: Annotated[int, Field(ge=1, le=999)]
    service: Text
    units: Annotated[Decimal, Field(gt=0, lt=10**6)] = Decimal(1)
    day: date | None = None
    charge: Money
    paid: Money
    expected: Annotated[Money, Field(ge=0)] | None = None
    adjustments: tuple[Adjustment, ...] = ()
    contention: Contention | None = None

    @property
    def cost_share(self) -> Decimal:
        """What the member bears of the line: deductible, coinsurance and copayment."""
        return total(
            one for one in self.adjustments if one.group is Group.PATIENT and one.reason in COST_SHARE
        )

    @property
    def contended(self) -> Decimal | None:
        """How much more the provider asks for; None where no amount was named."""
        return None if self.expected is None else self.expected - self.paid


class Filing(Frozen):
    """What a provider files with us, in writing."""

    urgency: ClassVar[Urgency] = Urgency.STANDARD

    plan: Text
    channel: Channel
    arrived_at: Text | None = None  # the mailbox, box or number that it reached first, right or wrong
    received_at: AwareDatetime
    reference: Text | None = None  # the provider's own number
    provider: DisputingProvider
    claim: DisputedClaim
    remittance: NoticeOfPayment
    lines: Annotated[tuple[ContendedLine, ...], Field(min_length=1, max_length=999)]
    statement: Prose | None = None  # the factual or legal basis
    good_cause: Prose | None = None  # why it comes late, where it does
    documents: tuple[Document, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        adjusted = [line for line in self.lines if line.adjustments]
        refuse_all(
            one_sequence_each(line.sequence for line in self.lines),
            one_id_each(self.documents),
            "lines: the charge less its adjustments is what was paid"
            if any(line.charge - total(line.adjustments) != line.paid for line in adjusted)
            else None,
        )
        return self

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a careful clerk would look at twice, and which is no reason to refuse."""
        good = npi_check_digit_is_right(self.provider.npi)
        npi = () if good else (f"the check digit of NPI {self.provider.npi} is wrong",)
        return (*npi, *self.claim.warnings)

    @property
    def fingerprint(self) -> str:
        """Claim, lines and provider: two filings that share it dispute the same payment."""
        lines = sorted(f"{line.sequence}*{line.service}" for line in self.lines)
        return "|".join([self.plan, self.provider.npi, folded(self.claim.payer_number), *lines])
