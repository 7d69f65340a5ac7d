"""The engine for all stories: started once, with a virtual clock for each case."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.common import HeaderCodecBehavior
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment
from temporalio.worker import Replayer, WorkflowRunner
from temporalio.worker._workflow import _WorkflowWorker

from config import pack as packs
from config.sealing.codec import data_converter
from config.sealing.keyring import KeyRing
from domain.policy.pack import Pack
from tests.sampling import left_out
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

MEMORY = Path("/dev/shm")  # what a register keeps waits for a disk, and no test loses its power
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**31:
    tempfile.tempdir = os.environ["TMPDIR"] = str(MEMORY)

# Of the servers there are more than cores: one thread each, which tidies up when it has something to tidy.
os.environ |= {"GOMAXPROCS": "1", "GOGC": "400"}

# A machine that is busy for two seconds is no deadlock.
_WorkflowWorker._deadlock_timeout_seconds = property(lambda _: 60, lambda *_: None)


@lru_cache(maxsize=4)
def examined(folder: Path, _files: frozenset[tuple[Path, int, int]]) -> tuple[Pack | None, list[str]]:
    """A policy pack as it was read, as long as its files stay as they are."""
    return EXAMINE(folder)


def examine(folder: Path) -> tuple[Pack | None, list[str]]:
    """As a process that has read its pack: commands that share one need not read it again each time."""
    files = ((path, path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*"))
    return examined(folder, frozenset(files))


EXAMINE = packs._examine
packs._examine = examine

TAKE_LONG = (
    *("test_storm", "test_nobody_there", "test_in_a_browser", "test_doctor", "test_restarts"),
    *("test_at_a_terminal", "test_belonging", "test_keys", "test_histories", "test_trouble"),
    *("test_readme", "test_benchmark", "test_schedules", "test_authorizations", "test_casefile"),
)
"""Files of which one alone at the end would keep everybody waiting; those that mostly wait come first."""


LEFT_OUT = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that the others run meanwhile."""
    left = left_out(items)
    for item in items:
        item.stash[LEFT_OUT] = item in left
    place = {name: number for number, name in enumerate(TAKE_LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.stash[LEFT_OUT]:
        pytest.skip("of what needs a server a quarter is run; `make test TESTS=all` runs all")


def pytest_collection_finish() -> None:
    """What was loaded stays: nobody need look through it for what can be thrown away."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


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
