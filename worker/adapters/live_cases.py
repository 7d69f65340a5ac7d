"""Live cases, as activities reach them: through Temporal, by a query and an update."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from temporalio.client import (
    Client,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.appeal.appealed import AppealedDetermination
from domain.authorization.linking import Word
from domain.case.acts import Act, Said
from domain.casefile.view import Whole
from domain.parts.payment import Payment
from domain.terms.case_number import kind_of
from domain.terms.notice import Notice
from domain.terms.refusals import Unreachable
from domain.view.page import BEGINNING, Page
from worker.adapters.ended import ended_from_outside
from workflows.acts.review import DecidedActs
from workflows.acts.updates import update_for, updates_of
from workflows.dispute import DisputeWorkflow
from workflows.running.issuing import Issuing
from workflows.running.questions import Questions

T = TypeVar("T")
Asked = TypeVar("Asked")
A_TRY = timedelta(seconds=4)  # within the time of an activity's own


class TemporalCases:
    """Asks and tells cases that Temporal still keeps."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._began: dict[str, datetime] = {}  # run: when it started, which a case cannot say of a reset

    # The case that an activity works for: asked in its own run, so that one that was reset says what it knew

    async def page(self, case: str, run: str, written: int) -> Page:
        """What the register is told of a case, with the place of its run among the others."""
        page = await self._asked(case, run, Questions.page, written)
        if page.position.run_started_at != BEGINNING:
            return page
        began = await self._start_of(case, run)
        return page.model_copy(
            update={"position": page.position.model_copy(update={"run_started_at": began})}
        )

    async def letters(self, case: str, run: str, keys: Sequence[str]) -> tuple[Notice, ...]:
        """These letters of a case, as they stand."""
        return (await self._asked(case, run, Questions.letters, list(keys))).notices

    async def payment(self, case: str, run: str, key: str) -> Payment:
        """An instruction to pay of a dispute."""
        return await self._asked(case, run, DisputeWorkflow.payment, key)

    async def word(self, case: str, run: str, number: str) -> Word | None:
        """What a case says of an authorization; None where it issued none of that number."""
        return await self._asked(case, run, Issuing.word, number)

    async def left(self, case: str, run: str) -> str | None:
        """The whole of a case as a run of it was left; None where Temporal cannot say it any more."""
        try:
            return (await self._asked(case, run, Questions.page, 0)).state
        except (RPCError, WorkflowQueryFailedError):
            return None

    async def _asked(self, case: str, run: str, question: Callable[[Any, Asked], T], asked: Asked) -> T:
        handle = self.client.get_workflow_handle(case, run_id=run)
        return await handle.query(question, asked, rpc_timeout=A_TRY)

    async def _start_of(self, case: str, run: str) -> datetime:
        if run in self._began:
            return self._began[run]
        described = await self.client.get_workflow_handle(case, run_id=run).describe(rpc_timeout=A_TRY)
        self._began[described.run_id] = described.start_time
        return described.start_time

    # Other cases

    async def appealed(self, case: str) -> AppealedDetermination | None:
        """What the case hands over to an appeal; None where Temporal keeps no such case, or it is not admitted."""
        try:
            return await self.client.get_workflow_handle(case).query(DecidedActs.appealed)
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

    async def tell(self, case: str, act: Act[Any]) -> bool:
        """Say something to a case; False where it is closed or refuses.

        Raises Unreachable where its run was ended from outside: it hears once it is taken up again.
        """
        return await self._said(case, act) is not None

    async def receive(self, case: str, act: str, says: Mapping[str, Any]) -> str | None:
        """The sentence with which a case takes an act, named by its class; None where it is closed or refuses."""
        kind = next(one for one in updates_of(kind_of(case)) if one.__name__ == act)
        try:
            async with asyncio.timeout(A_TRY.total_seconds()):
                said = await self._said(case, kind.model_validate(says))
        except (TimeoutError, RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
            raise Unreachable(f"{case} does not answer") from None
        return said.sentence if said else None

    async def _said(self, case: str, act: Act[Any]) -> Said | None:
        """The answer of a case to an act; None where it is closed or refuses."""
        update = update_for(case, type(act))
        try:
            said: Said = await self.client.get_workflow_handle(case).execute_update(update, act)
        except WorkflowUpdateFailedError:
            return None
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            if await ended_from_outside(self.client, case):
                raise Unreachable(
                    f"{case} was ended by Temporal; `plazo doctor --mend` takes it up"
                ) from None
            return None
        return said
