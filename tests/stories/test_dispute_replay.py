"""Histories of disputes are replayed: what a case decided once, the same workflow decides again."""

import pytest
from temporalio import workflow
from temporalio.worker import UnsandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from activities.opening import DisputeOpening
from domain.desk.desk import Attach, Claim
from domain.dispute.acts import DecideGoodCause, Resolve
from domain.dispute.level import SecondLevelAnswered, SecondLevelFiled
from tests.disputes import a_filing, a_line, a_paper, denied, noon, papers
from workflows.dispute import DisputeWorkflow
from workflows.kinds import WORKFLOWS

OVERTURNED = {"line": 1, "outcome": "overturned", "reason_id": "fee_schedule_misread"}


@workflow.defn(name="Dispute")
class OutOfOrder(DisputeWorkflow):
    """The same case kind, if somebody put a wait in front of it."""

    @workflow.run
    async def run(self, opening: DisputeOpening) -> str:
        await workflow.sleep(1)
        return await super().run(opening)


async def mixed_missed_and_paid(plan):
    case = await plan.dispute(a_filing(lines=[a_line(1), denied(2)]))
    plan.register.down = True
    await case.does("da-torres", Claim)
    plan.register.down = False
    await case.let_pass(until=noon("2037-06-04"))
    await case.does("da-torres", Resolve, **OVERTURNED)
    await case.sheet()
    return case


async def late_incomplete_and_completed(plan):
    case = await plan.dispute(
        a_filing(remittance={"produced_on": "2036-12-20"}, documents=papers("dispute_form"))
    )
    await case.does("ic-santos", Attach, document=a_paper("good_cause_statement"))
    await case.does("sup-diaz", DecideGoodCause, accepted=True, reason="a flood")
    await case.let_pass(until=noon("2037-05-10"))
    await case.does("ic-santos", Attach, document=a_paper("dispute_form"))
    await case.sheet()
    return case


async def taken_up_again(plan):
    case = await mixed_missed_and_paid(plan)
    await case.let_pass(until=noon("2037-12-03"))
    await case.closed_as()
    again = await plan.reopen(case)
    await again.does("da-torres", SecondLevelFiled, filed_on="2037-11-30", learned="a letter")
    await again.does(
        "da-torres", SecondLevelAnswered, outcome="partly", amount="5.00", answered_on="2037-12-02"
    )
    await again.closed_as()
    return again


@pytest.mark.parametrize(
    "story",
    [mixed_missed_and_paid, late_incomplete_and_completed, taken_up_again],
    ids=lambda one: one.__name__,
)
async def test_every_kind_of_dispute_history_replays(plan, replayer, story):
    case = await story(plan)
    await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_a_dispute_workflow_that_was_changed_does_not_replay(plan, replayer):
    case = await mixed_missed_and_paid(plan)
    with pytest.raises(NondeterminismError):
        await replayer(OutOfOrder, runner=UnsandboxedWorkflowRunner()).replay_workflow(
            await case.handle.fetch_history()
        )
