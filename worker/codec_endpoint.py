"""The codec endpoint: lets the Web UI, in a browser on this machine, show what Temporal keeps sealed.

Only on loopback: whoever can reach it can read every case.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import urlsplit

import uvicorn
from google.protobuf import json_format
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from temporalio.api.common.v1 import Payloads

from config.codec import SealedPayloads
from config.keyring import KeyRing
from domain.terms.refusals import PlazoError
from worker import ports

_GRACE_SECONDS = 1  # for answers under way when the endpoint closes


def application(ring: KeyRing, ui_origins: list[str]) -> Starlette:
    """`/decode` and `/encode` as the Web UI calls them, for pages of `ui_origins` alone."""
    codec = SealedPayloads(ring)

    async def decode(request: Request) -> Response:
        try:
            payloads = json_format.Parse(await request.body(), Payloads())
            await codec.decode_wrapper(payloads)
        except (json_format.ParseError, UnicodeDecodeError):
            return PlainTextResponse("The body is not a list of Temporal payloads.", status_code=400)
        except PlazoError as error:
            return PlainTextResponse(str(error), status_code=400)
        return _json(payloads)

    async def encode(request: Request) -> Response:
        try:
            payloads = json_format.Parse(await request.body(), Payloads())
        except (json_format.ParseError, UnicodeDecodeError):
            return PlainTextResponse("The body is not a list of Temporal payloads.", status_code=400)
        await codec.encode_wrapper(payloads)
        return _json(payloads)

    return Starlette(
        routes=[Route("/decode", decode, methods=["POST"]), Route("/encode", encode, methods=["POST"])],
        middleware=[
            # a page elsewhere may point its own name at loopback: the browser then still says that name
            Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", ports.LOOPBACK]),
            Middleware(
                CORSMiddleware,
                allow_origins=ui_origins,
                allow_methods=["POST", "OPTIONS"],
                allow_headers=["content-type", "x-namespace", "authorization", "authorization-extras"],
            ),
        ],
    )


@asynccontextmanager
async def serving(ring: KeyRing, listening: socket.socket, ui: str) -> AsyncIterator[None]:
    """Serve on the socket `listening`, inside this event loop, for the Web UI at the URL `ui`."""
    ui_port = urlsplit(ui).port
    server = _Server(
        uvicorn.Config(
            application(ring, [f"http://{host}:{ui_port}" for host in (ports.LOOPBACK, "localhost")]),
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )
    # it listens already, so a call that comes before the first turn of the loop waits instead of failing
    answering = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await answering


class _Server(uvicorn.Server):
    """uvicorn as a guest: signals belong to the command."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _json(payloads: Payloads) -> Response:
    return Response(json_format.MessageToJson(payloads), media_type="application/json")
