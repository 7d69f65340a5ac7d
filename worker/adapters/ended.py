"""Runs that ended otherwise than by an act: a button of the Temporal UI, or a defect."""

from temporalio.client import Client, WorkflowExecution, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from workflows.running import attributes

IN_ORDER = {WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.COMPLETED}


async def newest_run(client: Client, number: str) -> WorkflowExecutionDescription | None:
    """The newest run of a case as it is now; None where Temporal keeps none of that number."""
    try:
        return await client.get_workflow_handle(number).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise


async def ended_from_outside(client: Client, number: str) -> WorkflowExecutionDescription | None:
    """The newest run of a case, where that was admitted, and ended by a button or a defect instead of an act."""
    seen = await newest_run(client, number)
    if seen is None:
        return None
    return seen if was_admitted(seen) and seen.status not in IN_ORDER else None


def was_admitted(run: WorkflowExecution) -> bool:
    """Is there a case? The status of one stands in its attributes once the register has it."""
    return run.typed_search_attributes.get(attributes.STATUS) is not None
