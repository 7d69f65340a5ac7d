"""Live authorizations, as the case that issued one reaches it: told, or begun with what it is told."""

from contextlib import suppress
from datetime import datetime

from temporalio.client import Client, WithStartWorkflowOperation, WorkflowUpdateStage
from temporalio.common import TypedSearchAttributes, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from config.beginning import beginning_at
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.linking import TellAuthorization, Word
from domain.review.issuing import Issued
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
        issued, at = word.issued, word.issued.at
        if await self._tell(issued, word.act, at, WorkflowIDReusePolicy.REJECT_DUPLICATE):
            return
        if left := await ended_from_outside(self.client, issued.number):
            issued, at = issued.model_copy(update={"left_in": left.run_id}), left.close_time or at
        await self._tell(issued, word.act, at, WorkflowIDReusePolicy.ALLOW_DUPLICATE)

    async def _tell(
        self, issued: Issued, act: TellAuthorization, at: datetime, reuse: WorkflowIDReusePolicy
    ) -> bool:
        """Begun, or told; False where it has ended, and may not begin again so."""
        kind, plan = LiveAuthorization.kind, issued.policy.plan.id
        standing = attributes.at_start(kind, plan, issued.urgency.value, issued.at)
        begin = WithStartWorkflowOperation(
            AuthorizationWorkflow.run,
            issued,
            id=issued.number,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=reuse,
            search_attributes=TypedSearchAttributes(standing),
            static_summary=f"Authorization {issued.number}",
            priority=priorities.of_case(issued.urgency),
        )
        try:
            await beginning_at(self.client, at).start_update_with_start_workflow(
                AuthorizationWorkflow.tell_authorization,
                act,
                wait_for_stage=WorkflowUpdateStage.ACCEPTED,
                start_workflow_operation=begin,
            )
        except WorkflowAlreadyStartedError:
            with suppress(WorkflowAlreadyStartedError):  # whoever began it is told, too, and listens
                await begin.workflow_handle()
            return False
        return True

    async def authorization(self, number: str) -> LiveAuthorization | None:
        """An authorization as it stands; None where Temporal keeps none of that number, or it has not begun."""
        try:
            return await self.client.get_workflow_handle(number).query(AuthorizationWorkflow.authorization)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
