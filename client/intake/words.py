"""Words of a sheet: days, yes and no, pages, and the one of several that is meant."""

import re
from collections.abc import Iterable
from datetime import date

from client.terminal.reading import numbers
from domain.request.criteria import Criterion, FactValue
from domain.terms.refusals import Misuse

PAGES = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*")
MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
YES_OR_NO = {"yes": True, "true": True, "si": True, "sí": True, "no": False, "false": False}


def begun(typed: str, known: Iterable[str]) -> str:
    """The one of these that is meant: itself, or the only one that begins so. Raises Misuse."""
    sorts = sorted(set(known))
    found = [one for one in sorts if one == typed] or [one for one in sorts if one.startswith(typed)]
    if len(found) != 1:
        raise Misuse(f"one of these is needed: {', '.join(found or sorts)}.")
    return found[0]


def day_of(typed: str, near: date) -> date:
    """`2026-03-01`, `3/1/2026`, or `3/1`, the last one that was by the day of receipt."""
    match = MONTH_FIRST.fullmatch(typed)
    try:
        if match is None:
            return date.fromisoformat(typed)
        month, day_, year = int(match[1]), int(match[2]), int(match[3] or near.year)
        found = date(year, month, day_)
        return found if match[3] or found <= near else found.replace(year=year - 1)
    except ValueError:
        raise Misuse("a day looks like 2026-07-25, 7/25/2026 or 7/25.") from None


def yes_or_no(said: str) -> bool:
    try:
        return YES_OR_NO[said.casefold()]
    except KeyError:
        raise Misuse("yes or no is needed.") from None


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
