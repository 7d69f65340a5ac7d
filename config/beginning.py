"""Beginning a case on the clock of another: under virtual time that one may be ahead of every machine."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.api.common.v1 import FastForwardConfig, TimeSkippingConfig
from temporalio.client import (
    Client,
    Interceptor,
    OutboundInterceptor,
    StartWorkflowUpdateWithStartInput,
    WorkflowUpdateHandle,
)

CLOCKS_DIFFER = timedelta(minutes=1)  # between machines; what is further ahead is virtual time
HOPS = 100_000  # the server's own limit of 200 would strand a case halfway


def beginning_at(client: Client, at: datetime) -> Client:
    """The same client; a case that it begins by telling it something begins at this instant, or now."""
    ahead = at - datetime.now(UTC)
    config = client.config()
    beginning = _Beginning(_skipping(ahead) if ahead > CLOCKS_DIFFER else None)
    config["interceptors"] = [*config["interceptors"], beginning]
    return Client(**config)


def _skipping(ahead: timedelta) -> TimeSkippingConfig:
    forward = FastForwardConfig(id=str(uuid.uuid4()))
    forward.duration.FromTimedelta(ahead)
    return TimeSkippingConfig(enabled=True, fast_forward_config=forward, max_session_skip_count=HOPS)


class _Beginning(Interceptor):
    def __init__(self, skipping: TimeSkippingConfig | None) -> None:
        self.skipping = skipping

    def intercept_client(self, following: OutboundInterceptor) -> OutboundInterceptor:
        return _Stamping(following, self.skipping)


class _Stamping(OutboundInterceptor):
    def __init__(self, following: OutboundInterceptor, skipping: TimeSkippingConfig | None) -> None:
        super().__init__(following)
        self.skipping = skipping

    async def start_update_with_start_workflow(
        self, asked: StartWorkflowUpdateWithStartInput
    ) -> WorkflowUpdateHandle[Any]:
        asked.start_workflow_input.time_skipping_config = self.skipping
        return await super().start_update_with_start_workflow(asked)
