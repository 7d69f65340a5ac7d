"""What the pack says of care management: for whom it may be, and how often they are called."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from domain.clock.span import Span
from domain.terms.frozen import Frozen
from domain.terms.people import Words
from domain.terms.sourced import Sourced

S = TypeVar("S", bound=Sourced)


class Risk(StrEnum):
    """How closely somebody is followed."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


class CareIndicator(Sourced):
    """A condition or situation for which people are referred, and the beginnings of codes that suggest it.

    A suggestion is for people to look at; it never enrols anybody.
    """

    id: str
    title: Words
    diagnoses: tuple[str, ...] = ()  # without their dots
    services: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # of case, each of which suggests it

    def is_suggested_by(self, kind: str, diagnoses: Collection[str], services: Collection[str]) -> bool:
        begun = (
            any(code.replace(".", "").startswith(self.diagnoses) for code in diagnoses),
            any(code.startswith(self.services) for code in services),
        )
        return kind in self.kinds or any(begun)


class CareRhythm(Sourced):
    """How long after they were last reached somebody of this risk is called again."""

    id: Risk
    every: Span


class CareTerms(Sourced):
    """When somebody counts as unreachable, and how often the physician looks at the plan of care."""

    id: str
    failed_contacts: int  # each on another day and at another hour than the others
    physician_review: Span


class CarePolicy(Frozen):
    """What a case of care management takes from the pack, by value."""

    indicator: tuple[CareIndicator, ...]
    rhythm: tuple[CareRhythm, ...]
    terms: tuple[CareTerms, ...]

    def rhythm_of(self, risk: Risk, day: date) -> Span:
        return _newest((row for row in self.rhythm if row.id is risk), day).every

    def terms_on(self, day: date) -> CareTerms:
        return _newest(self.terms, day)

    def suggested(
        self, kind: str, diagnoses: Collection[str], services: Collection[str]
    ) -> tuple[CareIndicator, ...]:
        """What the codes of a case suggest, in the order of the pack."""
        return tuple(row for row in self.indicator if row.is_suggested_by(kind, diagnoses, services))


def _newest(rows: Iterable[S], day: date) -> S:
    """The newest that had begun on a day, else the first that there is."""
    ordered = sorted(rows, key=lambda row: row.in_force_from)
    return next((row for row in reversed(ordered) if row.has_begun(day)), ordered[0])
