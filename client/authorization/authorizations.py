"""Authorizations: `plazo auth show | used | extend | cancel | end | void`."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Literal

from cyclopts import Parameter

from activities.authorizations import Authorizations, MoreQuestion
from client.reach.acting import do
from client.reach.cases import Cases, cases
from client.reach.checking import look_over
from client.reach.counter import counter, folder_of, tell_opened
from client.reach.look import print_json
from client.reach.trouble import trouble_of
from client.terminal import render
from client.terminal.options import Acting, Common, Dated, OrStandardInput, Telling
from client.terminal.reading import build, day, instant, read_json
from config.console import ConsoleWords
from config.pack import load
from domain.authorization.acts import CircumstanceCame, EndByCoverage, UseUnits, VoidAuthorization
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.extending import MoreAsked
from domain.desk.desk import Link, Withdraw
from domain.referral.referral import Referral
from domain.request.request import Channel, RequestedBy
from domain.review.precertification import Precertification
from domain.standing.standing import StandingReferral
from domain.terms.case_number import kind_of, parse
from domain.terms.refusals import Misuse, Refused
from domain.view.authorization_view import LifeSheet


def _number(text: str) -> str:
    number = parse(text)
    if kind_of(number) != LiveAuthorization.kind:
        raise Misuse("authorization: its number looks like AUT-7K2M-9QXD-4HBT-01.")
    return number


async def show(authorization: str, /, *, common: Common = Common()) -> int:
    """Show an authorization: its period, what was used and what is left, what ends it, what comes next.

    For example:
        plazo auth show AUT-7K2M-9QXD-4HBT-01

    Parameters
    ----------
    authorization
        Its number, as the letters print it.
    """
    number = _number(authorization)
    async with cases(common.settings) as desk:
        page = await _look(desk, number)
        trouble = await trouble_of(desk.client, number)
    if common.json:
        return print_json(page.life)
    _tell(page)
    if trouble:
        print(f"{number} is {trouble.as_text}")
    return 0


async def _look(desk: Cases, number: str) -> LifeSheet:
    return await desk.ask(Authorizations.show_authorization, number)


def _tell(page: LifeSheet) -> None:
    out, life, calendar = ConsoleWords(), page.life, page.calendar
    end = f"through {life.through}" if life.through else life.ends_when
    out.print(f"{life.number}  {page.standing}")
    out.print(f"line {life.line} of {life.case}: {life.service}, {render.counted(life.units)}")
    out.print(f"good from {life.from_day}, {end}")
    out.print(f"used: {life.units_used}, left: {life.units_left}")
    for use in life.uses:
        under = f", under {use.under}" if use.under else ""
        out.print(f"  {use.on}: {render.counted(use.units)}, reported by {use.reported_by}{under}")
    if life.ended_as and life.ended_at:
        out.print(f"ended {calendar.show(life.ended_at)}: {life.ended_as.replace('_', ' ')}")
    around = {
        "goes on from": life.extends,
        "extended by": life.extended_by,
        "in the place of": life.replaces,
        "replaced by": life.replaced_by,
    }
    for words, other in around.items():
        if other:
            out.print(f"{words} {other}")
    for coming in life.next:
        out.print(f"  next: {calendar.show(coming.at)}: {coming.what}")


async def used(
    authorization: str,
    /,
    *,
    units: int,
    on: str,
    reported_by: str,
    acting: Dated = Dated(),
) -> int:
    """Record units that were used on a day; more than are left are refused, and the last one ends it.

    For example:
        plazo auth used AUT-7K2M-9QXD-4HBT-01 --units 2 --on 2026-11-20 --reported-by "the clinic" --as ic-santos

    Parameters
    ----------
    authorization
        Its number.
    units
        How many.
    on
        The day on which they were given.
    reported_by
        Who said so.
    """
    number, given_on = _number(authorization), day(on, "on")
    return await do(number, acting, UseUnits, units=units, on=given_on, reported_by=reported_by)


async def extend(
    authorization: str,
    /,
    papers: OrStandardInput | None = None,
    *,
    units: int | None = None,
    received: str | None = None,
    requested_by: RequestedBy = RequestedBy.PHYSICIAN,
    channel: Channel = Channel.FAX,
    expedited: Annotated[bool, Parameter(negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Ask for more before the last day: a new decision, in a linked case with a clock of its own.

    It is for the same member, service and provider, from the day after the last one. What reaches us after the last
    day is a new request.

    For example:
        plazo auth extend AUT-7K2M-9QXD-4HBT-01 --units 8 --received "2026-11-20 16:40" --as ic-santos

    Parameters
    ----------
    authorization
        Its number.
    papers
        A JSON file with what came: `documents`, `order`, `reference`, as in a request; `-` for standard input.
    units
        How many more; as many as were authorized, where left out.
    received
        When it reached us, if not now: `2026-11-20 16:40` in the plan's zone.
    requested_by
        Who asks.
    channel
        How it came.
    expedited
        Waiting could do harm.
    """
    number, settings = _number(authorization), acting.settings
    async with cases(settings) as desk:
        page = await _look(desk, number)
        said = {
            "received_at": instant(received, page.calendar.zone, "received") if received else None,
            "units": units,
            "channel": channel,
            "requested_by": requested_by,
            "urgency": "expedited" if expedited else "standard",
            "papers": read_json(papers) if papers else {},
        }
        question = MoreQuestion(number=number, asked=build(MoreAsked, said), now=datetime.now(UTC))
        asked = await desk.ask(Authorizations.ask_for_more, question)
        kind = Precertification.kind
        if asked.visit or asked.standing:
            kind = Referral.kind if asked.visit else StandingReferral.kind
        pack = load(settings.policy)
        look_over(asked, pack, max(datetime.now(UTC), asked.received_at), kind)
        folder = folder_of(papers or "-")
        opened = await counter(desk, kind, acting, pack).open(asked, folder, parent=number)
        with suppress(Refused):  # one that has ended meanwhile hears no more; the new case names it
            await desk.act(number, Link(actor=acting.clerk, to=opened.case))
    return tell_opened(opened, as_json=acting.json)


async def cancel(
    authorization: str,
    /,
    *,
    by: Literal["member", "physician", "representative", "provider"] = "member",
    acting: Dated = Dated(),
) -> int:
    """Take an authorization back at the word of whoever asked for it.

    For example:
        plazo auth cancel AUT-7K2M-9QXD-4HBT-01 --by physician --as ic-santos

    Parameters
    ----------
    authorization
        Its number.
    by
        Who takes it back.
    """
    return await do(_number(authorization), acting, Withdraw, by=by)


async def end(
    authorization: str,
    /,
    *,
    by: Literal["coverage", "circumstance"],
    on: str | None = None,
    acting: Dated = Dated(),
) -> int:
    """End an authorization with the coverage, which the directory is asked about again; or with its circumstance.

    For example:
        plazo auth end AUT-7K2M-9QXD-4HBT-01 --by coverage --on 2026-11-30 --as cov-matos

    Parameters
    ----------
    authorization
        Its number.
    by
        What ends it.
    on
        The day: about which the directory is asked (today, where left out), or on which the circumstance came.
    """
    that_day = day(on, "on") if on else None
    if by == "coverage":
        return await do(_number(authorization), acting, EndByCoverage, on=that_day)
    if that_day is None:
        raise Misuse("on: say on which day the circumstance came.")
    return await do(_number(authorization), acting, CircumstanceCame, on=that_day)


async def void(
    authorization: str,
    /,
    *,
    because: str,
    ground: str | None = None,
    acting: Telling = Telling(),
) -> int:
    """Void an authorization for cause: on a listed ground, by a medical director, and never for medical necessity.

    Its letter gives the time to appeal (`plazo appeal open AUT-...`), as that of a denial does.

    For example:
        plazo auth void AUT-7K2M-9QXD-4HBT-01 --ground clerical_error --because "wrong code keyed" --as dir-luna

    Parameters
    ----------
    authorization
        Its number.
    because
        Why, without personal data.
    ground
        A ground on which an answer may be reopened against the member (`plazo policy show`).
    """
    return await do(_number(authorization), acting, VoidAuthorization, ground=ground, reason=because)
