"""What every row of the policy pack says about itself."""

from datetime import date
from enum import StrEnum

from domain.terms.frozen import Frozen


class Trust(StrEnum):
    """How much a number can be trusted: read in a source, a plan's or our own choice, or not yet checked."""

    SOURCED = "sourced"
    ASSUMED = "assumed"
    UNVERIFIED = "unverified"


class Sourced(Frozen):
    """A row that somebody can check: since when, by whose word, and how far it can be trusted."""

    in_force_from: date
    source: str
    standing: Trust

    def has_begun(self, day: date) -> bool:
        """Is the day its first one, or later?"""
        return self.in_force_from <= day
