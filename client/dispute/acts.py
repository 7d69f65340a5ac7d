"""The first level of a payment dispute: sorting lines, good cause, answers, dismissal, a corrected remittance."""

from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from client.dispute import render as dispute_render
from client.dispute.claim import claim_fields, claim_in, contended_line, why_unpaid
from client.reach.acting import do
from client.reach.cases import Cases, cases
from client.reach.last_list import named
from client.reach.lines import Named, has_no_answer, lines_of
from client.reach.look import look
from client.terminal.options import CaseNumber, Common, Dated, Deciding, Telling
from client.terminal.reading import build, day
from client.x12.remittance import read_835
from domain.dispute import acts
from domain.dispute.correcting import CorrectRemittance
from domain.dispute.filing import DisputedClaim
from domain.dispute.line import Ground
from domain.policy.disputes import DisputeOutcome, Route
from domain.remittance.remittance import TOTAL_CHARGE
from domain.terms.refusals import Misuse, Refused
from domain.view.dispute_view import DisputeSheet
from domain.view.view import ShownDisputedLine, ShownLine

Stated = Annotated[str, Parameter(name="--reason")]


async def review(case: CaseNumber, /, *, common: Common = Common()) -> int:
    """Show a dispute line by line: what was paid and why, what Original Medicare would have paid, the answer.

    For example:
        plazo dispute review DIS-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    return await look(case, common, Cases.dispute_sheet, dispute_render.dispute)


def is_unsorted(line: ShownLine | ShownDisputedLine) -> bool:
    return isinstance(line, ShownDisputedLine) and has_no_answer(line) and line.route == Route.ANALYST.value


async def triage(
    case: CaseNumber,
    /,
    *,
    line: Named,
    route: Literal["amount", "redirect"],
    reason: Stated = "",
    acting: Dated = Dated(),
) -> int:
    """Say where lines go: a question of the amount, or the health plan's appeal.

    For example:
        plazo dispute triage DIS-7K2M-9QXD-4HBT --line 1 --route amount --as da-torres

    Parameters
    ----------
    case
        The case number.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that are not sorted yet.
    route
        Where it goes.
    reason
        Why, where a row of the pack says otherwise.
    """
    lines = await lines_of(case, line, acting, is_unsorted)
    return await do(
        case, acting, acts.TriageLine, line=lines, route=route, reason=reason or acting.late_because
    )


async def elsewhere(
    case: CaseNumber,
    /,
    *,
    where: Literal["not_ours", "contract"],
    reason: Stated,
    acting: Dated = Dated(),
) -> int:
    """Say that a dispute is not ours to answer: another coverage, or a provider with a contract.

    For example:
        plazo dispute elsewhere DIS-7K2M-9QXD-4HBT --where contract --reason "contract of 2024" --as da-torres

    Parameters
    ----------
    case
        The case number.
    where
        Not a Medicare Advantage claim, or the process of a contract.
    reason
        How this was found out.
    """
    return await do(case, acting, acts.SendElsewhere, where=where, reason=reason)


async def good_cause(
    case: CaseNumber,
    /,
    *,
    accepted: Annotated[bool, Parameter(name="--accept", negative="--refuse")],
    reason: Stated,
    acting: Dated = Dated(),
) -> int:
    """Accept a good cause for coming late, or refuse it; refused, the late lines are dismissed as untimely.

    For example:
        plazo dispute good-cause DIS-7K2M-9QXD-4HBT --accept --reason "flood closed the office" --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    accepted
        Was there a good cause?
    reason
        Why, without personal data.
    """
    return await do(case, acting, acts.DecideGoodCause, accepted=accepted, reason=reason)


async def resolve(
    case: CaseNumber,
    /,
    *,
    line: Named,
    outcome: DisputeOutcome,
    why: str,
    amount: str | None = None,
    words: str | None = None,
    words_es: str | None = None,
    reason: Stated = "",
    level: int = 1,
    acting: Deciding = Deciding(),
) -> int:
    """Answer lines at the first level: upheld, overturned, or partly.

    For example:
        plazo dispute resolve DIS-7K2M-9QXD-4HBT --line 1 --outcome overturned --why fee_schedule_misread

    Parameters
    ----------
    case
        The case number.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that have no answer yet.
    outcome
        How it is answered.
    why
        The reason, by its id in the pack (`plazo dispute review CASE` lists them).
    amount
        How much more is paid on each: `41.30`. Overturned, it is all that was contended when left out.
    words
        The words for the letter, if not those of the pack.
    words_es
        The same words in Spanish, for a reader of Spanish.
    reason
        Why more is paid than was contended, where it is.
    level
        The first; the second is the health plan's.
    """
    return await do(
        case,
        acting,
        acts.Resolve,
        line=await lines_of(case, line, acting),
        outcome=outcome,
        amount=amount,
        reason_id=why,
        words={"en": words, "es": words_es} if words else None,
        level=level,
        reason=reason or acting.late_because,
    )


async def dismiss(case: CaseNumber, /, *, ground: Ground, reason: Stated, acting: Telling = Telling()) -> int:
    """Stop before deciding, with a notice: what came late without a good cause, or stayed incomplete.

    For example:
        plazo dispute dismiss DIS-7K2M-9QXD-4HBT --ground incomplete --reason "nothing came" --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    ground
        Why it stops.
    reason
        The same in your own words, without personal data.
    """
    return await do(case, acting, acts.Dismiss, ground=ground, reason=reason)


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
        page = await desk.dispute_sheet(named(case, acting.settings))
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
