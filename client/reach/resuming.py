"""An act for a case that may have closed: said to it, or the case is taken up again for it."""

from datetime import UTC, datetime
from typing import Any

from activities.desk.resumption import Reopening, TakingUpQuestion
from activities.opening import HeardWhenClosed, Opening, TakenUp
from client.reach.cases import Cases
from domain.case.acts import Act, Said
from domain.terms.case_number import kind_of
from workflows.acts.updates import update_for


async def act_or_resume(desk: Cases, case: str, act: Act[Any]) -> Said:
    """Say it to the case; one that has closed is taken up again for it, once it is known that it will be heard."""
    update_for(case, type(act))  # refused at once where cases of this kind do not know it
    sheet = await desk.sheet(case)
    if sheet.outcome is None or not isinstance(act, HeardWhenClosed):
        return await desk.act(case, act)
    from client.reach.intake import Beginning, take_up  # noqa: PLC0415 - heavy, and few commands need it

    question = TakingUpQuestion(case=case, act=act, now=datetime.now(UTC))
    taken = await desk.ask(Reopening.check_taking_up, question)
    opening = Opening(number=case, request=taken.request, taken_up=TakenUp(act=act, at=taken.at))
    await take_up(desk, Beginning(kind_of(case), case, taken.request, opening), taken.at)
    return Said(case=case, sentence=taken.sentence, due_at=taken.due_at)
