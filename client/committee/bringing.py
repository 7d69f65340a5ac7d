"""Bringing a question to a committee: what both kinds of its cases are opened by."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from activities.opening import application_of_subject
from client.reach.cases import cases
from client.reach.checking import keep_documents, look_over, with_receipt
from client.reach.counter import folder_of, tell_opened
from client.reach.intake import Arrival, open_case
from client.terminal.options import Acting
from client.terminal.reading import build, read_json
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.deliberation.deliberated import BringAgain
from domain.guideline.draft import Draft
from domain.technology.proposal import Proposal
from domain.terms.calendar import whole_seconds

S = TypeVar("S", Proposal, Draft)


async def bring(
    model: type[S],
    file: str,
    received: str | None,
    acting: Acting,
    opening: Callable[[str, S], object],
) -> int:
    """Open the case of what stands in a file, and tell its number."""
    settings = acting.settings
    pack, ring = load(settings.policy), KeyRing.load(Home(settings.home).keyring)
    read = build(model, with_receipt(read_json(file), received, pack))
    kind = application_of_subject("", read).kind
    look_over(read, pack, datetime.now(UTC), kind)
    kept = keep_documents(read.documents, folder_of(file), DocumentStore(settings.documents, ring), pack)
    brought = read.model_copy(update={"documents": kept, "received_at": whole_seconds(read.received_at)})
    arrival = Arrival(
        kind,
        brought,
        lambda number: opening(number, brought),
        application=lambda number: application_of_subject(number, brought),
        receive=lambda number: BringAgain(
            actor=acting.clerk, receipt=number, came_at=brought.received_at, papers=kept
        ),
    )
    async with cases(settings) as desk:
        opened = await open_case(desk, ring, arrival)
    return tell_opened(opened, as_json=acting.json)
