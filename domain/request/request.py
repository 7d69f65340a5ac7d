"""A request as it came in, for precertification or referral: parties, order, service lines, evidence.

The form is checked here and nowhere else. What the minimum set needs but the sender left out is allowed to be
absent: an incomplete request is received, its clock runs, and what is missing is asked for.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints, model_validator

from domain.clock.timeframe import Urgency
from domain.request.criteria import Fact, FactValue
from domain.request.standing import Standing
from domain.request.stay import Stay
from domain.request.visit import Visit
from domain.terms.codes import ICD10, MBI, NPI, ServiceCode, npi_check_digit_is_right
from domain.terms.frozen import Frozen
from domain.terms.people import Language
from domain.terms.text import folded, normal

# What stands last runs first: the normal form, then the constraints, on what is left once it is stripped.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^\P{Cc}+$"),
    BeforeValidator(normal),
]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), BeforeValidator(normal)
]
BenefitPackage = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

IN_WRITING = {"written_request", "medical_order"}  # kinds of paper that hold the request itself
EMERGENCY_ROOM = "23"  # CMS place-of-service code for an emergency room of a hospital


class Channel(StrEnum):
    FAX = "fax"
    TELEPHONE = "telephone"
    MAIL = "mail"
    PORTAL = "portal"
    WEB_FORM = "web_form"
    IN_PERSON = "in_person"
    EMAIL = "email"


class RequestedBy(StrEnum):
    """Who asks matters: a physician's word on urgency binds, a member's may be refused (42 CFR 422.570)."""

    MEMBER = "member"
    PHYSICIAN = "physician"
    REPRESENTATIVE = "representative"


class Setting(StrEnum):
    """Where the provider stands to the member; some roles need no precertification."""

    OB_GYN = "ob_gyn"
    ASSIGNED_PCP = "assigned_pcp"
    OTHER = "other"


class VisitOrder(StrEnum):
    """Is it the first visit to somebody, or does it follow one?"""

    FIRST = "first"
    FOLLOW_UP = "follow_up"


class Unasked(StrEnum):
    """Why nobody asked before a service was given."""

    EMERGENCY = "emergency"
    COVERAGE_BACKWARDS = "coverage_given_backwards"
    COULD_NOT_ASK = "could_not_ask"
    NOT_ASKED = "not_asked"  # it should have been


class Member(Frozen):
    name: Text
    contract_number: Text | None = None
    birth_date: date | None = None
    language: Language
    telephone: Text | None = None
    address: Text | None = None
    mbi: MBI | None = None  # for what is reported to CMS; no letter shows it
    benefit_package: BenefitPackage | None = None  # the PBP of the member's plan, with CMS
    product: Text | None = None  # of the plan, where its lists differ by product
    ipa: Text | None = None  # the medical group that the member is assigned to

    @property
    def known_by(self) -> str:
        """By what the same member is recognised; without a number, by name and day of birth."""
        return folded(self.contract_number or f"{self.name}|{self.birth_date}")


class Provider(Frozen):
    name: Text
    npi: NPI
    role: Setting = Setting.OTHER
    specialty: Text | None = None
    language: Language = Language.ENGLISH
    telephone: Text | None = None
    fax: Text | None = None
    address: Text | None = None
    contracted: bool | None = None  # with the plan, on the day of the request; None where nobody said


class Document(Frozen):
    """A paper that arrived: its kind and date, when it reached us, and the hash of its content if kept."""

    id: Text
    kind: Text
    dated: date
    received_at: AwareDatetime | None = None  # None: with the request
    sha256: Sha256 | None = None
    file: Text | None = None  # where the sender's copy lies, relative to the request file
    facts: dict[str, FactValue] = {}

    @property
    def shown_facts(self) -> tuple[Fact, ...]:
        return tuple(Fact(name=name, value=value, document=self.id) for name, value in self.facts.items())


class Order(Frozen):
    """The medical order with the clinical justification that a decision needs."""

    dated: date
    justification: Prose | None = None


class ServiceLine(Frozen):
    """One coded service, decided on its own. `sequence` is its name for as long as the case lives."""

    sequence: Annotated[int, Field(ge=1, le=99)]
    service: ServiceCode
    units: Annotated[int, Field(ge=1, le=9999)] = 1
    diagnoses: tuple[ICD10, ...] = ()
    from_day: Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]  # periods are reckoned from it
    place_of_service: Annotated[str, StringConstraints(pattern=r"^\d{2}$")] = "11"
    wants_decision: bool | None = None  # None: as the request says
    visit: VisitOrder | None = None  # of a visit to a specialist


def refuse_all(*faults: str | None) -> None:
    """Raise ValueError with every fault that there is."""
    if found := [fault for fault in faults if fault]:
        raise ValueError("; ".join(found))


def one_sequence_each(sequences: Iterable[int]) -> str | None:
    return None if are_different(sequences) else "lines: each line has a sequence of its own"


def one_id_each(documents: Iterable[Document]) -> str | None:
    ids = (document.id for document in documents)
    return None if are_different(ids) else "documents: each document has an id of its own"


def are_different(values: Iterable[object]) -> bool:
    listed = list(values)
    return len(set(listed)) == len(listed)


class Request(Frozen):
    """What somebody asks the plan to decide, or asks whether the plan needs to decide at all."""

    plan: Text
    channel: Channel
    requested_by: RequestedBy
    received_at: AwareDatetime
    reference: Text | None = None  # the sender's own number
    urgency: Urgency = Urgency.STANDARD
    emergency: bool = False
    post_stabilization: bool = False  # a hospital asks after an emergency; an answer is due within the hour
    wants_decision: bool = True
    member: Member
    requesting_provider: Provider
    servicing_provider: Provider | None = None
    order: Order | None = None
    referral: Text | None = None
    visit: Visit | None = None  # of a service in the United States
    extends: Text | None = None  # the authorization that is to go on beyond its last day
    stay: Stay | None = None  # of what goes on while it is reviewed
    standing: Standing | None = None  # of a referral that is to stand
    unasked: Unasked | None = None  # of what was given already: why nobody asked
    under: Text | None = None  # the authorization under which it was given
    defective: bool = False  # of what was given: its claim has a defect, or lacks papers
    lines: Annotated[tuple[ServiceLine, ...], Field(min_length=1, max_length=99)]
    documents: tuple[Document, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        born, hurries = self.member.birth_date, self.emergency or self.urgency is Urgency.EXPEDITED
        refuse_all(
            one_sequence_each(line.sequence for line in self.lines),
            "member.birth_date: a birth date cannot be after the receipt"
            if born and born > self.received_at.date()
            else None,
            one_id_each(self.documents),
            "visit.retrospective: what was received already is no emergency and cannot wait"
            if self.visit and self.visit.retrospective and hurries
            else None,
        )
        return self

    @property
    def is_in_emergency_setting(self) -> bool:
        return all(line.place_of_service == EMERGENCY_ROOM for line in self.lines)

    @property
    def is_clean_claim(self) -> bool:
        """Of a provider without a contract, for what was given: such a claim is paid sooner."""
        given = self.unasked is not None and not self.defective
        return given and self.requesting_provider.contracted is False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a careful clerk would look at twice, and which is no reason to refuse."""
        providers = [self.requesting_provider, self.servicing_provider]
        return tuple(
            f"the check digit of NPI {provider.npi} is wrong"
            for provider in providers
            if provider and not npi_check_digit_is_right(provider.npi)
        )

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(line.service for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """Member, codes, dates and provider: two requests that share it ask for the same thing."""
        lines = sorted(f"{line.service}*{line.units}@{line.from_day}" for line in self.lines)
        return "|".join([self.plan, self.member.known_by, self.requesting_provider.npi, *lines])
