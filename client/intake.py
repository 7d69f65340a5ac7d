"""Opening a case: the same request sent twice is one case, after a closed or denied one it is a new one."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from temporalio.client import WorkflowHandle
from temporalio.common import TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from client.cases import Cases
from client.reading import content
from client.silence import unreachable
from config.documents import DocumentStore
from config.keyring import KeyRing
from config.virtual_time import fast_forward
from domain.calendar import Frozen
from domain.casenumber import case_number, prefix_of
from domain.desk import Attach
from domain.dispute import Dispute
from domain.pack import Pack
from domain.papers import fault_of
from domain.people import Actor
from domain.refusals import Misuse, Refused, Unreachable
from domain.request import Document
from domain.stage import Stage
from domain.status import DisputeStatus
from domain.timeframe import Urgency
from domain.view import Sheet
from workflows import attributes
from workflows.questions import Questions
from workflows.updates import WORKFLOWS

PATIENCE = 10  # seconds until a case that was started must have been admitted
SENT_AGAIN = "it came with a copy of what was submitted"
TRIES = 100  # how often the same request may have been sent and answered before


class Opened(Frozen):
    case: str
    created: bool
    sheet: Sheet


class Asked(Protocol):
    """What comes in and becomes a case: a request, a dispute."""

    @property
    def plan(self) -> str: ...

    @property
    def received_at(self) -> datetime: ...

    @property
    def urgency(self) -> Urgency: ...

    @property
    def identity(self) -> str:
        """By which the same thing sent twice is known."""
        ...

    @property
    def documents(self) -> tuple[Document, ...]: ...


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


@dataclass(frozen=True)
class Arrival:
    """Something that came in, the kind of case that it becomes, and what such a case starts with."""

    kind: str
    asked: Asked
    opening: Callable[[str], object]
    allow_after: Callable[[Sheet], None] = lambda _: (
        None
    )  # raises Refused where a case like it forbids another


async def open_case(cases: Cases, ring: KeyRing, arrival: Arrival, clerk: Actor) -> Opened:
    """Start the case, or find the one that this request already is and add the papers that are new."""
    for attempt in range(TRIES):
        digest = bytes.fromhex(ring.pseudonym(f"{arrival.asked.identity}|{attempt}"))
        number = case_number(prefix_of(arrival.kind), digest)
        handle = await _start(cases, arrival, number)
        if handle:
            await _carry_to_its_receipt(cases, number, arrival.asked.received_at)
            sheet = await _admitted(handle)
            if sheet:
                return Opened(case=number, created=True, sheet=sheet)
            arrival.allow_after(await cases.sheet(number))
            continue  # the register knows an older case of this number, which Temporal has forgotten
        sheet = await cases.sheet(number)
        if _takes_more(sheet):
            await _attach_new(cases, number, arrival.asked, clerk)
            return Opened(case=number, created=False, sheet=sheet)
        if _was_answered(sheet, arrival):
            return Opened(case=number, created=False, sheet=sheet)
        arrival.allow_after(sheet)
    raise Refused("this request was sent and answered a hundred times before; call the supervisor")


async def take_up(cases: Cases, arrival: Arrival, number: str, at: datetime | None = None) -> None:
    """Start a closed case again under its own number; where somebody else has done so, nothing is left to do."""
    handle = await _start(cases, arrival, number, WorkflowIDReusePolicy.ALLOW_DUPLICATE)
    if handle:
        await _carry_to_its_receipt(cases, number, at or arrival.asked.received_at)
        await _admitted(handle)


async def _start(
    cases: Cases,
    arrival: Arrival,
    number: str,
    reuse: WorkflowIDReusePolicy = WorkflowIDReusePolicy.REJECT_DUPLICATE,
) -> WorkflowHandle[Any, str] | None:
    """A handle if this started the case; None if there is one of this number."""
    asked = arrival.asked
    standing = attributes.at_start(arrival.kind, asked.plan, asked.urgency.value, asked.received_at)
    try:
        handle: WorkflowHandle[Any, str] = await cases.client.start_workflow(
            WORKFLOWS[arrival.kind].run,
            arrival.opening(number),
            id=number,
            task_queue=cases.task_queue,
            id_reuse_policy=reuse,
            search_attributes=TypedSearchAttributes(standing),
            static_summary=f"{arrival.kind.capitalize()} {number}",
            rpc_timeout=timedelta(seconds=PATIENCE),
        )
    except WorkflowAlreadyStartedError:
        return None
    except RPCError as error:
        raise unreachable(error) from None
    return handle


async def _carry_to_its_receipt(cases: Cases, number: str, received_at: datetime) -> None:
    """Cases start on the real clock; one that belongs to a case under virtual time may begin ahead of it."""
    if (ahead := received_at - datetime.now(UTC)) > timedelta():
        await fast_forward(cases.client, number, ahead + timedelta(seconds=1))


async def _admitted(handle: WorkflowHandle[Any, str]) -> Sheet | None:
    """The case's first sheet; None where its number turned out to be taken."""
    try:
        async with asyncio.timeout(PATIENCE):
            # A description costs the case nothing; a question that meets a running step costs it a task.
            wait = 0.05
            while (description := await handle.describe()).close_time is None:
                if description.typed_search_attributes.get(attributes.STATUS):
                    break
                await asyncio.sleep(wait)
                wait = min(wait * 1.5, 0.5)
            return await handle.query(Questions.sheet, datetime.now(UTC), rpc_timeout=timedelta(seconds=5))
    except (TimeoutError, RPCError):
        raise Unreachable(
            f"{handle.id} was received and its clock runs, but it is not admitted yet: "
            "are a worker and the register up?"
        ) from None


def _takes_more(sheet: Sheet) -> bool:
    """A case that is over, was denied in any part, or was entered in error is not the case of a new request."""
    if sheet.shown.kind == Dispute.kind:
        return sheet.outcome is None and sheet.shown.status.code == DisputeStatus.OPEN.code
    adverse = any(line.outcome not in {None, "approved"} for line in sheet.shown.lines)
    return sheet.outcome is None and not adverse and sheet.shown.stage != Stage.RECALL.value


def _was_answered(sheet: Sheet, arrival: Arrival) -> bool:
    """A dispute of the same receipt is the same one, answered or not: a sheet may be sent twice."""
    return arrival.kind == Dispute.kind and sheet.shown.received_at == arrival.asked.received_at


async def _attach_new(cases: Cases, number: str, asked: Asked, clerk: Actor) -> None:
    for document in asked.documents:
        received = document.model_copy(update={"received_at": document.received_at or asked.received_at})
        await cases.act(number, Attach(actor=clerk, document=received, reason=SENT_AGAIN))
