"""Bringing what opens a matter: read, looked over, and opened; or told to the open case that it belongs to."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from activities.opening import MatterOpening
from client.reach.cases import Cases, cases
from client.reach.checking import keep_documents, look_over, with_receipt
from client.reach.counter import folder_of, tell_opened
from client.reach.intake import Arrival, open_case
from client.terminal.options import Acting
from client.terminal.reading import build, read_json
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.policy.pack import Pack
from domain.terms.calendar import whole_seconds
from domain.terms.case_number import parse
from domain.view.view import Sheet


def nothing(came: Any, pack: Pack) -> None:
    """Nothing is refused beside."""


async def bring(
    opening: type[MatterOpening],
    file: str,
    received: str | None,
    acting: Acting,
    *,
    refuse: Callable[[Any, Pack], None] = nothing,
    given: Mapping[str, str | None] | None = None,
    shows: Callable[[Cases, Any, Sheet, Pack], Awaitable[Mapping[str, Any]]] | None = None,
) -> int:
    """Open the case of what stands in a file, and tell its number; `given` on the command line goes before that.

    A `case` that it names, and that it came out of, has to be there; `shows` is what is taken from its page.
    """
    settings, kind = acting.settings, opening.matter.kind
    pack, ring = load(settings.policy), KeyRing.load(Home(settings.home).keyring)
    typed = {name: one for name, one in (given or {}).items() if one}
    read = build(opening.model_of(), with_receipt(read_json(file), received, pack) | typed)
    look_over(read, pack, datetime.now(UTC), kind)
    refuse(read, pack)
    kept = keep_documents(read.documents, folder_of(file), DocumentStore(settings.documents, ring), pack)
    known: dict[str, Any] = {"documents": kept, "received_at": whole_seconds(read.received_at)}
    if named := getattr(read, "case", None):
        known["case"] = parse(named)
    async with cases(settings) as desk:
        if named:
            page = await desk.sheet(known["case"])
            known |= await shows(desk, read, page, pack) if shows else {}
        came = read.model_copy(update=known)
        arrival = Arrival(
            kind,
            came,
            lambda number: opening.of(number, came, may_join=True, keyed_by=acting.clerk),
        )
        opened = await open_case(desk, ring, arrival)
    return tell_opened(opened, as_json=acting.json)
