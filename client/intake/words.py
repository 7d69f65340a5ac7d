"""Words of a sheet: pages, and the values of facts."""

import re

from client.terminal.reading import numbers
from client.terminal.typed import yes_or_no
from domain.request.criteria import Criterion, FactValue
from domain.terms.refusals import Misuse

PAGES = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*")


def pages_of(said: str) -> list[int]:
    if not PAGES.fullmatch(said):
        raise Misuse("a paper of a fax begins with its pages, for example 1-2.")
    return numbers(said, "paper")


def value_of(said: str, clause: Criterion) -> FactValue:
    if clause.is_true is not None:
        return yes_or_no(said)
    if clause.one_of is not None:
        return said
    try:
        return float(said)
    except ValueError:
        raise Misuse(f"{clause.fact}: a number is needed.") from None
