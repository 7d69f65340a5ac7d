"""Live cases, as one case reaches another: through Temporal, by a query and an update."""

from datetime import datetime

from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.acts import Act
from domain.appealed import AppealedDetermination
from domain.case import Case
from domain.casefile_view import Whole
from workflows.appeal_acts import Appealable
from workflows.questions import Questions
from workflows.updates import update_for


class TemporalCases:
    """Asks and tells cases that Temporal still keeps."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def appealed(self, case: str) -> AppealedDetermination | None:
        """What the case hands over to an appeal; None where Temporal keeps no such case, or it is not admitted."""
        try:
            return await self.client.get_workflow_handle(case).query(Appealable.appealed)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise

    async def whole(self, case: str, at: datetime) -> Whole | None:
        """All that a case holds; None where Temporal keeps no such case, or it is not admitted."""
        try:
            return await self.client.get_workflow_handle(case).query(Questions.whole, at)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise

    async def tell(self, case: str, act: Act[Case]) -> bool:
        """Say something to a case; False where it is closed or refuses."""
        try:
            await self.client.get_workflow_handle(case).execute_update(update_for(case, type(act)), act)
        except WorkflowUpdateFailedError:
            return False
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return True
