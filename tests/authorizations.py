"""Authorizations for stories: approved, looked at on their own clock, extended in a case of their own."""

from datetime import datetime
from typing import Any

from activities.authorizations import Authorizations, MoreQuestion
from activities.opening import Opening
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.extending import MoreAsked
from domain.desk.desk import Link
from domain.terms.case_number import case_number, prefix_of
from domain.terms.refusals import Refused
from tests.builders import a_request, meeting
from tests.world import NUMBERS, CaseSeen, World
from worker.adapters.live_authorizations import TemporalAuthorizations
from worker.adapters.live_cases import TemporalCases
from workflows.authorization import AuthorizationWorkflow


async def approved(plan: World, **facts: Any) -> CaseSeen:
    """A lumbar MRI that meets every criterion, approved through the end of May."""
    case = await plan.submit(a_request(**({"documents": meeting(facts.get("service", "72148"))} | facts)))
    await case.sheet()
    return case


async def authorization_of(case: CaseSeen, line: int = 1) -> CaseSeen:
    """The authorization of a line, once it has come to the clock of its case."""
    permit = (await case.sheet()).shown.lines[line - 1].authorization
    assert permit is not None
    leave = CaseSeen(case.world, case.world.client.get_workflow_handle(permit.number))
    await leave.sheet()
    return leave


async def life_of(leave: CaseSeen) -> LiveAuthorization:
    life = await leave.handle.query(AuthorizationWorkflow.authorization)
    assert life is not None
    return life


def desk_of(plan: World) -> Authorizations:
    """What the command line asks at the desk."""
    live = TemporalAuthorizations(plan.client, plan.queue)
    return Authorizations(plan.register, TemporalCases(plan.client), live)


async def extended(plan: World, leave: CaseSeen, received_at: datetime, **asked: Any) -> CaseSeen:
    """More is asked for, as the command does it: a new case of the same kind, linked both ways."""
    more = MoreAsked.model_validate({"received_at": received_at} | asked)
    question = MoreQuestion(number=leave.number, asked=more, now=received_at)
    request = await desk_of(plan).ask_for_more(question)
    kind = "referral" if request.visit else "precertification"
    number = case_number(prefix_of(kind), NUMBERS.pop())
    opening = Opening(number=number, request=request, parent=leave.number)
    case = await plan.open(kind, opening, number, received_at)
    if (await leave.look()).outcome is None:
        await leave.does("ic-santos", Link, to=number)
    return case


async def refused_extension(plan: World, leave: CaseSeen, received_at: datetime) -> str:
    """The one line with which a late extension is refused."""
    question = MoreQuestion(number=leave.number, asked=MoreAsked(received_at=received_at), now=received_at)
    try:
        await desk_of(plan).ask_for_more(question)
    except Refused as refused:
        return str(refused)
    raise AssertionError("nothing was refused")
