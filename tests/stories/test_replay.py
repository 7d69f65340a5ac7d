"""Histories are replayed: what a case decided once, the same workflow decides again."""

import pytest
from temporalio import workflow
from temporalio.worker import UnsandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from activities.opening import Opening
from domain.desk.desk import Attach, Claim, RecordCall
from domain.determination.clock_acts import Extend
from domain.determination.decisions import Deny, Refer
from tests.builders import a_document, a_request, at, criteria_facts, criteria_of, meeting
from workflows.kinds import WORKFLOWS
from workflows.precertification import PrecertificationWorkflow

CLAUSE, *_ = criteria_of("72148")


@workflow.defn(name="Precertification")
class OutOfOrder(PrecertificationWorkflow):
    """The same case kind, if somebody put a wait in front of it."""

    @workflow.run
    async def run(self, opening: Opening) -> str:
        await workflow.sleep(1)
        return await super().run(opening)


async def approved(plan):
    case = await plan.submit(a_request(documents=meeting("72148")))
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)
    return case


async def denied_after_an_outage(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    plan.register.down = True
    await case.does("rn-rivera", Claim)
    await case.does("rn-rivera", Refer)
    plan.register.down = False
    await case.let_pass(until=at("2037-03-11 10:00 AST"))
    await case.does("md-ortiz", Deny, reason_id="criteria_not_met", criterion=CLAUSE)
    await case.let_pass(until=at("2037-06-01 10:00 AST"))
    return case


async def extended_and_completed(plan):
    case = await plan.submit(a_request(plan="mcs-life", documents=[], received_at=at("2037-09-10 10:00 AST")))
    until = at("2037-10-01 12:00 AST").date()
    await case.does("sup-diaz", Extend, until=until, ground="beyond_control")
    await case.is_refused("sup-diaz", Extend, until=until, ground="beyond_control")
    note = a_document("note-1", "previous_study", **criteria_facts("72148"))
    await case.does("ic-santos", Attach, document=note)
    return case


async def test_every_kind_of_history_replays(plan, replayer):
    for story in (approved, denied_after_an_outage, extended_and_completed):
        case = await story(plan)
        await case.sheet()
        await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_a_workflow_that_was_changed_does_not_replay(plan, replayer):
    case = await approved(plan)
    await case.closed_as()
    with pytest.raises(NondeterminismError):
        await replayer(OutOfOrder, runner=UnsandboxedWorkflowRunner()).replay_workflow(
            await case.handle.fetch_history()
        )
