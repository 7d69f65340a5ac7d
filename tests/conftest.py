"""The engine for all stories: started once, with a virtual clock for each case."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
import pytest_asyncio
from temporalio.common import HeaderCodecBehavior
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment
from temporalio.worker import Replayer, WorkflowRunner

from config.sealing.codec import data_converter
from config.sealing.keyring import KeyRing
from tests.world import World
from worker import assembly
from worker.server import binary
from workflows.running.attributes import EVERY

SERVER = {
    "matching.numTaskqueueReadPartitions": "1",  # a story has a queue of its own, and few wait in it
    "matching.numTaskqueueWritePartitions": "1",
    "frontend.WorkflowTimeSkippingEnabled": "true",
    "history.timerProcessorMaxTimeShift": '"10ms"',
    "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": "2",
}

MOSTLY_WAIT = {"test_storm", "test_nobody_there"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What mostly waits begins first, so that the others run meanwhile."""
    items.sort(key=lambda item: item.path.stem not in MOSTLY_WAIT)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def env() -> AsyncIterator[WorkflowEnvironment]:
    environment = await WorkflowEnvironment.start_time_skipping_v2(
        dev_server_existing_path=binary(),
        search_attributes=EVERY,
        data_converter=data_converter(KeyRing.generate()),
        dev_server_log_level="error",
        dev_server_startup_timeout=timedelta(seconds=60),
        dev_server_extra_args=[
            word for name, value in SERVER.items() for word in ("--dynamic-config-value", f"{name}={value}")
        ],
        ts_config=TimeSkippingConfig(max_session_skip_count=100_000),
    )
    async with environment:
        yield environment


@pytest_asyncio.fixture(loop_scope="session")
async def plan(env: WorkflowEnvironment) -> AsyncIterator[World]:
    """A plan with its department, for one story."""
    world = World(env)
    async with world.worker():
        yield world


@pytest.fixture
def replayer(env: WorkflowEnvironment) -> Callable[..., Replayer]:
    """Runs histories again, with the workflows that it is given."""

    def with_workflows(*workflows: type, runner: WorkflowRunner = assembly.RUNNER) -> Replayer:
        return Replayer(
            workflows=workflows,
            workflow_runner=runner,
            data_converter=env.client.data_converter,
            header_codec_behavior=HeaderCodecBehavior.CODEC,
        )

    return with_workflows
