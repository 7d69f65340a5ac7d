"""Work that shows it is alive, and a worker that stops meanwhile."""

import asyncio
import gc

import pytest
from temporalio.activity import ActivityCancellationDetails
from temporalio.testing import ActivityEnvironment

from activities.heartbeat import with_a_heartbeat


class CallLost(Exception):
    """What a client says of a call that was given up."""


@pytest.fixture
async def complaints():
    """What the loop says of tasks whose end nobody heard."""
    heard = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: heard.append(context["message"]))
    return heard


async def test_how_work_ends_that_a_stopping_worker_gives_up_is_no_error_in_its_log(complaints):
    begun, environment = asyncio.Event(), ActivityEnvironment()

    async def work():
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise CallLost from None

    running = asyncio.create_task(environment.run(with_a_heartbeat, work()))
    await begun.wait()
    environment.cancel(ActivityCancellationDetails(worker_shutdown=True))

    with pytest.raises(asyncio.CancelledError):
        await running
    del running
    await asyncio.sleep(0)  # what was given up ends
    gc.collect()
    assert complaints == []


async def test_who_is_only_asked_to_stop_finishes_first():
    begun, may_end, environment = asyncio.Event(), asyncio.Event(), ActivityEnvironment()

    async def work():
        begun.set()
        await may_end.wait()
        return "finished"

    running = asyncio.create_task(environment.run(with_a_heartbeat, work()))
    await begun.wait()
    environment.cancel()
    may_end.set()

    assert await running == "finished"
