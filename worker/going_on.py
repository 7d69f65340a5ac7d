"""A case begun again under its own number, after its run was ended from outside."""

from datetime import UTC, datetime, timedelta

from temporalio.client import Client
from temporalio.common import TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.common import WorkflowIDConflictPolicy as Conflict
from temporalio.exceptions import WorkflowAlreadyStartedError

from config.virtual_time import fast_forward
from domain.case.case import Case
from workflows.kinds import RUNNING
from workflows.running import attributes, priorities


async def go_on(
    client: Client, task_queue: str, case: Case, left_in: str, *, instead_of: bool = False
) -> None:
    """Begin the case again where the run `left_in` left it, unless somebody else has done so.

    `instead_of` a run that still lives, which ends in the same step: between two steps the case could be lost.
    """
    kind = RUNNING[case.kind]
    standing = attributes.at_start(case.kind, case.policy.plan.id, case.urgency.value, case.received_at)
    try:
        await client.start_workflow(
            kind.workflow.run,
            kind.opening(case, left_in),
            id=case.number,
            task_queue=task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,  # one that closed is over
            id_conflict_policy=Conflict.TERMINATE_EXISTING if instead_of else Conflict.FAIL,
            search_attributes=TypedSearchAttributes(standing),
            static_summary=f"{case.kind.capitalize()} {case.number}",
            priority=priorities.of_case(case.urgency),
        )
    except WorkflowAlreadyStartedError:
        return
    ahead = case.log.events[-1].recorded_at - datetime.now(UTC)
    if ahead > timedelta():  # its time is virtual
        await fast_forward(client, case.number, ahead + timedelta(seconds=1))
