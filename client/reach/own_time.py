"""The clock of a case: everybody's, or its own where it was moved through time."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError

from config.home import Home
from config.settings import Settings


async def own_time(client: Client, case: str) -> datetime:
    """The instant at which a case stands now. In a query its workflow only knows that of its last task."""
    try:
        described = await client.get_workflow_handle(case).describe()
    except RPCError:
        return datetime.now(UTC)  # whoever asks it next says what is wrong
    extended = described.raw_description.workflow_extended_info
    if extended.HasField("time_skipping_info"):
        return extended.time_skipping_info.current_time.ToDatetime(UTC)
    return datetime.now(UTC)


async def own_times(client: Client, cases: Iterable[str], settings: Settings) -> dict[str, datetime]:
    """Where cases may be moved through time, the instant at which each stands; elsewhere there is one clock."""
    server = Home(settings.home).running()
    if not (server and server.virtual_time):
        return {}
    numbers = tuple(set(cases))
    return dict(
        zip(numbers, await asyncio.gather(*(own_time(client, case) for case in numbers)), strict=True)
    )
