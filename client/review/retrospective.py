"""Opening a retrospective review: `plazo retrospective check | submit`."""

from client.reach.counter import check_over, read_told_apart, take_in
from client.terminal.options import Acting, OrStandardInput
from config.pack import load
from domain.policy.pack import Pack
from domain.request.given import refuse_what_was_not
from domain.request.request import Request
from domain.review.retrospective import Retrospective


def _read(file: str, received: str | None, pack: Pack) -> Request:
    return read_told_apart(file, received, pack, refuse_what_was_not)


async def check(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Check a request for what was given: covered then? complete? due when? Nothing is created.

    For example:
        plazo retrospective check request.json

    Parameters
    ----------
    file
        The request, as JSON (`plazo precert schema`); `-` for standard input. `unasked` says why nobody asked.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    request = _read(file, received, load(acting.settings.policy))
    return await check_over(Retrospective.kind, request, acting)


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open a case for a service that was given, and print its number.

    For example:
        plazo retrospective submit request.json --received "2026-03-02 18:41"

    Parameters
    ----------
    file
        The request, as JSON; `-` for standard input. `unasked` says why nobody asked before: `emergency`,
        `coverage_given_backwards`, `could_not_ask`, `not_asked`; `under` names the authorization, if there was one.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    pack = load(acting.settings.policy)
    request = _read(file, received, pack)
    linked = (request.under,) if request.under else ()
    return await take_in(Retrospective.kind, request, file, acting, pack, linked)
