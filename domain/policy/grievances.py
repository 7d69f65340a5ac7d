"""What the pack says of grievances: how each law has them looked into, and who else hears them about care."""

from enum import StrEnum

from domain.clock.timeframe import Regime
from domain.terms.frozen import Frozen
from domain.terms.people import Words
from domain.terms.sourced import Sourced


class About(StrEnum):
    """What a member complains of."""

    REFUSED_EXPEDITE = "refused_expedite"
    EXTENSION = "extension"  # that we took more time for a request or an appeal
    QUALITY_OF_CARE = "quality_of_care"
    ACCESS = "access"
    SERVICE = "service"  # of our people, or of a provider's
    OTHER = "other"

    @property
    def is_urgent(self) -> bool:
        """Does it say that we make somebody wait? Where a law is in a hurry, it is about these."""
        return self in {About.REFUSED_EXPEDITE, About.EXTENSION}


class GrievanceTerms(Sourced):
    """How a law has grievances looked into and answered. `further` is where else a member may turn."""

    id: str
    regime: Regime
    always_in_writing: bool = False  # answered in writing, however it came
    in_writing: tuple[About, ...] = ()  # those at least
    by_another: bool = False  # by nobody who had a part in what it is about
    by_clinicians: tuple[About, ...] = ()
    names_the_reviewer: bool = False  # the letter of receipt says who looks into it
    further: Words | None = None


class QualityOrganization(Sourced):
    """The quality improvement organization of a state: it hears complaints about the quality of Medicare's care."""

    id: str
    state: str
    name: str
    telephone: str


class GrievancePolicy(Frozen):
    """What a grievance takes from the pack, by value."""

    terms: GrievanceTerms
    quality_organization: QualityOrganization | None = None
