"""Who acts: staff with their roles and licences, and the languages of those who are written to."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from domain.terms.frozen import Frozen
from domain.terms.text import normal


class Role(StrEnum):
    """What a person does in the department; authority is given to roles, never to names."""

    INTAKE = "intake"
    NURSE = "nurse"
    PHYSICIAN = "physician"
    COVERAGE = "coverage"
    SUPERVISOR = "supervisor"
    MEDICAL_DIRECTOR = "medical_director"
    CARE_MANAGEMENT = "care_management"
    DISPUTE_ANALYST = "dispute_analyst"
    APPEALS = "appeals"
    QUALITY = "quality"
    PRIVACY = "privacy"
    SYSTEM = "system"


class LicenceStatus(StrEnum):
    UNRESTRICTED = "unrestricted"
    RESTRICTED = "restricted"
    SUSPENDED = "suspended"


class Licence(Frozen):
    """A clinician's licence in one state. It is good through `expires_on`, inclusive."""

    state: str
    number: str
    status: LicenceStatus
    expires_on: date

    def is_good_on(self, day: date) -> bool:
        return self.status is LicenceStatus.UNRESTRICTED and day <= self.expires_on


class Actor(Frozen):
    """The person who acts, as the case keeps them: what they were on the day they acted."""

    id: str
    name: str
    title: str
    title_es: str | None = None
    organisation: str
    roles: frozenset[Role]
    licence: Licence | None = None
    specialty: str | None = None

    def signed(self, language: "Language") -> str:
        """Name and title, as a letter says who decided."""
        title = self.title_es if language is Language.SPANISH and self.title_es else self.title
        return f"{self.name}, {title}"

    def is_any(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    def __str__(self) -> str:
        return f"{self.name}, {self.title}, {self.organisation}"


SYSTEM = Actor(
    id="plazo",
    name="Plazo",
    title="case system",
    organisation="the plan",
    roles=frozenset({Role.SYSTEM}),
)


class Language(StrEnum):
    """A recipient's own choice, never a default of the plan (26 LPRA; Ley 194-2000, 24 LPRA 3055)."""

    ENGLISH = "en"
    SPANISH = "es"


Said = Annotated[str, BeforeValidator(normal)]


class Words(Frozen):
    """One sentence in both languages; the Spanish may be missing until somebody translates it."""

    en: Said
    es: Said | None = None

    def in_language(self, language: Language) -> str:
        return self.es if language is Language.SPANISH and self.es else self.en
