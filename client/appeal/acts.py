"""Working on an appeal: its form, its good cause, its answer, its dismissal, and the answer of a reviewer."""

from typing import Annotated, Any

from cyclopts import Parameter

from client.reach.acting import do
from client.reach.lines import Named, lines_of
from client.review.decisions import GroundNow
from client.terminal.options import CaseNumber, Dated, Deciding, OrStandardInput, Telling
from client.terminal.reading import numbers, read_text
from domain.appeal import acts
from domain.appeal.deciding import AppealAnswer, DecideAppeal
from domain.appeal.state import ReviewOutcome
from domain.terms.refusals import Misuse


async def form(case: CaseNumber, /, *, acting: Dated = Dated()) -> int:
    """Record that the form which shows who may appeal has come. The decision counts from it.

    For example:
        plazo appeal form APP-7K2M-9QXD-4HBT --at "2026-04-24 10:00" --as ic-santos

    Parameters
    ----------
    case
        The number of the appeal.
    """
    return await do(case, acting, acts.ReceiveForm)


async def good_cause(
    case: CaseNumber,
    /,
    *,
    stated: OrStandardInput | None = None,
    accept: Annotated[bool, Parameter(negative="")] = False,
    because: str = "",
    acting: Dated = Dated(),
) -> int:
    """Record why an appeal is late, as it was said, or accept it as a good cause. Else it is dismissed as untimely.

    For example:
        plazo appeal good-cause APP-7K2M-9QXD-4HBT --accept --as ap-soto

    Parameters
    ----------
    case
        The number of the appeal.
    stated
        What was said, in a text file; `-` for standard input.
    accept
        There was good cause.
    because
        What the good cause is, where nothing was said of it.
    """
    if (stated is None) == (not accept):
        raise Misuse("good-cause: give either --stated FILE or --accept.")
    if stated is not None:
        return await do(case, acting, acts.StateCause, words=read_text(stated))
    return await do(case, acting, acts.AcceptCause, reason=because or acting.late_because)


async def decide(
    case: CaseNumber,
    /,
    *,
    answer: AppealAnswer,
    ground: GroundNow = GroundNow(),
    line: Named | None = None,
    units: int | None = None,
    service: str | None = None,
    acting: Deciding = Deciding(),
) -> int:
    """Answer lines of an appeal: overturned, overturned in part, or upheld. By somebody who had no part before.

    For example:
        plazo appeal decide APP-7K2M-9QXD-4HBT --line 1 --answer overturned --as md-cruz

    Parameters
    ----------
    case
        The number of the appeal.
    answer
        What becomes of the first answer. What is upheld keeps its reason, unless another is given.
    line
        The line, or several: `1-40`, `3,5,7-9`, `all` that wait; may be left out where there is only one.
    units
        In part: how many are granted.
    service
        In part: the code that is granted instead.
    """
    given: dict[str, Any] = {"answer": answer, "units": units, "service": service}
    given["line"] = await lines_of(case, line, acting)
    said = ground.fields | {"reason_id": ground.reason or None}
    return await do(case, acting, DecideAppeal, **given, **said)


async def dismiss(case: CaseNumber, /, *, ground: str, acting: Telling = Telling()) -> int:
    """Stop before deciding an appeal, on a ground of the closed list, with a notice.

    For example:
        plazo appeal dismiss APP-7K2M-9QXD-4HBT --ground no_standing --as ap-soto

    Parameters
    ----------
    case
        The number of the appeal.
    ground
        The ground, by its id in the pack (`plazo policy show`).
    """
    return await do(case, acting, acts.DismissAppeal, ground=ground)


async def vacate(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Undo a dismissal for good cause: the appeal is heard.

    For example:
        plazo appeal vacate APP-7K2M-9QXD-4HBT --because "the form was in another mailbox" --as sup-diaz

    Parameters
    ----------
    case
        The number of the appeal.
    because
        What the good cause is.
    """
    return await do(case, acting, acts.VacateDismissal, reason=because)


async def further(case: CaseNumber, /, *, acting: Dated = Dated()) -> int:
    """Record that somebody asked for the next level: external review, state hearing, administrative law judge.

    For example:
        plazo appeal further APP-7K2M-9QXD-4HBT --at "2027-05-03 09:00" --as ap-soto

    Parameters
    ----------
    case
        The number of the appeal.
    """
    return await do(case, acting, acts.GoFurther)


async def answer(
    case: CaseNumber,
    /,
    *,
    outcome: ReviewOutcome,
    line: list[str] | None = None,
    acting: Dated = Dated(),
) -> int:
    """Record the answer of whoever reviews after the plan, as of when it reached us, and follow it.

    For example:
        plazo appeal answer APP-7K2M-9QXD-4HBT --outcome overturned --at "2026-06-08 14:00" --as ap-soto

    Parameters
    ----------
    case
        The number of the appeal.
    outcome
        How they answered.
    line
        Only these lines, where they answered lines differently.
    """
    return await do(
        case, acting, acts.RecordReview, outcome=outcome, lines=numbers(",".join(line)) if line else ()
    )


async def effect(case: CaseNumber, /, *, line: Named, acting: Dated = Dated()) -> int:
    """Record that reversed lines were paid; a service that is still to come is authorized by itself.

    For example:
        plazo appeal effect APP-7K2M-9QXD-4HBT --line 1 --as ap-soto

    Parameters
    ----------
    case
        The number of the appeal.
    line
        The line, or several: `1-40`, `3,5,7-9`.
    """
    return await do(case, acting, acts.GiveEffect, line=await lines_of(case, line, acting))
