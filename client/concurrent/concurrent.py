"""Stays and courses of treatment while they run: `plazo concurrent ...`."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from cyclopts import Parameter

from client.reach.acting import do, when
from client.reach.counter import check_over, read_told_apart, take_in
from client.reach.resuming import act_or_resume
from client.review.decisions import Ground
from client.terminal.options import Acting, Dated, OrStandardInput
from client.terminal.reading import day
from config.pack import load
from domain.clock.timeframe import Urgency
from domain.concurrent import acts
from domain.concurrent import qio as the_qio
from domain.concurrent.concurrent import Concurrent
from domain.policy.pack import Pack
from domain.request.given import refuse_what_is_no_stay
from domain.request.request import Request

Flag = Annotated[bool, Parameter(negative="")]


def _read(file: str, received: str | None, pack: Pack) -> Request:
    return read_told_apart(file, received, pack, refuse_what_is_no_stay)


async def check(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Check the notice of an admission: covered? complete? due when? Nothing is created.

    For example:
        plazo concurrent check admission.json

    Parameters
    ----------
    file
        The request, as JSON (`plazo precert schema`); `-` for standard input. `stay` says where, since when, and
        through which day leave is asked for.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    request = _read(file, received, load(acting.settings.policy))
    return await check_over(Concurrent.kind, request, acting)


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open a case for a stay, or a course of treatment, that has begun, and print its number.

    For example:
        plazo concurrent submit admission.json --received "2026-03-02 18:41"

    Parameters
    ----------
    file
        The request, as JSON (`plazo precert schema`); `-` for standard input. `stay` says where, since when, and
        through which day leave is asked for.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    pack = load(acting.settings.policy)
    request = _read(file, received, pack)
    return await take_in(Concurrent.kind, request, file, acting, pack)


async def more(
    case: str,
    /,
    *,
    through: str,
    units: int | None = None,
    expedited: Flag = False,
    acting: Dated = Dated(),
) -> int:
    """Record that the stay is to go on: days more, on a clock of their own (`--at`: when it reached us).

    For example:
        plazo concurrent more CON-7K2M-9QXD-4HBT --through 2026-10-20 --expedited --as ic-santos

    Parameters
    ----------
    case
        The case number.
    through
        The last day that is asked for.
    units
        How many units, where they are not its days.
    expedited
        Waiting could do harm.
    """
    urgency = Urgency.EXPEDITED if expedited else Urgency.STANDARD
    return await do(case, acting, acts.AskMore, through=day(through, "through"), units=units, urgency=urgency)


async def end(
    case: str,
    /,
    *,
    on: str,
    why: Ground = Ground(),
    one_service: Flag = False,
    ground: str | None = None,
    because: str = "",
    acting: Dated = Dated(),
) -> int:
    """Propose that coverage ends, as a clinician; its notice comes first.

    For example:
        plazo concurrent end CON-7K2M-9QXD-4HBT --on 2026-10-16 --reason stay-days.lower-level --as md-vega

    Parameters
    ----------
    case
        The case number.
    on
        The last covered day (of a hospital the day of discharge); in Medicaid and group plans the day from which
        coverage is reduced.
    one_service
        Skilled care goes on, and only this service ends: it is denied.
    ground
        On what ground the notice may come later than its time (`plazo policy show`, "a shorter notice").
    because
        What shows that ground, without personal data.
    """
    return await do(
        case,
        acting,
        acts.EndCoverage,
        on=day(on, "on"),
        one_service=one_service,
        ground=ground,
        reason=because or acting.late_because,
        **why.fields,
    )


async def go_on(case: str, /, *, because: str, acting: Dated = Dated()) -> int:
    """Take a proposed end back: coverage goes on, and an end needs a new notice.

    For example:
        plazo concurrent go-on CON-7K2M-9QXD-4HBT --because "got worse" --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    because
        Why, without personal data.
    """
    return await do(case, acting, acts.GoOn, reason=because)


async def notice(
    case: str,
    /,
    *,
    what: Literal["notice", "first_message", "copy"] = "notice",
    to: Literal["member", "representative"] = "member",
    refused: Flag = False,
    not_understood: Flag = False,
    lacks: tuple[str, ...] = (),
    acting: Dated = Dated(),
) -> int:
    """Record that a notice was given (`--at`): that of the end, or a hospital's first message or its copy.

    For example:
        plazo concurrent notice CON-7K2M-9QXD-4HBT --at "2026-10-14 11:00" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    what
        Which notice.
    to
        To whom it was given.
    refused
        They refused to sign: it is dated, and counts as received.
    not_understood
        The member was not able to understand it.
    lacks
        What a hospital's message does not say, by its row (`plazo policy show`, "the Important Message").
    """
    return await do(
        case,
        acting,
        acts.GiveNotice,
        what=what,
        to=to,
        refused=refused,
        understood=not not_understood,
        lacks=lacks,
    )


async def qio(case: str, /, *, told: str | None = None, acting: Dated = Dated()) -> int:
    """Record that the QIO was asked (`--at`), in time or late; our explanation is due on the day it told us.

    For example:
        plazo concurrent qio CON-7K2M-9QXD-4HBT --at "2026-10-15 11:30" --as ap-soto

    Parameters
    ----------
    case
        The case number.
    told
        When the QIO told us, if not now.
    """
    told_at = await when(case, told, acting.settings, "told") or datetime.now(UTC)
    return await do(case, acting, the_qio.AskQio, say=act_or_resume, told_at=told_at)


async def qio_answer(case: str, /, *, decided_for: Literal["member", "plan"], acting: Dated = Dated()) -> int:
    """Record what the QIO decided: for the member coverage goes on, for the plan it ends on its day.

    For example:
        plazo concurrent qio-answer CON-7K2M-9QXD-4HBT --decided-for member --as ap-soto

    Parameters
    ----------
    case
        The case number.
    decided_for
        For whom it decided.
    """
    return await do(case, acting, the_qio.AnswerOfQio, for_member=decided_for == "member")


async def continue_benefits(case: str, /, *, acting: Dated = Dated()) -> int:
    """Record that the member asked (`--at`) for benefits to go on meanwhile; they may have to be paid for.

    For example:
        plazo concurrent continue-benefits CON-7K2M-9QXD-4HBT --as ap-soto

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.ContinueBenefits)


async def discharge(case: str, /, *, acting: Dated = Dated()) -> int:
    """Record that the member left (`--at`): the stay is over.

    For example:
        plazo concurrent discharge CON-7K2M-9QXD-4HBT --at "2026-10-17 10:30" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.Discharge)
