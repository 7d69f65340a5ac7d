"""One table of the policy pack as people read it, and how its words and sources are written."""

from typing import NamedTuple

from domain.clock.timeframe import Timeframe
from domain.request.criteria import CriteriaTable
from domain.terms.sourced import Sourced


class Section(NamedTuple):
    """One table with its heading and a sentence about it."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def words(name: str) -> str:
    """An identifier as people say it."""
    return name.replace("_", " ")


def source(row: Sourced | Timeframe | CriteriaTable) -> str:
    """By whose word, and how far it can be trusted."""
    return f"{row.source} ({row.standing.value})"
