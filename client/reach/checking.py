"""What comes in, looked at before anything is made of it: its receipt, its papers, and where those lie."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from client.terminal.reading import content, instant
from config.sealing.documents import DocumentStore
from domain.clock.timeframe import Urgency
from domain.policy.pack import Pack
from domain.policy.papers import fault_of
from domain.request.request import Document
from domain.terms.refusals import Misuse


class Asked(Protocol):
    """What comes in and becomes a case: a request, a dispute."""

    @property
    def plan(self) -> str: ...

    @property
    def received_at(self) -> datetime: ...

    @property
    def urgency(self) -> Urgency: ...

    @property
    def documents(self) -> tuple[Document, ...]: ...

    def model_dump(self, *, mode: str, exclude_defaults: bool = False) -> dict[str, Any]: ...


IN_THE_FUTURE = "received_at: it lies in the future; nothing was received then"


def with_receipt(fields: dict[str, Any], received: str | None, pack: Pack) -> dict[str, Any]:
    """What a file says, received when somebody typed, in the plan's zone; an unknown plan is told later."""
    if received is None:
        return fields
    zone = next((row.zone for row in pack.plan if row.id == fields.get("plan")), "UTC")
    return fields | {"received_at": instant(received, zone, "received").isoformat()}


def look_over(request: Asked, pack: Pack, now: datetime, kind: str = "precertification") -> None:
    """Refuse what no case could be made of, every fault at once.

    A receipt in the future, or one that no row times; a kind of paper or a fact that the pack does not know.
    """
    if found := list(_faults(request, pack, now, kind)):
        raise Misuse("; ".join(found) + ".")


def _faults(request: Asked, pack: Pack, now: datetime, kind: str) -> Iterator[str]:
    if request.received_at > now:
        yield IN_THE_FUTURE
    try:
        zone = ZoneInfo(pack.plan_named(request.plan).zone)
        pack.plan_on(request.plan, request.received_at.astimezone(zone).date(), kind)
    except Misuse as fault:
        yield str(fault).rstrip(".")
    for number, document in enumerate(request.documents):
        if document.received_at and document.received_at > now:
            yield f"documents.{number}.{IN_THE_FUTURE}"
        if wrong := fault_of(document, pack.document_kind, pack.criteria, "the pack"):
            yield f"documents.{number}.{wrong}"


def keep_documents(
    documents: tuple[Document, ...], folder: Path, store: DocumentStore, pack: Pack
) -> tuple[Document, ...]:
    """Put each paper that lies beside the request into the store, and name it by its hash."""

    def kept(file: str) -> str:
        return store.put(content(beside(folder, file, "documents"), pack))

    return tuple(
        one.model_copy(update={"sha256": kept(one.file), "file": None}) if one.file else one
        for one in documents
    )


def beside(folder: Path, file: str, field: str) -> Path:
    """Where a paper lies. A request comes from outside: it may not reach for anything else on the clerk's disk."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Misuse(f"{field}: {file} does not lie beside the request.")
    return path
