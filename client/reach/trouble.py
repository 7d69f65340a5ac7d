"""Cases in trouble: stuck in a task that fails again and again, or ended by Temporal before they closed.

Neither may hide, for no deadline of theirs fires. Temporal marks a stuck case for searches after some failures;
what is wrong with one case is read off its description and the end of its history. The words of a failure are
sealed and may be clinical: its type, and since when, is enough.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent, WorkflowTaskFailedEventAttributes
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from config.views import ENDED_FROM_OUTSIDE, STUCK
from domain.terms.refusals import Refused, Unreachable
from domain.view.view import Sheet

ENDED = {
    WorkflowExecutionStatus.TERMINATED: "terminated",
    WorkflowExecutionStatus.FAILED: "failed",
    WorkflowExecutionStatus.TIMED_OUT: "timed out",
    WorkflowExecutionStatus.CANCELED: "cancelled",
}
_MOST = 200  # so many are looked at
_LAST_EVENTS = 20

_NO_FAULT = {
    WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,  # something arrived meanwhile
    WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
}


@dataclass(frozen=True)
class Trouble:
    """What keeps a case from going on, since when, and why."""

    since: datetime
    why: str  # the type of the failure, or how it ended
    tries: int = 0  # of the task that fails; none where the case was ended

    def words(self, since: str) -> str:
        """In a sentence, with the instant as its reader reads it."""
        if self.tries:
            return (
                f"stuck since {since} ({self.why}, {self.tries} tries): until its code is mended it hears nothing, "
                "and no deadline of it fires"
            )
        return (
            f"ended by Temporal ({self.why}) {since}: no deadline of it fires; "
            "`plazo doctor --mend` takes it up again"
        )

    @property
    def as_text(self) -> str:
        return self.words(f"{self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC")


async def trouble_of(client: Client, case: str) -> Trouble | None:
    """What is wrong with a case; None where nothing is, or Temporal keeps no such case, or is away."""
    try:
        return await _trouble_of(client, case)
    except RPCError:
        return None


async def refuse_if_ended(client: Client, case: str) -> None:
    """A run that was ended still answers, and nothing of what it says will happen."""
    trouble = await trouble_of(client, case)
    if trouble and not trouble.tries:
        raise Refused(f"{case} is {trouble.as_text}")


async def _trouble_of(client: Client, case: str) -> Trouble | None:
    described = await client.get_workflow_handle(case).describe()
    if how := ENDED.get(described.status or WorkflowExecutionStatus.RUNNING):
        return Trouble(described.close_time or described.start_time, how)
    task = described.raw_description.pending_workflow_task
    if task.attempt <= 1:
        return None
    failures = [event async for event in _last_failures(client, described)]
    if not failures:
        return None
    last = failures[0].workflow_task_failed_event_attributes
    return Trouble(failures[-1].event_time.ToDatetime(UTC), _kind_of(last), task.attempt - 1)


async def _last_failures(
    client: Client, described: WorkflowExecutionDescription
) -> AsyncIterator[HistoryEvent]:
    """The failures of the task that is tried now, the latest first; of later tries Temporal writes nothing down."""
    execution = WorkflowExecution(workflow_id=described.id, run_id=described.run_id)
    answer = await client.workflow_service.get_workflow_execution_history_reverse(
        GetWorkflowExecutionHistoryReverseRequest(
            namespace=client.namespace, execution=execution, maximum_page_size=_LAST_EVENTS
        )
    )
    for event in answer.history.events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return
        failed = event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
        if failed and event.workflow_task_failed_event_attributes.cause not in _NO_FAULT:
            yield event


def _kind_of(failed: WorkflowTaskFailedEventAttributes) -> str:
    cause = WorkflowTaskFailedCause.Name(failed.cause).removeprefix("WORKFLOW_TASK_FAILED_CAUSE_")
    return failed.failure.application_failure_info.type or cause.lower().replace("_", " ")


async def troubles(client: Client) -> Mapping[str, Trouble]:
    """Every case that is in trouble by now, by number; what was taken up again is not."""
    try:
        found = await _suspects(client)
    except RPCError as error:
        raise Unreachable(f"The Temporal server does not list its cases ({error.status.name}).") from None
    seen = await asyncio.gather(*(trouble_of(client, case) for case in found))
    return {case: trouble for case, trouble in zip(found, seen, strict=True) if trouble}


async def _suspects(client: Client) -> list[str]:
    """Cases of which a search says something; a server that cannot mark what is stuck does not know that search."""
    for query in (STUCK, ENDED_FROM_OUTSIDE):
        try:
            found = [one.id async for one in client.list_workflows(query, limit=_MOST)]
        except RPCError as error:
            if query is ENDED_FROM_OUTSIDE or error.status is not RPCStatusCode.INVALID_ARGUMENT:
                raise
        else:
            break
    return list(dict.fromkeys(found))


def with_trouble(page: Sheet, trouble: Trouble | None) -> Sheet:
    """The page of a case, with what is wrong with it."""
    if trouble is None:
        return page
    words = trouble.words(page.calendar.show(trouble.since))
    return page.model_copy(update={"shown": page.shown.model_copy(update={"trouble": words})})
