"""Why nobody answers, as far as the engine can tell: no worker, not admitted yet, busy, stuck, another key ring."""

from datetime import UTC, datetime, timedelta
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.enums.v1 import PendingWorkflowTaskState
from temporalio.client import WorkflowExecutionDescription, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from client.reach.trouble import trouble_of
from config.temporal import NO_WORKER
from domain.terms.refusals import Refused, Unreachable
from workflows.running import attributes

SEALED = "it and this command hold different key rings; name the right home with --home or PLAZO_HOME."
MOMENT = timedelta(seconds=2)

NOBODY_THERE = {
    RPCStatusCode.CANCELLED,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.FAILED_PRECONDITION,  # a query that found no worker to answer it
}


def unreachable(error: RPCError) -> Unreachable:
    """What an answer of the engine itself means to whoever asked."""
    if error.status in NOBODY_THERE:
        return Unreachable(NO_WORKER)
    return Unreachable(f"The Temporal server answers {error.status.name}; is it up?")


def desk_trouble(cause: BaseException | None) -> Exception:
    """What went wrong at the desk: nobody was there, it refused, or it could not reach the register."""
    match cause:
        case ApplicationError(type="Misuse" | "Refused"):
            return Refused(cause.message)
        case ApplicationError():
            return Unreachable(f"The register or directory cannot be reached ({cause.type}).")
        case _:
            return Unreachable(NO_WORKER)


async def silence(handle: WorkflowHandle[Any, Any], error: RPCError) -> str:
    """Why a case did not answer: the engine is asked about it, where that is there itself."""
    return await why_silent(handle) if error.status in NOBODY_THERE else str(unreachable(error))


async def why_silent(handle: WorkflowHandle[Any, Any]) -> str:
    """One sentence about a case that did not answer in time."""
    try:
        if trouble := await trouble_of(handle._client, handle.id):  # noqa: SLF001 - a handle does not show it
            return f"{handle.id} is {trouble.as_text}."
        seen = await handle.describe(rpc_timeout=MOMENT)
        task = seen.raw_description.pending_workflow_task
    except RPCError as error:
        return str(unreachable(error))
    if task.state == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED:
        return f"{handle.id} is busy with one step since {_when(task.started_time)}; try again in a moment."
    is_waiting_for_a_worker = task.state != PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_UNSPECIFIED
    status = seen.typed_search_attributes.get(attributes.STATUS)
    if is_waiting_for_a_worker or status:
        return NO_WORKER
    return admitting(seen)


def admitting(seen: WorkflowExecutionDescription) -> str:
    """What the first step of a case waits for."""
    failing = [one for one in seen.raw_description.pending_activities if one.attempt > 1]
    steps = ", ".join(f"{one.activity_type.name} tried {one.attempt} times" for one in failing)
    why = f" ({steps}): are the register and the directory up?" if steps else "; try again in a moment."
    return f"{seen.id} is still being admitted{why}"


def _when(stamp: Timestamp) -> str:
    return f"{datetime.fromtimestamp(stamp.seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
