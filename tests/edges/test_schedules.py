"""Schedules: applied by `up`, kept as people set them, and what fell due while everything was down."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from temporalio import workflow
from temporalio.client import ScheduleCalendarSpec, ScheduleRange
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from config import schedules
from config.home import Home
from config.house import house_of
from config.schedules import PLANNED
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import connect
from domain.report.floor import Subject
from tests.world import eventually
from worker.server import EmbeddedServer
from workflows.supervision import SCHEDULED_AT, Watch

pytestmark = pytest.mark.slow

EVERY_SECOND = ScheduleCalendarSpec(
    second=[ScheduleRange(0, 59)], minute=[ScheduleRange(0, 59)], hour=[ScheduleRange(0, 23)]
)
SECOND = timedelta(seconds=1)
DOWN = 5  # seconds, in which as many fall due


def house_at(installation, client):
    return house_of(client, Settings(home=installation.home.folder))


async def test_an_up_has_its_schedules_and_none_of_them_is_among_the_cases(installation):
    listed = await installation.json("schedules")

    assert [one["id"] for one in listed] == [watch.value for watch in Watch]
    assert all(one["next_at"] for one in listed)
    client = await installation.client()
    assert [one async for one in client.list_workflows("WorkflowType = 'Supervision'")] == []


async def test_what_is_paused_stays_paused_with_its_reason_when_it_is_applied_again(installation):
    await installation.answer("schedules", "pause", "sweep", "--because", "the register moves")

    applied = await installation.answer("schedules", "apply")
    house = house_at(installation, await installation.client())
    changed = await schedules.apply(house, "America/New_York")

    assert applied.splitlines() == [f"{watch.value}: unchanged" for watch in Watch]
    assert set(changed.values()) == {"changed"}
    assert "paused: the register moves" in await installation.answer("schedules")
    await installation.answer("schedules", "pause", "sweep", "--off")
    assert "paused" not in await installation.answer("schedules")
    await installation.answer("schedules", "apply")


async def test_the_digest_goes_to_each_supervisor_once_with_counts_and_names_no_member(installation):
    case = await installation.opened("02", reference="DIGEST-1")
    await installation.at_rest(case)

    await installation.answer("schedules", "run", "digest")

    async def given():
        return sorted((installation.home.spool / "staff").glob("digest-*.txt")) or None

    memos = await eventually(given)
    words = memos[0].read_text(encoding="utf-8")
    assert "nurse-review: " in words
    request = json.loads((installation.desk / "DIGEST-1.json").read_text(encoding="utf-8"))
    assert request["member"]["name"] not in words


async def test_the_figures_of_a_month_are_kept_when_it_is_over_and_shown_as_they_were(installation):
    assert (await installation.plazo("report", "month", "1999-01")).code == 2

    await installation.answer("schedules", "run", "figures")

    last = datetime.now(ZoneInfo("America/Puerto_Rico")).date().replace(day=1) - timedelta(days=1)

    async def kept():
        return (await installation.plazo("report", "month", f"{last:%Y-%m}")).out or None

    shown = await eventually(kept)
    assert all(one.value.capitalize() in shown for one in Subject)
    assert f"{last.day} " in shown


async def test_nobody_pauses_without_a_reason_or_runs_what_is_not_there(installation):
    assert (await installation.plazo("schedules", "pause", "sweep")).code == 2
    assert (await installation.plazo("schedules", "run", "nothing")).code == 2


@workflow.defn(name="Supervision", sandboxed=False)
class OnlyWhen:
    """Supervision that only says for when it was."""

    @workflow.run
    async def run(self, watch: Watch) -> str:
        return str(workflow.info().typed_search_attributes.get(SCHEDULED_AT))


def every_second(watch):
    return replace(next(one for one in PLANNED if one.watch is watch), calendar=EVERY_SECOND)


async def test_what_fell_due_while_everything_was_down_runs_once_or_each_as_it_is_planned(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    KeyRing.load_or_generate(home.keyring)
    chosen = Settings(home=home.folder)

    async def house():
        return house_of(await connect(chosen), chosen)

    async with EmbeddedServer(home, pages="http://127.0.0.1:1", port=0):
        planned = [every_second(Watch.SWEEP), every_second(Watch.FIGURES)]
        await schedules.apply(await house(), "UTC", planned)
    await asyncio.sleep(DOWN)

    async with EmbeddedServer(home, pages="http://127.0.0.1:1", port=0):
        there = await house()

        async def one_was_skipped():
            described = await there.client.get_schedule_handle(Watch.SWEEP.value).describe()
            return described.info.num_actions_skipped_overlap or None

        await eventually(one_was_skipped)  # the oldest waits for a worker, and those after it need not run
        async with Worker(
            there.client,
            task_queue=there.task_queue,
            workflows=[OnlyWhen],
            workflow_runner=UnsandboxedWorkflowRunner(),
        ):

            async def each_has_run():
                times = {watch: await times_of(there, watch) for watch in (Watch.SWEEP, Watch.FIGURES)}
                ran = len(times[Watch.FIGURES]) > DOWN and widest(times[Watch.SWEEP]) > SECOND
                return times if ran else None

            times = await eventually(each_has_run)

    assert widest(times[Watch.FIGURES]) == SECOND, "a month that was missed has no figures"


def widest(times):
    return max((later - earlier for earlier, later in pairwise(times)), default=timedelta(0))


async def times_of(house, watch):
    """For when each run was, in order."""
    query = f"TemporalScheduledById = '{watch.value}'"
    runs = [one async for one in house.client.list_workflows(query)]
    return sorted(one.typed_search_attributes.get(SCHEDULED_AT) for one in runs)
