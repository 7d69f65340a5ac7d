"""Moving one case through time, on a server that was started for it."""

import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from temporalio import workflow
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import connect
from config.virtual_time import fast_forward
from domain.terms.refusals import Misuse, Refused, Unreachable
from worker.server import EmbeddedServer

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
A_MOMENT = timedelta(minutes=5)  # real time that may pass on a busy machine


@workflow.defn
class Window:
    """Stays open for sixty days and notes each tenth."""

    @workflow.init
    def __init__(self) -> None:
        self.kept: list[datetime] = []

    @workflow.run
    async def run(self) -> list[datetime]:
        for _ in range(6):
            await workflow.sleep(10 * DAY)
            self.kept.append(workflow.now())
        return self.kept

    @workflow.query
    def appointments(self) -> list[datetime]:
        return self.kept


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TEMPORAL_")]:
            patch.delenv(name)
        patch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)
        home = Home(tmp_path_factory.mktemp("home"))
        KeyRing.load_or_generate(home.keyring)
        async with EmbeddedServer(home, pages="http://127.0.0.1:1", port=0, virtual_time=True) as server:
            assert server.virtual_time
            yield await connect(Settings(home=home.folder))


@asynccontextmanager
async def working(client):
    async with Worker(
        client, task_queue="windows", workflows=[Window], workflow_runner=UnsandboxedWorkflowRunner()
    ):
        yield


async def a_window(client, case_id):
    return await client.start_workflow(Window.run, id=case_id, task_queue="windows")


async def test_a_case_moves_as_far_as_it_is_told_and_no_further(client):
    async with working(client):
        case = await a_window(client, "moved")
        untouched = await a_window(client, "untouched")

        now = await fast_forward(client, "moved", 25 * DAY)

        assert abs(now - datetime.now(UTC) - 25 * DAY) < A_MOMENT
        assert len(await case.query(Window.appointments)) == 2
        assert await untouched.query(Window.appointments) == []


async def test_a_case_that_was_moved_goes_on_from_there(client):
    async with working(client):
        case = await a_window(client, "moved twice")

        await fast_forward(client, "moved twice", 25 * DAY)
        await fast_forward(client, "moved twice", 10 * DAY)

        assert len(await case.query(Window.appointments)) == 3


async def test_a_case_that_closes_on_the_way_stays_at_its_close(client):
    async with working(client):
        case = await a_window(client, "closing")

        now = await fast_forward(client, "closing", 90 * DAY)

        assert now - (await case.describe()).close_time < A_MOMENT
        with pytest.raises(Refused, match="closing is not open"):
            await fast_forward(client, "closing", DAY)


async def test_a_case_without_a_worker_does_not_arrive(client, monkeypatch):
    monkeypatch.setattr("config.virtual_time._JOURNEY_TIMEOUT", timedelta(seconds=0.5))
    await a_window(client, "alone")

    with pytest.raises(Unreachable, match="is a worker running"):
        await fast_forward(client, "alone", DAY)


async def test_an_unknown_case_is_named(client):
    with pytest.raises(Refused, match="PRE-0 is not open"):
        await fast_forward(client, "PRE-0", DAY)


@pytest.mark.parametrize("span", [timedelta(0), -DAY])
async def test_time_moves_forward_only(client, span):
    with pytest.raises(Misuse, match="forward only"):
        await fast_forward(client, "PRE-0", span)
