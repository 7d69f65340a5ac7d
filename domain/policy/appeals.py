"""What the pack says of appeals: who needs a form, when one may be dismissed, who reviews, and what comes next."""

from enum import StrEnum

from domain.clock.timeframe import Regime
from domain.terms.frozen import Frozen
from domain.terms.people import Words
from domain.terms.sourced import Sourced

UNTIMELY = "untimely"  # the ground of dismissal that a good cause would have spared


class AppealBy(StrEnum):
    """Who appeals."""

    MEMBER = "member"
    REPRESENTATIVE = "representative"
    PHYSICIAN = "physician"
    PROVIDER = "provider"


class Form(StrEnum):
    """What shows that somebody may appeal for the member."""

    APPOINTMENT = "appointment"  # signed by member and representative
    CONSENT = "consent"  # the member's, in writing
    WAIVER = "waiver_of_liability"  # the provider will not bill the member

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")


class Appellant(Sourced):
    """Whose appeal waits for a form. Who has no row here needs none. The decision counts from the form."""

    id: str
    regimes: tuple[Regime, ...]
    by: AppealBy
    form: Form
    title: Words


class DismissalGround(Sourced):
    """One reason to stop before deciding: a closed list."""

    id: str
    regimes: tuple[Regime, ...]
    words: Words


class ClinicalPeers(Sourced):
    """Which specialties are the same as, or similar to, that of whoever usually gives these services."""

    id: str
    regimes: tuple[Regime, ...]
    services: tuple[str, ...]  # ids of rows of the service table
    specialties: tuple[str, ...]


class NextLevel(Sourced):
    """Who looks at what was upheld, and how it gets there: by itself, or when the member asks."""

    id: str
    regime: Regime
    name: str
    name_es: str | None = None
    title: Words
    address: str
    telephone: str | None = None
    email: str | None = None
    by_itself: bool
    how: Words
    file_goes: Words | None = None  # on which way the case file itself follows its letter
    file_by_hand: bool = False  # people send it, on the day on which its letter leaves


class AppealPolicy(Frozen):
    """What an appeal takes from the pack, by value: the rows of its plan's regimes."""

    appellant: tuple[Appellant, ...]
    dismissal: tuple[DismissalGround, ...]
    clinical_peers: tuple[ClinicalPeers, ...]
    next_level: tuple[NextLevel, ...]

    def form_of(self, by: AppealBy) -> Appellant | None:
        """The form that whoever appeals so needs; None where they need none."""
        return next((row for row in self.appellant if row.by is by), None)

    def ground_named(self, ground: str) -> DismissalGround | None:
        return next((row for row in self.dismissal if row.id == ground), None)

    def peers_of(self, service: str | None) -> ClinicalPeers | None:
        """Whose specialty is near enough to the service; None where the regime does not ask."""
        return next((row for row in self.clinical_peers if service in row.services), None)

    @property
    def next(self) -> NextLevel | None:
        return next(iter(self.next_level), None)
