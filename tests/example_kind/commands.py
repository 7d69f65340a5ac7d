"""Listings: `plazo listing submit | check`."""

from client.reach.acting import do
from client.reach.bringing import bring
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from tests.example_kind.listing import CheckEntry, Found
from tests.example_kind.story import ListingOpening


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open the case of an entry that is said to be wrong.

    For example:
        plazo listing submit report.json --as ic-santos

    Parameters
    ----------
    file
        What the provider says, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it: `2026-10-16 17:30` in the plan's zone.
    """
    return await bring(ListingOpening, file, received, acting)


async def check(case: CaseNumber, /, *, found: Found, because: str, acting: Dated = Dated()) -> int:
    """Say whether the entry was wrong.

    For example:
        plazo listing check LST-7K2M-9QXD-4HBT --found wrong --because "called the clinic" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    found
        What was found.
    because
        How it was found out.
    """
    return await do(case, acting, CheckEntry, found=found, reason=because)
