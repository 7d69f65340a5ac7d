"""A request at the counter: read, looked over, opened. Precertifications and referrals come in the same way."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from activities.desk.counter import Preview
from activities.opening import Opening
from client.reach.cases import Cases, cases
from client.reach.checking import keep_documents, look_over, with_receipt
from client.reach.intake import Arrival, Opened, open_case
from client.reach.look import print_json
from client.terminal.asking import tell
from client.terminal.options import Acting
from client.terminal.reading import build, read_json
from config.home import Home
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.desk.desk import Link
from domain.parts.stage import Stage
from domain.policy.pack import Pack
from domain.request.given import refuse_what_was_given
from domain.request.request import Request
from domain.terms.calendar import whole_seconds
from domain.terms.people import Actor
from domain.view.kinds import CASES, kind_asked_for
from domain.view.view import Shown

R = TypeVar("R", bound=Request)


def read_request(form: type[R], file: str, received: str | None, pack: Pack) -> R:
    """The request in a file, received when `received` says, in the plan's zone."""
    request = build(form, with_receipt(read_json(file), received, pack))
    look_over(request, pack, datetime.now(UTC))
    return request.model_copy(update={"received_at": whole_seconds(request.received_at)})


def look_over_apart(request: Request, pack: Pack) -> str:
    """The kind of a request, of which nothing is refused at its door. Raises `Refused`."""
    kind = kind_asked_for(request)
    day = request.received_at.astimezone(ZoneInfo(pack.plan_named(request.plan).zone)).date()
    if door := CASES[kind].door:
        door.refuse(request, day)
    else:
        refuse_what_was_given(request, day, pack.given_already_after_days)
    return kind


def read_told_apart(
    file: str, received: str | None, pack: Pack, refuse: Callable[[Request, date], None]
) -> Request:
    """The same, refused where on the plan's day of receipt it is not of the kind that it is submitted as."""
    request = read_request(Request, file, received, pack)
    zone = ZoneInfo(pack.plan_named(request.plan).zone)
    refuse(request, request.received_at.astimezone(zone).date())
    return request


@dataclass(frozen=True)
class Counter:
    """Where requests of one kind come in: the cases, the store of papers, and the clerk who keys them."""

    desk: Cases
    kind: str
    ring: KeyRing
    store: DocumentStore
    clerk: Actor
    pack: Pack

    async def open(
        self, request: Request, folder: Path, *, parent: str | None = None, linked: tuple[str, ...] = ()
    ) -> Opened:
        """The case of this request: a new one, or the one that it is already."""
        kept = keep_documents(request.documents, folder, self.store, self.pack)
        asked = request.model_copy(update={"documents": kept})

        def opening(number: str) -> Opening:
            return Opening(
                number=number,
                request=asked,
                parent=parent,
                linked=linked,
                may_join=True,
                keyed_by=self.clerk,
            )

        return await open_case(self.desk, self.ring, Arrival(self.kind, asked, opening))


async def link_back(desk: Cases, shown: Shown, to: str, acting: Acting) -> None:
    """A case knows of the other one too; one that has closed is left as it is."""
    if to not in shown.linked and shown.stage != Stage.CLOSED.value:
        await desk.act(shown.case, Link(actor=acting.actor, to=to))


def counter(desk: Cases, kind: str, acting: Acting, pack: Pack) -> Counter:
    settings = acting.settings
    ring = KeyRing.load(Home(settings.home).keyring)
    return Counter(desk, kind, ring, DocumentStore(settings.documents, ring), acting.clerk, pack)


def folder_of(file: str) -> Path:
    """Where the papers lie that a request names."""
    return Path() if file == "-" else Path(file).parent


async def check_over(kind: str, request: Request, acting: Acting) -> int:
    """Tell what would happen to a request of this kind; nothing is created."""
    async with cases(acting.settings) as desk:
        preview = await desk.preview(kind, request)
    return print_json(preview) if acting.json else tell_preview(preview)


async def take_in(
    kind: str, request: Request, file: str, acting: Acting, pack: Pack, linked: tuple[str, ...] = ()
) -> int:
    """Open the case of a request, whose papers lie beside its file, and tell what became of it."""
    async with cases(acting.settings) as desk:
        opened = await counter(desk, kind, acting, pack).open(request, folder_of(file), linked=linked)
    return tell_opened(opened, as_json=acting.json)


def tell_preview(preview: Preview) -> int:
    """What would happen to a request, for people."""
    due = preview.calendar.show_due(preview.due_at) if preview.due_at else "not known"
    tell(f"required: {'yes' if preview.required else 'no'} ({preview.plan})")
    tell(f"coverage: {preview.coverage}")
    tell(f"missing:  {', '.join(preview.missing) or 'nothing'}")
    tell(f"received {preview.calendar.show(preview.received_at)}, day 0; due {due}")
    tell(f"          by {preview.timeframe}, {preview.source}" if preview.timeframe else "no row times it")
    for provider in preview.providers:
        tell(f"network:  {provider}")
    for warning in preview.warnings:
        tell(f"look at:  {warning}")
    return 0


def tell_opened(opened: Opened, *, as_json: bool, **more: str) -> int:
    """What became of it, and the date that is owed; `more` are cases that were opened beside it."""
    if as_json:
        print(json.dumps(opened.fields | more))
        return 0
    tell(f"{opened.case} {opened.what_happened}")
    if opened.sheet is None:
        return 0
    calendar, shown = opened.sheet.calendar, opened.sheet.shown
    due = f"; due {calendar.show_due(shown.due_at)}" if shown.due_at else ""
    tell(f"received {calendar.show(shown.received_at)}, day 0{due}")
    for warning in opened.look_at:
        tell(f"look at: {warning}")
    return 0
