"""The one place that connects to Temporal."""

import asyncio
import os
from datetime import timedelta
from functools import cache
from logging import getLogger

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.common import HeaderCodecBehavior
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.service import GrpcCompression, RPCError

from config.access.identity import NOBODY, Speaking, Voice, voice_of
from config.home import Home
from config.sealing.codec import data_converter
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.terms.refusals import Misuse, Unreachable

DEFAULT_ADDRESS = "localhost:7233"
NO_WORKER = "No worker answers; start one with `plazo up` or `plazo worker`."
RING_MARK = "plazo-key-ring"
"""The name under which a namespace keeps the mark of the ring that seals its cases; a worker puts it there."""
OF_ANOTHER_RING = (
    "sealed with another key ring than {ring}; put the right one there, or name the home, the register and the "
    "Temporal namespace that belong together."
)

_CONNECT_TIMEOUT = timedelta(seconds=3)
_HELLO_TIMEOUT = timedelta(seconds=6)  # connecting and the first answer


async def connect(
    settings: Settings,
    *,
    ring: KeyRing | None = None,
    plain: bool = False,
    logs: bool = False,
    voice: Voice | None = None,
) -> Client:
    """A client of the cluster that `temporal.toml` or TEMPORAL_* name, else of this home's embedded server.

    `plain` neither seals nor opens anything: for what reads no case. `logs` is for workers: see `runtime`.
    Without a `voice` of its own it speaks for whoever uses the home.
    Raises Unreachable within seconds, Misuse for a configuration or a key ring that cannot be used: what a foreign
    ring seals, no worker can open, and the case that was sent it would be stuck.
    """
    try:
        chosen = ClientConfig.load_client_connect_config(override_env_vars=dict(os.environ))
    except RuntimeError as error:
        raise Misuse(f"The Temporal configuration cannot be used: {' '.join(str(error).split())}") from error
    if "target_host" not in chosen and (server := Home(settings.home).running()):
        chosen["target_host"] = server.address
        chosen.setdefault("namespace", server.namespace)
    chosen.setdefault("target_host", DEFAULT_ADDRESS)
    if plain:
        return await dial(chosen, None, logs=logs)
    kept = Home(settings.home).keyring
    ring = ring or KeyRing.load(kept)
    client = await dial(chosen, ring, logs=logs, voice=voice or voice_of(settings))
    if await _mark_of(client) not in {None, ring.mark}:
        foreign = OF_ANOTHER_RING.format(ring=kept)
        raise Misuse(f"The cases of Temporal namespace {client.namespace} are {foreign}")
    return client


async def _mark_of(client: Client) -> str | None:
    """By which ring the cases here are sealed; None where no worker of Plazo has been yet."""
    asked = DescribeNamespaceRequest(namespace=client.namespace)
    try:
        there = await client.workflow_service.describe_namespace(asked, timeout=_HELLO_TIMEOUT)
    except RPCError as error:
        raise Unreachable(
            f"Temporal namespace {client.namespace} cannot be asked whose cases it keeps ({error.message})."
        ) from error
    return there.namespace_info.data.get(RING_MARK) or None


async def is_worked_on(client: Client, task_queue: str) -> bool:
    """Has a worker asked for the cases of this queue lately? Raises RPCError."""
    asked = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    return bool((await client.workflow_service.describe_task_queue(asked, timeout=_HELLO_TIMEOUT)).pollers)


async def dial(
    chosen: ClientConnectConfig, ring: KeyRing | None, *, logs: bool = False, voice: Voice = NOBODY
) -> Client:
    """A client of exactly this server. Raises Unreachable."""
    try:
        async with asyncio.timeout(_HELLO_TIMEOUT.total_seconds()):
            return await Client.connect(
                **chosen,
                data_converter=data_converter(ring),
                interceptors=[Speaking(voice)],
                # headers carry who acts; by default they would lie readable in history
                header_codec_behavior=HeaderCodecBehavior.CODEC,
                # what is sealed takes no less room, and the server would try each time
                grpc_compression=GrpcCompression.NONE,
                connect_timeout=_CONNECT_TIMEOUT,
                runtime=runtime(logs=logs),
            )
    except (RuntimeError, TimeoutError, RPCError) as error:
        raise Unreachable(
            f"No Temporal server answers at {chosen['target_host']}; start one with `plazo up`, "
            "or name yours in temporal.toml or TEMPORAL_ADDRESS."
        ) from error


@cache
def runtime(*, logs: bool) -> Runtime:
    """The SDK's engine room, which prints its warnings on standard output unless told otherwise.

    A command drops them, because its output belongs to whoever reads it; a worker has them in its log, without the
    fields, which quote.
    """
    forwarded = LoggingConfig(
        filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
        forwarding=LogForwardingConfig(getLogger("temporalio.core"), append_log_fields_to_message=False),
    )
    return Runtime(telemetry=TelemetryConfig(logging=forwarded if logs else None))
