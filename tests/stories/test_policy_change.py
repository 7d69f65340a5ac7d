"""A change of policy is rehearsed on live cases first; they answer, and go on as if nobody had asked."""

from client.policy.rehearsal import OPEN, rehearse
from client.reach.cases import Cases
from domain.clock.span import Span, Unit
from tests.builders import a_request, at, pack
from tests.world import eventually

DUE = at("2037-03-09 23:59:59 AST")


def five_days():
    """The pack with five days in the place of seven."""
    rows = tuple(
        row.model_copy(update={"span": Span(length=5, unit=Unit.CALENDAR_DAYS)})
        if row.id == "ma-standard"
        else row
        for row in pack().timeframe
    )
    return pack().model_copy(update={"timeframe": rows})


async def test_open_cases_tell_what_would_move_and_nothing_enters_their_history(plan):
    moving = await plan.submit(a_request())
    staying = await plan.submit(a_request(plan="mcs-life"))
    ours = [moving, staying]
    lengths = [await case.length() for case in ours]
    which = f"{OPEN} AND WorkflowId IN ('{moving.number}', '{staying.number}') AND CasePlan IS NOT NULL"

    async def listed():
        return [case async for case in plan.client.list_workflows(which)][1:] or None

    await eventually(listed)  # visibility follows a little later
    rehearsed = await rehearse(Cases(plan.client, plan.queue), five_days(), which)

    [found] = rehearsed.moved
    assert found.case == moving.number
    assert found.due_before == DUE
    assert found.due_after == at("2037-03-07 23:59:59 AST")
    assert (rehearsed.unmoved, rehearsed.unreachable) == (1, ())
    assert [await case.length() for case in ours] == lengths
    assert (await moving.look()).shown.due_at == DUE


async def test_a_case_of_a_plan_that_the_new_pack_does_not_know_is_named_with_the_reason(plan):
    case = await plan.submit(a_request())
    which = f"{OPEN} AND WorkflowId = '{case.number}' AND CasePlan IS NOT NULL"
    others = tuple(row for row in pack().plan if row.id != "mcs-classicare")

    async def listed():
        return [one async for one in plan.client.list_workflows(which)] or None

    await eventually(listed)
    rehearsed = await rehearse(
        Cases(plan.client, plan.queue), pack().model_copy(update={"plan": others}), which
    )

    [unanswered] = rehearsed.unreachable
    assert unanswered.case == case.number
    assert "no line of business is called 'mcs-classicare'" in unanswered.because
