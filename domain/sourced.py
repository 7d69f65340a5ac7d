"""What every row of the policy pack says about itself."""

from datetime import date

from domain.calendar import Frozen
from domain.timeframe import Standing


class Sourced(Frozen):
    """A row that somebody can check: since when, by whose word, and how far it can be trusted."""

    in_force_from: date
    source: str
    standing: Standing
