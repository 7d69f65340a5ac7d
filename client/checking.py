"""What comes in, looked at before anything is made of it: its receipt, its papers, and where those lie."""

from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from client.reading import content
from config.documents import DocumentStore
from domain.pack import Pack
from domain.papers import fault_of
from domain.refusals import Misuse
from domain.request import Document
from domain.timeframe import Urgency


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


def check_receipt(request: Asked, pack: Pack, now: datetime, kind: str = "precertification") -> None:
    """Refuse what no case could be made of: a receipt in the future, or one that no row times."""
    if request.received_at > now:
        raise Misuse("received_at: it lies in the future; nothing was received then.")
    for number, document in enumerate(request.documents):
        if document.received_at and document.received_at > now:
            raise Misuse(f"documents.{number}.received_at: it lies in the future; nothing was received then.")
    zone = ZoneInfo(pack.plan_named(request.plan).zone)
    pack.plan_on(request.plan, request.received_at.astimezone(zone).date(), kind)


def check_papers(request: Asked, pack: Pack) -> None:
    """Refuse a kind of paper or a fact that the pack does not know."""
    for number, document in enumerate(request.documents):
        if fault := fault_of(document, pack.document_kind, pack.criteria, "the pack"):
            raise Misuse(f"documents.{number}.{fault}.")


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
