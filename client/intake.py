"""Opening a case: the same request sent twice is one case, after a closed or denied one it is a new one."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from temporalio.client import WorkflowHandle
from temporalio.common import TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from activities.admission import Opening
from client.cases import Cases, unreachable
from client.reading import content
from config.documents import DocumentStore
from config.keyring import KeyRing
from domain.calendar import Frozen
from domain.casenumber import case_number
from domain.desk import Attach
from domain.pack import Pack
from domain.papers import fault_of
from domain.people import Actor
from domain.refusals import Misuse, Refused, Unreachable
from domain.request import Document, Request
from domain.view import Sheet
from workflows import attributes
from workflows.precertification import PrecertificationWorkflow as Workflow

PATIENCE = 10  # seconds until a case that was started must have been admitted
TRIES = 100  # how often the same request may have been sent and answered before


class Opened(Frozen):
    case: str
    created: bool
    sheet: Sheet


def check_receipt(request: Request, pack: Pack, now: datetime) -> None:
    """Refuse what no case could be made of: a receipt in the future, or one that no row times."""
    if request.received_at > now:
        raise Misuse("received_at: it lies in the future; nothing was received then.")
    for number, document in enumerate(request.documents):
        if document.received_at and document.received_at > now:
            raise Misuse(f"documents.{number}.received_at: it lies in the future; nothing was received then.")
    zone = ZoneInfo(pack.plan_named(request.plan).zone)
    pack.plan_on(request.plan, request.received_at.astimezone(zone).date())


def check_papers(request: Request, pack: Pack) -> None:
    """Refuse a kind of paper or a fact that the pack does not know."""
    for number, document in enumerate(request.documents):
        if fault := fault_of(document, pack.document_kind, pack.criteria, "the pack"):
            raise Misuse(f"documents.{number}.{fault}.")


def keep_documents(
    documents: tuple[Document, ...], folder: Path, store: DocumentStore
) -> tuple[Document, ...]:
    """Put each paper that lies beside the request into the store, and name it by its hash."""
    return tuple(
        document.model_copy(
            update={"sha256": store.put(content(_beside(folder, document.file))), "file": None}
        )
        if document.file
        else document
        for document in documents
    )


def _beside(folder: Path, file: str) -> Path:
    """Where a paper lies. A request comes from outside: it may not reach for anything else on the clerk's disk."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Misuse(f"documents: {file} does not lie beside the request.")
    return path


async def open_case(cases: Cases, ring: KeyRing, request: Request, clerk: Actor) -> Opened:
    """Start the case, or find the one that this request already is and add the papers that are new."""
    for attempt in range(TRIES):
        digest = bytes.fromhex(ring.pseudonym(f"{request.identity}|{attempt}"))
        number = case_number("PRE", digest)
        handle = await _start(cases, number, request)
        if handle:
            sheet = await _admitted(handle)
            if sheet:
                return Opened(case=number, created=True, sheet=sheet)
            continue  # the register knows an older case of this number, which Temporal has forgotten
        sheet = await cases.sheet(number)
        if _takes_more(sheet):
            await _attach_new(cases, number, request, clerk)
            return Opened(case=number, created=False, sheet=sheet)
    raise Refused("this request was sent and answered a hundred times before; call the supervisor")


async def _start(cases: Cases, number: str, request: Request) -> WorkflowHandle[Workflow, str] | None:
    """A handle if this started the case; None if there is one of this number."""
    try:
        return await cases.client.start_workflow(
            Workflow.run,
            Opening(number=number, request=request),
            id=number,
            task_queue=cases.task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            search_attributes=TypedSearchAttributes(
                attributes.at_start(request.plan, request.urgency.value, request.received_at)
            ),
            static_summary=f"Precertification {number}",
            rpc_timeout=timedelta(seconds=PATIENCE),
        )
    except WorkflowAlreadyStartedError:
        return None
    except RPCError as error:
        raise unreachable(error) from None


async def _admitted(handle: WorkflowHandle[Workflow, str]) -> Sheet | None:
    """The case's first sheet; None where its number turned out to be taken."""
    try:
        async with asyncio.timeout(PATIENCE):
            # A description costs the case nothing; a question that meets a running step costs it a task.
            while (description := await handle.describe()).close_time is None:
                if description.typed_search_attributes.get(attributes.STATUS):
                    break
                await asyncio.sleep(0.05)
            return await handle.query(Workflow.sheet, datetime.now(UTC), rpc_timeout=timedelta(seconds=5))
    except (TimeoutError, RPCError):
        raise Unreachable(
            f"{handle.id} was received and its clock runs, but it is not admitted yet: "
            "are a worker and the register up?"
        ) from None


def _takes_more(sheet: Sheet) -> bool:
    """A case that is over, or that was denied in any part, is not the case of a new request."""
    adverse = any(line.outcome not in {None, "approved"} for line in sheet.shown.lines)
    return sheet.outcome is None and not adverse


async def _attach_new(cases: Cases, number: str, request: Request, clerk: Actor) -> None:
    for document in request.documents:
        received = document.model_copy(update={"received_at": document.received_at or request.received_at})
        await cases.act(number, Attach(actor=clerk, document=received))
