"""The one place that connects to Temporal."""

import asyncio
from datetime import timedelta
from functools import cache
from logging import getLogger

from temporalio.client import Client
from temporalio.common import HeaderCodecBehavior
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.service import RPCError

from config.codec import data_converter
from config.home import Home
from config.keyring import KeyRing
from config.settings import Settings
from domain.refusals import Misuse, Unreachable

DEFAULT_ADDRESS = "localhost:7233"
NO_WORKER = "No worker answers; start one with `plazo up` or `plazo worker`."

_CONNECT_TIMEOUT = timedelta(seconds=3)
_HELLO_TIMEOUT = timedelta(seconds=6)  # connecting and the first answer


async def connect(
    settings: Settings, *, ring: KeyRing | None = None, plain: bool = False, logs: bool = False
) -> Client:
    """A client of the cluster that `temporal.toml` or TEMPORAL_* name, else of this home's embedded server.

    `plain` neither seals nor opens anything: for what reads no case. `logs` is for workers: see `runtime`.
    Raises Unreachable within seconds, Misuse for a configuration or a key ring that cannot be used.
    """
    try:
        chosen = ClientConfig.load_client_connect_config()
    except RuntimeError as error:
        raise Misuse(f"The Temporal configuration cannot be used: {' '.join(str(error).split())}") from error
    if "target_host" not in chosen and (server := Home(settings.home).running()):
        chosen["target_host"] = server.address
        chosen.setdefault("namespace", server.namespace)
    chosen.setdefault("target_host", DEFAULT_ADDRESS)
    if not plain:
        ring = ring or KeyRing.load(Home(settings.home).keyring)
    return await dial(chosen, None if plain else ring, logs=logs)


async def dial(chosen: ClientConnectConfig, ring: KeyRing | None, *, logs: bool = False) -> Client:
    """A client of exactly this server. Raises Unreachable."""
    try:
        async with asyncio.timeout(_HELLO_TIMEOUT.total_seconds()):
            return await Client.connect(
                **chosen,
                data_converter=data_converter(ring),
                # headers carry who acts; by default they would lie readable in history
                header_codec_behavior=HeaderCodecBehavior.CODEC,
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
