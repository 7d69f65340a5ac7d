"""Coordinating an approved service in the United States, step by step: `plazo referral choose` to `return`."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from client.reach.acting import do
from client.reach.cases import Cases
from client.reach.look import look
from client.terminal import render
from client.terminal.options import CaseNumber, Common, Dated
from client.terminal.reading import day
from domain.referral import coordination_acts as acts
from domain.referral.referral import Referral
from domain.terms.case_number import kind_of
from domain.terms.refusals import Refused
from domain.view.referral_view import Network
from workflows.referral import ReferralWorkflow


@Parameter(name="*")
@dataclass(frozen=True)
class OnLine(Dated):
    line: int | None = None
    """The line; may be left out where there is only one."""


async def network_of(desk: Cases, case: str) -> Network:
    if kind_of(case) != Referral.kind:
        raise Refused(f"{case} is a {kind_of(case)}; a network is asked for referral cases")
    return await desk.see(case, ReferralWorkflow.providers)


async def providers(case: CaseNumber, /, *, common: Common = Common()) -> int:
    """List the providers of the network in the place that the member will visit.

    For example:
        plazo referral providers REF-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    return await look(case, common, network_of, render.network)


async def place(case: CaseNumber, city: str, state: str, /, *, acting: Dated = Dated()) -> int:
    """Change the place that the member will visit; the network there is asked.

    For example:
        plazo referral place REF-7K2M-9QXD-4HBT "New York" NY --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    city
        The city.
    state
        The state, by its two letters.
    """
    return await do(case, acting, acts.ChoosePlace, place={"city": city, "state": state})


async def choose(case: CaseNumber, npi: str, /, *, acting: OnLine = OnLine()) -> int:
    """Choose a provider of the network; its answer is then awaited.

    For example:
        plazo referral choose REF-7K2M-9QXD-4HBT 1000000210 --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    npi
        The provider, by its NPI (`plazo referral providers` lists them).
    """
    return await do(case, acting, acts.Choose, npi=npi, line=acting.line)


async def provider_answer(
    case: CaseNumber,
    /,
    *,
    accepted: Annotated[bool, Parameter(negative="--declined")],
    because: str = "",
    acting: OnLine = OnLine(),
) -> int:
    """Record that the chosen provider accepts, or declines: then another one is chosen.

    For example:
        plazo referral provider-answer REF-7K2M-9QXD-4HBT --declined --because "no room" --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    accepted
        Does it give the service?
    because
        What it said, without personal data.
    """
    return await do(case, acting, acts.ProviderAnswer, accepted=accepted, because=because, line=acting.line)


async def dates(case: CaseNumber, on: str, /, *, acting: OnLine = OnLine()) -> int:
    """Agree on the day of the service, or move it; what was arranged stays.

    For example:
        plazo referral dates REF-7K2M-9QXD-4HBT 2026-07-13 --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    on
        The day.
    """
    return await do(case, acting, acts.AgreeDates, on=day(on, "on"), line=acting.line)


async def send(case: CaseNumber, /, *, to: str | None = None, acting: OnLine = OnLine()) -> int:
    """Send the pre-authorization to the chosen provider, and nobody else.

    For example:
        plazo referral send REF-7K2M-9QXD-4HBT --to 1000000210 --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    to
        The provider's NPI, to be sure that it is the chosen one.
    """
    return await do(case, acting, acts.Send, to=to, line=acting.line)


async def coinsurance(case: CaseNumber, /, *, acting: OnLine = OnLine()) -> int:
    """Tell the member by letter what part they pay.

    For example:
        plazo referral coinsurance REF-7K2M-9QXD-4HBT --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.TellCoinsurance, line=acting.line)


async def confirm(case: CaseNumber, /, *, acting: OnLine = OnLine()) -> int:
    """Confirm with provider and member that all is arranged.

    For example:
        plazo referral confirm REF-7K2M-9QXD-4HBT --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.Confirm, line=acting.line)


async def return_(case: CaseNumber, /, *, acting: OnLine = OnLine()) -> int:
    """Record that the service was received and the member is back in local care.

    For example:
        plazo referral return REF-7K2M-9QXD-4HBT --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.RecordReturn, line=acting.line)
