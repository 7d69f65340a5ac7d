"""The conformance set where it takes an engine: timers that other systems lose, each with what happens instead.

A reminder whose day passed while nothing ran is kept on return: `test_outage.py`. A whole installation that is
killed and started again: `tests/edges/test_restarts.py`. What a ledger alone can get wrong is in
`tests/clock/test_conformance.py`.
"""

from datetime import date

import pytest
from temporalio import workflow
from temporalio.worker import UnsandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from activities.opening import Opening
from domain.determination.clock_acts import Expedite, Extend
from domain.parts.events import EventKind
from tests.builders import a_request, at
from tests.world import World
from worker import assembly
from workflows.kinds import WORKFLOWS
from workflows.precertification import PrecertificationWorkflow


@workflow.defn(name="Precertification")
class NextRelease(PrecertificationWorkflow):
    """The same case kind after an upgrade: new cases take another step first, old ones go on as they began."""

    @workflow.run
    async def run(self, opening: Opening) -> str:
        if workflow.patched("a step more"):
            await workflow.sleep(1)
        return await super().run(opening)


async def kept(case):
    """What the clock did by itself, in order, each at the instant that it was set for."""
    done = await case.events(EventKind.ESCALATED, EventKind.RUNG_PASSED, EventKind.BREACHED)
    assert all(one.details.get("lateness_seconds") == 0 for one in done)
    return [one.details.get("rung", "breach") for one in done]


async def test_a_timer_outlives_the_worker_that_set_it_and_the_release_that_set_it(
    env, replayer, monkeypatch
):
    """Reported: timers lost on restart; timers dead after a code upgrade."""
    world = World(env)
    async with world.worker():
        case = await world.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
        assert await kept(case) == []

    async with world.worker():
        await case.let_pass(until=at("2037-03-07 12:00 AST"))
        assert await kept(case) == ["half"]

    monkeypatch.setattr(assembly, "WORKFLOWS", WORKFLOWS | {"precertification": NextRelease})
    monkeypatch.setattr(assembly, "RUNNER", UnsandboxedWorkflowRunner())
    async with world.worker():
        await case.let_pass(until=at("2037-03-10 00:00:05 AST"))
        assert await kept(case) == ["half", "three_quarters", "nine_tenths", "breach"]
        [breach] = await case.events(EventKind.BREACHED)
        assert breach.at == at("2037-03-10 00:00:00 AST")
        await case.sheet()
        assert len(world.letters(case, "missed_deadline")) == 2
        newer = await world.submit(a_request())

    this, following = (
        replayer(release, runner=UnsandboxedWorkflowRunner())
        for release in (PrecertificationWorkflow, NextRelease)
    )
    old_history, new_history = [await one.handle.fetch_history() for one in (case, newer)]
    await this.replay_workflow(old_history)
    await following.replay_workflow(old_history)
    await following.replay_workflow(new_history)
    with pytest.raises(NondeterminismError):
        await this.replay_workflow(new_history)


async def test_of_two_timers_the_nearer_one_fires_first_whichever_was_set_first(plan):
    """Reported: a timer of 10 days, set before one of 20, never fires, because the second takes its place."""
    nearer_first = await plan.submit(
        a_request(plan="mcs-life-accredited", received_at=at("2037-09-10 10:00 AST"))
    )
    await nearer_first.does("sup-diaz", Extend, until=date(2037, 10, 10), ground="beyond_control")
    farther_first = await plan.submit(a_request(received_at=at("2037-05-05 09:20 AST")))
    await farther_first.let_pass(until=at("2037-05-06 10:00 AST"))
    await farther_first.does("ic-santos", Expedite, asked_by="physician")

    await nearer_first.let_pass(until=at("2037-10-11 00:00:05 AST"))
    misses = await nearer_first.events(EventKind.BREACHED)
    assert [(one.details["effect"], one.at) for one in misses] == [
        ("accreditation_miss", at("2037-09-18 00:00:00 AST")),
        ("deemed_exhausted", at("2037-10-11 00:00:00 AST")),
    ]
    await farther_first.let_pass(until=at("2037-05-13 00:00:05 AST"))
    [breach] = await farther_first.events(EventKind.BREACHED)
    expedited_at = at("2037-05-06 10:00 AST")
    assert 0 <= (breach.at - expedited_at).total_seconds() - 72 * 3600 < 10
