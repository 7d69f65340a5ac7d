"""A corrected remittance, taken into the dispute of its claim: `plazo dispute correct-remittance`."""

from pathlib import Path
from typing import Any

from client.dispute.acts import Stated, dispute_sheet
from client.dispute.claim import claim_fields, claim_in, contended_line, why_unpaid
from client.reach.acting import do
from client.reach.cases import cases
from client.terminal.last_list import named
from client.terminal.options import CaseNumber, Dated
from client.terminal.reading import build, day
from client.x12.remittance import read_835
from domain.dispute.correcting import CorrectRemittance
from domain.dispute.filing import DisputedClaim
from domain.remittance.remittance import TOTAL_CHARGE
from domain.terms.refusals import Misuse, Refused
from domain.view.dispute_view import DisputeSheet


async def correct_remittance(
    case: CaseNumber,
    file: Path | None = None,
    /,
    *,
    reason: Stated,
    claim: str | None = None,
    mailed_on: str | None = None,
    acting: Dated = Dated(),
) -> int:
    """Take in a corrected remittance: the disputed lines that it changes have new days to file.

    For example:
        plazo dispute correct-remittance DIS-7K2M-9QXD-4HBT corrected.835 --reason "paid again" --as da-torres

    Parameters
    ----------
    case
        The case number.
    file
        The corrected remittance advice, an X12 835; where left out, the one that came with a later filing.
    reason
        Why; a correction always says so.
    claim
        The claim in it, if it has another number now.
    mailed_on
        The day on which its notice was mailed, where it is on record.
    """
    async with cases(acting.settings) as desk:
        page = await dispute_sheet(desk, named(case, acting.settings))
    open_lines = [line for line in page.lines if line.outcome is None]
    if file is None:
        return await _take_in_what_came(case, page, [line.sequence for line in open_lines], reason, acting)
    remittance, found = claim_in(read_835(str(file)), claim or page.claim)
    if unpaid := why_unpaid(found):
        raise Refused(f"claim: {unpaid}")
    if TOTAL_CHARGE in {line.service for line in page.lines}:
        found = found.in_one_line
    paid = {line.sequence: line for line in found.disputable_lines}
    if gone := [line.sequence for line in open_lines if line.sequence not in paid]:
        raise Misuse(f"lines: the corrected remittance has no line {gone[0]} of that claim.")
    lines = [
        contended_line(paid[line.sequence], found, expected=line.expected, contention=line.contention)
        for line in open_lines
    ]
    notice = remittance.notice(day(mailed_on, "mailed-on") if mailed_on else None)
    claimed = build(DisputedClaim, claim_fields(found))
    return await do(case, acting, CorrectRemittance, notice=notice, claim=claimed, lines=lines, reason=reason)


async def _take_in_what_came(
    case: str, page: DisputeSheet, open_lines: list[int], reason: str, acting: Dated
) -> int:
    """The remittance that came with a later filing, for the lines that are open."""
    later = page.later
    if later is None:
        raise Misuse("file: no other remittance came with a filing; name the one to take in.")
    lines = [line for line in later.lines if line.sequence in open_lines]
    words: dict[str, Any] = {"notice": later.notice, "claim": later.claim, "lines": lines, "reason": reason}
    return await do(case, acting, CorrectRemittance, **words)
