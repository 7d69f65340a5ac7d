"""Waiting for a case that was started to be admitted: each look costs the server, and each wait somebody."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from domain.terms.refusals import Refused, Unreachable
from domain.view.view import Sheet
from workflows.running import attributes
from workflows.running.questions import Questions

PATIENCE = 10  # seconds until a case that was started must have been admitted
SHORTEST_WAIT, LONGEST_WAIT = 0.15, 2.0  # between two looks


class NotYetAdmitted(Unreachable):
    """A case that was started, and that nobody has come to within our patience."""


class Admissions:
    """The cases that one client began and that are not admitted yet, and how long that takes."""

    def __init__(self) -> None:
        self.awaited = 0
        self.take = 0.03  # seconds, as the last one did, for each of those awaited then

    async def first_sheet(self, handle: WorkflowHandle[Any, str]) -> Sheet | None:
        """The sheet of a case that has begun, looked for when it is probably there, as those before it were."""
        self.awaited = abreast = self.awaited + 1
        try:
            probably = min(max(self.take * abreast, SHORTEST_WAIT), LONGEST_WAIT)
            took, sheet = await admitted(handle, probably)
            self.take = 0.8 * took / abreast  # the next may be quicker
            return sheet
        finally:
            self.awaited -= 1


async def admitted(handle: WorkflowHandle[Any, str], waited: float = 0.0) -> tuple[float, Sheet | None]:
    """How long it took, and the case's first sheet; None where it turned out to be no case of its own."""
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.sleep(waited)
            # A description costs the case nothing; a question that meets a running step costs it a task.
            while (description := await handle.describe()).close_time is None:
                if description.typed_search_attributes.get(attributes.STATUS):
                    break
                more = min(max(waited / 4, SHORTEST_WAIT), LONGEST_WAIT)
                await asyncio.sleep(more)
                waited += more
            if description.status is WorkflowExecutionStatus.FAILED:
                await _refuse_as_it_was_refused(handle)
            patience = timedelta(seconds=5)
            return waited, await handle.query(Questions.sheet, datetime.now(UTC), rpc_timeout=patience)
    except (TimeoutError, RPCError):
        raise NotYetAdmitted(
            f"{handle.id} was received and its clock runs, but it is not admitted yet: "
            "are a worker and the register up?"
        ) from None


async def _refuse_as_it_was_refused(handle: WorkflowHandle[Any, str]) -> None:
    """Raise what the first step of a case said to whoever began it."""
    try:
        await handle.result()
    except WorkflowFailureError as failed:
        cause = failed.cause.__cause__
        if isinstance(cause, ApplicationError) and cause.type == Refused.__name__:
            raise Refused(cause.message) from None
