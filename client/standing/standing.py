"""Standing referrals: `plazo standing check | submit | leaves | new-primary | still-needed`."""

from client.reach.acting import do
from client.reach.counter import check_over, read_told_apart, take_in
from client.terminal.options import Acting, Dated, OrStandardInput
from client.terminal.reading import day, read_json
from config.pack import load
from domain.policy.pack import Pack
from domain.request.given import refuse_what_does_not_stand
from domain.request.request import Request
from domain.standing import acts
from domain.standing.standing import StandingReferral


def _read(file: str, received: str | None, pack: Pack) -> Request:
    return read_told_apart(file, received, pack, refuse_what_does_not_stand)


async def check(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Check a standing referral: covered? complete? due when? Nothing is created.

    For example:
        plazo standing check referral.json

    Parameters
    ----------
    file
        The request, as JSON (`plazo precert schema`); `-` for standard input. `standing` says for what condition,
        through which day, and for what scope; `servicing_provider` names the specialist.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    request = _read(file, received, load(acting.settings.policy))
    return await check_over(StandingReferral.kind, request, acting)


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open a case for a standing referral to a specialist, and print its number.

    For example:
        plazo standing submit referral.json --received "2026-10-06 09:00"

    Parameters
    ----------
    file
        The request, as JSON (`plazo precert schema`); `-` for standard input. `standing` says for what condition,
        through which day, and for what scope; `servicing_provider` names the specialist.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    pack = load(acting.settings.policy)
    request = _read(file, received, pack)
    return await take_in(StandingReferral.kind, request, file, acting, pack)


async def leaves(case: str, /, *, on: str, acting: Dated = Dated()) -> int:
    """Record that the specialist leaves the network on a day: a transition begins, and another is found.

    For example:
        plazo standing leaves STA-7K2M-9QXD-4HBT --on 2026-12-31 --as cm-reyes

    Parameters
    ----------
    case
        The case number.
    on
        The last day in the network.
    """
    return await do(case, acting, acts.LeaveNetwork, on=day(on, "on"))


async def new_primary(case: str, provider: OrStandardInput, /, *, acting: Dated = Dated()) -> int:
    """Record another primary care physician: the referral stands, and its letters go there.

    For example:
        plazo standing new-primary STA-7K2M-9QXD-4HBT physician.json --as ic-santos

    Parameters
    ----------
    case
        The case number.
    provider
        Name, NPI, address, as JSON; `-` for standard input.
    """
    return await do(case, acting, acts.ChangePrimary, provider=read_json(provider))


async def still_needed(case: str, /, *, acting: Dated = Dated()) -> int:
    """Record that a physician looked at a standing referral again: it is still needed.

    For example:
        plazo standing still-needed STA-7K2M-9QXD-4HBT --as md-vega

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, acts.ReviewStanding)
