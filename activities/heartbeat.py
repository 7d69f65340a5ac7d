"""Long work that shows it is alive: a worker that was killed is missed within seconds, however long the work is."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from temporalio import activity

T = TypeVar("T")

MISSED_AFTER = timedelta(seconds=5)
"""How long a silent activity is waited for."""


async def with_a_heartbeat(work: Awaitable[T]) -> T:
    """Finish the work, heartbeat by heartbeat, even when asked to stop; only a worker that stops gives it up."""
    doing = asyncio.ensure_future(work)
    while not doing.done():
        try:
            await asyncio.wait({doing}, timeout=MISSED_AFTER.total_seconds() / 4)
            if not doing.done():
                activity.heartbeat()
        except asyncio.CancelledError:
            asked = activity.cancellation_details()
            if asked is None or asked.worker_shutdown:
                doing.cancel()
                await asyncio.gather(doing, return_exceptions=True)  # how it ends is nobody's news any more
                raise
    return await doing
