"""What is published of a plan's work: by which regimes, for what, and how it is counted."""

from enum import StrEnum

from domain.clock.timeframe import Regime
from domain.terms.people import Words
from domain.terms.sourced import Sourced


class Level(StrEnum):
    """For what one set of figures is published."""

    CONTRACT = "contract"
    PLAN = "plan"


class PublicReport(Sourced):
    """A regime whose plans publish figures of prior authorization, and at which level."""

    id: str
    regime: Regime
    level: Level


class CountingRule(Sourced):
    """A sentence on how figures are counted, as it stands below them."""

    id: str
    words: Words
