"""One installation for all who only use it: started once, with virtual time."""

import logging
import os
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
import structlog

from tests.edges.installation import Installation


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """An outage takes a minute. It ends last, so that the other tests run while it lasts."""
    items.sort(key=lambda item: "outage" in item.name)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def installation(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """An installation whose cases can be moved through time, and its staff."""
    installation = Installation(tmp_path_factory.mktemp("installation"))
    async with installation.here(virtual_time=True):
        yield installation


@pytest.fixture
def a_slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever waits for the disk does so beside the loop in which all cases run, and somebody does."""
    waited: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (waited.append(threading.get_ident()), fsync(file)))
    yield
    assert waited
    assert threading.get_ident() not in waited


@pytest.fixture
def logging_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever runs in this process, as a command or a worker does, sets logging up for all of it."""
    monkeypatch.setattr(logging, "raiseExceptions", True)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
