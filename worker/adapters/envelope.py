"""The window of an envelope: a postal address, line by line, as USPS Publication 28 lays one out."""

import re

STATE_AND_ZIP = re.compile(r"[A-Z]{2}\.? \d{5}(-\d{4})?")


def folded(address: tuple[str, ...]) -> tuple[str, ...]:
    """The name as it is; beneath it each part on a line of its own, city, state and ZIP code together at last.

    Nothing is abbreviated: which words of a street in Puerto Rico may be is for a person to know.
    """
    name, *lines = address
    return (name, *[part for line in lines for part in _parts(line)])


def _parts(line: str) -> list[str]:
    parts = [part for one in line.split(",") if (part := one.strip())]
    if len(parts) > 1 and STATE_AND_ZIP.fullmatch(parts[-1]):
        parts[-2:] = [", ".join(parts[-2:])]
    return parts
