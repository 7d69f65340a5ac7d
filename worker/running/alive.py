"""Steps of cases that show that they are alive, however long they take on a busy machine.

A worker that was killed is missed within seconds; one that is only slow is not asked twice, which would make it
slower.
"""

from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from activities.heartbeat import with_a_heartbeat


class Alive(Interceptor):
    """A heartbeat for each step that is waited for with one."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _Steps(next)


class _Steps(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        step = super().execute_activity(input)
        return await (with_a_heartbeat(step) if activity.info().heartbeat_timeout else step)
