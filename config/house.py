"""The house: a Temporal namespace beside that of the cases, for look-ups and for supervision.

A look-up is an activity that runs alone. Among the cases each would lie for as long as they do, 22 KB of it, and
fill a page of its own in the Web UI; here little is kept, and whoever asked deletes it once the answer was read.
"""

import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from temporalio.api.workflowservice.v1 import DeleteActivityExecutionRequest
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.service import RPCError

from config.settings import Settings
from workflows.running.priorities import WAITED_FOR

T = TypeVar("T")

_TIDYING = timedelta(seconds=2)
_TAKEN = timedelta(seconds=6)  # a worker that is there takes a question within milliseconds


@dataclass(frozen=True)
class House:
    """Where its worker is met. A queue of its own: the namespace may be that of the cases."""

    client: Client
    task_queue: str

    async def look_up(
        self, step: Callable[[Any, Any], Awaitable[T]], question: Any, patience: timedelta
    ) -> T:
        """The answer of an activity; without a worker it waits in its queue until our patience ends.

        Raises ActivityFailureError or RPCError.
        """
        name = f"look-up-{uuid.uuid4()}"
        try:
            answer: T = await self.client.execute_activity_method(
                step,
                question,
                id=name,
                task_queue=self.task_queue,
                schedule_to_close_timeout=patience,
                schedule_to_start_timeout=min(patience, _TAKEN),  # however long it then takes
                start_to_close_timeout=patience,
                priority=WAITED_FOR,
                retry_policy=RetryPolicy(maximum_attempts=3, non_retryable_error_types=["Misuse", "Refused"]),
            )
        finally:
            with suppress(RPCError, RuntimeError):  # what is not deleted now, the namespace forgets in a day
                await self.client.workflow_service.delete_activity_execution(
                    DeleteActivityExecutionRequest(namespace=self.client.namespace, activity_id=name),
                    timeout=_TIDYING,
                )
        return answer


def house_of(client: Client, settings: Settings) -> House:
    """The house beside these cases, over the same connection and with the same seal."""
    there: Any = client.config() | {"namespace": settings.house_namespace}
    return House(Client(**there), f"{settings.task_queue}-house")
