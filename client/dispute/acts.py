"""The first level of a payment dispute: sorting lines, good cause, answers, dismissal."""

from typing import Annotated, Literal

from cyclopts import Parameter

from client.dispute import render as dispute_render
from client.reach.acting import do
from client.reach.cases import Cases
from client.reach.lines import Named, has_no_answer, lines_of
from client.reach.look import look
from client.terminal.options import CaseNumber, Common, Dated, Deciding, Telling
from domain.dispute import acts
from domain.dispute.dispute import Dispute
from domain.dispute.line import Ground
from domain.policy.disputes import DisputeOutcome, Route
from domain.terms.case_number import kind_of
from domain.terms.refusals import Refused
from domain.view.dispute_view import DisputeSheet
from domain.view.view import ShownDisputedLine, ShownLine
from workflows.dispute import DisputeWorkflow

Stated = Annotated[str, Parameter(name="--reason")]


async def dispute_sheet(desk: Cases, case: str) -> DisputeSheet:
    if kind_of(case) != Dispute.kind:
        raise Refused(f"{case} is a {kind_of(case)}; dispute review is for dispute cases")
    return await desk.see(case, DisputeWorkflow.dispute_review)


async def review(case: CaseNumber, /, *, common: Common = Common()) -> int:
    """Show a dispute line by line: what was paid and why, what Original Medicare would have paid, the answer.

    For example:
        plazo dispute review DIS-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    return await look(case, common, dispute_sheet, dispute_render.dispute)


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
