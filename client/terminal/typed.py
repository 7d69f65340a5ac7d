"""What is typed short: the beginning of a name, a day without its year, yes and no."""

import re
from collections.abc import Iterable
from datetime import date

from domain.terms.refusals import Misuse

MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
YES_OR_NO = {
    **dict.fromkeys(("y", "yes", "true", "s", "si", "sí"), True),
    **dict.fromkeys(("n", "no", "false"), False),
}


def begun(typed: str, known: Iterable[str]) -> str:
    """The one of these that is meant: itself, or the only one that begins so. Raises Misuse."""
    sorts = sorted(set(known))
    found = [one for one in sorts if one == typed] or [one for one in sorts if one.startswith(typed)]
    if len(found) != 1:
        raise Misuse(f"one of these is needed: {', '.join(found or sorts)}.")
    return found[0]


def begun_or_typed(typed: str, known: Iterable[str]) -> str:
    """The only one of these that begins so; else what was typed, for whoever knows better."""
    found = [one for one in known if one.startswith(typed)]
    return found[0] if len(found) == 1 else typed


def day_of(typed: str, near: date, field: str = "") -> date:
    """`2026-03-01`, `3/1/2026`, or `3/1`, the last one that was by the day of receipt."""
    match = MONTH_FIRST.fullmatch(typed)
    try:
        if match is None:
            return date.fromisoformat(typed)
        month, day_, year = int(match[1]), int(match[2]), int(match[3] or near.year)
        found = date(year, month, day_)
        return found if match[3] or found <= near else found.replace(year=year - 1)
    except ValueError:
        raise Misuse(
            f"{f'{field}: ' if field else ''}a day looks like 2026-07-25, 7/25/2026 or 7/25."
        ) from None


def yes_or_no(said: str) -> bool:
    try:
        return YES_OR_NO[said.casefold()]
    except KeyError:
        raise Misuse("yes or no is needed.") from None
