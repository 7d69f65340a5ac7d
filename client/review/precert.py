"""Opening a precertification: `plazo precert check | submit | schema`."""

import json

from client.reach.counter import check_over, look_over_apart, read_request, take_in
from client.terminal.options import Acting, OrStandardInput
from config.pack import load
from domain.policy.pack import Pack
from domain.request.request import Request
from domain.review.precertification import Precertification
from domain.terms.refusals import Misuse
from domain.view.kinds import CASES, kind_asked_for


def _read(file: str, received: str | None, pack: Pack) -> Request:
    request = read_request(Request, file, received, pack)
    if door := CASES[kind := kind_asked_for(request)].door:
        raise Misuse(f"{door.field}: only a request of another kind has it; see `plazo {kind} submit`.")
    look_over_apart(request, pack)
    return request


async def check(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Check a request before it is submitted: required? covered? complete? due when? Nothing is created.

    For example:
        plazo precert check request.json

    Parameters
    ----------
    file
        The request, as JSON; `-` for standard input.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    request = _read(file, received, load(acting.settings.policy))
    return await check_over(Precertification.kind, request, acting)


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open a precertification case and print its number; what an open case takes as its own is told to it.

    For example:
        plazo precert submit request.json --received "2026-03-02 18:41"

    Parameters
    ----------
    file
        The request, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    pack = load(acting.settings.policy)
    request = _read(file, received, pack)
    return await take_in(Precertification.kind, request, file, acting, pack)


async def schema() -> int:
    """Print the JSON Schema of a request.

    For example:
        plazo precert schema > request.schema.json
    """
    print(json.dumps(Request.model_json_schema(), indent=2))
    return 0
