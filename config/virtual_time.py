"""Moving one case through time, on a server that was started for it.

Cases start on the real clock and need no preparation: any open one can be moved, and only that one moves.
"""

import asyncio
from datetime import datetime, timedelta

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from domain.terms.refusals import Misuse, Refused, Unreachable

_JOURNEY_TIMEOUT = timedelta(minutes=2)
# The server's own limit of 200 hops would strand a case with a long ladder halfway.
_HOPS = 100_000


async def fast_forward(client: Client, case_id: str, span: timedelta) -> datetime:
    """Move one case through time; what falls due on the way happens. Returns the case's own time afterwards.

    Raises Refused where the server was not started for it or the case is not open, Misuse for a span that does
    not lead forward, Unreachable when no worker carries the case along.
    """
    if span <= timedelta(0):
        raise Misuse("A case moves forward only: give a span such as 30d.")
    skipper = TimeSkipper(client, config=TimeSkippingConfig(max_session_skip_count=_HOPS))
    case = client.get_workflow_handle(case_id)
    try:
        async with asyncio.timeout(_JOURNEY_TIMEOUT.total_seconds()):
            await skipper.fast_forward(case, span)
            return await skipper.get_current_time(case)
    except TimeoutError:
        raise Unreachable(f"{case_id} did not arrive within two minutes; is a worker running?") from None
    except RPCError as error:
        if error.status is RPCStatusCode.UNIMPLEMENTED:
            raise Refused(
                "This server keeps real time; `plazo up --virtual-time` and `plazo demo` start one "
                "whose cases can be moved through it."
            ) from error
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Refused(f"{case_id} is not open: only an open case moves through time.") from error
        raise Unreachable(f"The Temporal server answers {error.status.name}; is it up?") from error
