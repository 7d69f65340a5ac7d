"""Runs that ended otherwise than by an act: a button of the Temporal UI, or a defect."""

from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from workflows import attributes

IN_ORDER = {WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.COMPLETED}


async def ended_from_outside(client: Client, number: str) -> WorkflowExecutionDescription | None:
    """The newest run of a case, where that was admitted, and ended by a button or a defect instead of an act."""
    try:
        seen = await client.get_workflow_handle(number).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    was_admitted = seen.typed_search_attributes.get(attributes.STATUS) is not None
    return seen if was_admitted and seen.status not in IN_ORDER else None
