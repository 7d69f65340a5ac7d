"""An act on its way to a case: sent under one id of its own, again while its answer is lost, and heard once."""

import asyncio
import time
import uuid
from datetime import timedelta
from typing import Any

from temporalio.client import (
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from client.reach.silence import silence
from domain.case.acts import Act, Said
from domain.terms.refusals import PlazoError, Refused, Unreachable

PATIENCE = timedelta(seconds=6)  # of one act, with all its tries
A_TRY = timedelta(seconds=3)
BETWEEN = 0.2  # seconds

LOST = {  # the answer is; whether the act was heard nobody knows
    RPCStatusCode.ABORTED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.INTERNAL,
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.UNKNOWN,
}


async def say(handle: WorkflowHandle[Any, Any], update: Any, act: Act[Any]) -> Said:
    """The case's answer. Raises its refusal as it was said; Unreachable where nobody knows whether it was heard.

    The Temporal UI shows the key of an update beside it, so it begins with who acts.

    An RPCError is raised as it came only where the act cannot have been heard.
    """
    key, until = f"{act.actor.id}-{uuid.uuid4()}", time.monotonic() + PATIENCE.total_seconds()
    was_sent = False
    while True:
        try:
            said: Said = await handle.execute_update(update, act, id=key, rpc_timeout=A_TRY)
        except WorkflowUpdateFailedError as error:
            raise _refusal(error.cause) from None
        except (WorkflowUpdateRPCTimeoutOrCancelledError, RPCError) as error:
            _leave_if_cancelled()
            lost = _of_the_engine(error)
            if lost.status not in LOST and not was_sent:
                raise lost from None
        else:
            return said
        was_sent = True
        if time.monotonic() > until:
            why, case = await silence(handle, lost), handle.id
            raise Unreachable(
                f"{why} It is not known whether {case} heard it: look with `plazo show {case}`."
            )
        await asyncio.sleep(BETWEEN)


def _of_the_engine(error: Exception) -> RPCError:
    """What the engine said, which the SDK wraps where only time ran out."""
    found = error if isinstance(error, RPCError) else error.__cause__
    assert isinstance(found, RPCError)
    return found


def _leave_if_cancelled() -> None:
    """Ctrl-C comes out of the SDK as if an answer were late."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError


def _refusal(cause: BaseException) -> PlazoError:
    """A refusal as it was said: the engine puts its kind before it."""
    if not isinstance(cause, ApplicationError):
        return Refused(str(cause))
    return Unreachable(cause.message) if cause.type == "Unreachable" else Refused(cause.message)
