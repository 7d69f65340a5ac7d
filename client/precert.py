"""Opening a precertification: `plazo precert check | submit | schema`."""

import json
from datetime import UTC, datetime
from pathlib import Path

from activities.opening import Opening
from client.cases import cases
from client.intake import Arrival, check_papers, check_receipt, keep_documents, open_case
from client.look import print_json
from client.options import Acting, OrStandardInput
from client.reading import build, instant, read_json
from config.documents import DocumentStore
from config.home import Home
from config.keyring import KeyRing
from config.pack import load
from domain.calendar import whole_seconds
from domain.pack import Pack
from domain.precertification import Precertification
from domain.request import Request


def read_request(file: str, received: str | None, pack: Pack) -> Request:
    """The request in a file, received when `received` says, in the plan's zone."""
    fields = read_json(file)
    if received:
        plan = pack.plan_named(str(fields.get("plan", "")))
        fields["received_at"] = instant(received, plan.zone, "received").isoformat()
    request = build(Request, fields)
    check_receipt(request, pack, datetime.now(UTC))
    check_papers(request, pack)
    return request.model_copy(update={"received_at": whole_seconds(request.received_at)})


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
    settings = acting.settings
    request = read_request(file, received, load(settings.policy))
    async with cases(settings) as desk:
        preview = await desk.preview(request)
    if acting.json:
        return print_json(preview)
    due = preview.calendar.show_due(preview.due_at) if preview.due_at else "not known"
    print(f"required: {'yes' if preview.required else 'no'} ({preview.plan})")
    print(f"coverage: {preview.coverage}")
    print(f"missing:  {', '.join(preview.missing) or 'nothing'}")
    print(f"received {preview.calendar.show(preview.received_at)}, day 0; due {due}")
    print(f"          by {preview.timeframe}, {preview.source}")
    for warning in preview.warnings:
        print(f"look at:  {warning}")
    return 0


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open a precertification case and print its case number. The same request sent twice is one case.

    For example:
        plazo precert submit request.json --received "2026-03-02 18:41"

    Parameters
    ----------
    file
        The request, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it right: `2026-03-02 18:41` in the plan's zone.
    """
    settings = acting.settings
    request = read_request(file, received, load(settings.policy))
    ring = KeyRing.load(Home(settings.home).keyring)
    folder = Path() if file == "-" else Path(file).parent
    async with cases(settings) as desk:
        kept = keep_documents(request.documents, folder, DocumentStore(settings.documents, ring))
        asked = request.model_copy(update={"documents": kept})
        arrival = Arrival(Precertification.kind, asked, lambda number: Opening(number=number, request=asked))
        opened = await open_case(desk, ring, arrival, acting.clerk)
    if acting.json:
        print(json.dumps({"case": opened.case, "created": opened.created}))
        return 0
    calendar, shown = opened.sheet.calendar, opened.sheet.shown
    print(f"{opened.case} {'opened' if opened.created else 'exists already; new papers were attached'}")
    due = f"; due {calendar.show_due(shown.due_at)}" if shown.due_at else ""
    print(f"received {calendar.show(shown.received_at)}, day 0{due}")
    return 0


async def schema() -> int:
    """Print the JSON Schema of a request.

    For example:
        plazo precert schema > request.schema.json
    """
    print(json.dumps(Request.model_json_schema(), indent=2))
    return 0
