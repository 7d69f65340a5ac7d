"""A hold on a case: a matter for lawyers, of fraud, of privacy. Nothing leaves the house, and the clock runs on."""

from enum import StrEnum

from pydantic import AwareDatetime

from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen


class HoldKind(StrEnum):
    LEGAL = "legal"
    FRAUD = "fraud"
    PRIVACY = "privacy"

    @property
    def flag(self) -> str:
        """How the case is marked while such a hold is on."""
        return f"{self.value}_hold"


class Hold(Frozen):
    """On since an instant, by whose word, and why."""

    kind: HoldKind
    since: AwareDatetime
    by: str
    because: str

    def words(self, calendar: Calendar) -> str:
        return f"{self.kind.value} hold since {calendar.show(self.since)}"
