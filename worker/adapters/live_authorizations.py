"""Live authorizations, as the case that issued one reaches it: told, or begun with what it is told."""

from temporalio.client import Client, WithStartWorkflowOperation, WorkflowUpdateStage
from temporalio.common import TypedSearchAttributes, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from config.beginning import beginning_at
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.linking import Word
from worker.adapters.ended import ended_from_outside
from workflows.authorization import AuthorizationWorkflow
from workflows.running import attributes, priorities


class TemporalAuthorizations:
    """Begins, tells and looks at authorizations that Temporal keeps."""

    def __init__(self, client: Client, task_queue: str) -> None:
        self.client = client
        self.task_queue = task_queue

    async def keep(self, word: Word) -> None:
        """Tell an authorization how it stands, and begin it where there is none, on its case's own clock.

        One whose run was ended from outside goes on where it was left. Its history has the word when this returns.
        Raises WorkflowUpdateFailedError where it is just closing.
        """
        issued, act, at = word.issued, word.act, word.issued.at
        if left := await ended_from_outside(self.client, issued.number):
            issued, at = issued.model_copy(update={"left_in": left.run_id}), left.close_time or at
        kind, plan = LiveAuthorization.kind, issued.policy.plan.id
        standing = attributes.at_start(kind, plan, issued.urgency.value, issued.at)
        begin = WithStartWorkflowOperation(
            AuthorizationWorkflow.run,
            issued,
            id=issued.number,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            search_attributes=TypedSearchAttributes(standing),
            static_summary=f"Authorization {issued.number}",
            priority=priorities.of_case(issued.urgency),
        )
        await beginning_at(self.client, at).start_update_with_start_workflow(
            AuthorizationWorkflow.tell_authorization,
            act,
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            start_workflow_operation=begin,
        )

    async def authorization(self, number: str) -> LiveAuthorization | None:
        """An authorization as it stands; None where Temporal keeps none of that number, or it has not begun."""
        try:
            return await self.client.get_workflow_handle(number).query(AuthorizationWorkflow.authorization)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
