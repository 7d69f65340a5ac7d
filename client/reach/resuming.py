"""An act for a case that may have closed: said to it, or the case is taken up again for it."""

from datetime import UTC, datetime
from typing import Any

from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError

from activities.desk.resumption import Reopening, TakingUpQuestion
from activities.opening import HeardWhenClosed, Opening, TakenUp
from client.reach.cases import Cases
from domain.case.acts import Act, Said
from domain.case.sensitive import LookInto
from domain.terms.case_number import kind_of
from workflows.acts.updates import update_for


async def act_or_resume(desk: Cases, case: str, act: Act[Any]) -> Said:
    """Say it to the case; one that has closed is taken up again for it, once it is known that it will be heard."""
    update_for(case, type(act))  # refused at once where cases of this kind do not know it
    if isinstance(act, LookInto):  # before it nothing can be read
        is_closed = not await _is_running(desk, case)
    else:
        is_closed = (await desk.sheet(case)).outcome is not None
    if not is_closed or not isinstance(act, HeardWhenClosed):
        return await desk.act(case, act)
    from client.reach.intake import Beginning, take_up  # noqa: PLC0415 - heavy, and few commands need it

    question = TakingUpQuestion(case=case, act=act, now=datetime.now(UTC))
    taken = await desk.ask(Reopening.check_taking_up, question)
    opening = Opening(number=case, request=taken.request, taken_up=TakenUp(act=act, at=taken.at))
    await take_up(desk, Beginning(kind_of(case), case, taken.request, opening), taken.at)
    return Said(case=case, sentence=taken.sentence, due_at=taken.due_at)


async def _is_running(desk: Cases, case: str) -> bool:
    try:
        described = await desk.client.get_workflow_handle(case).describe()
    except RPCError:  # Temporal does not keep it any more
        return False
    return described.status is WorkflowExecutionStatus.RUNNING
