"""The pages before the Web UI, on one origin: views, the board, the codec, and everything else passed on."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from temporalio.client import Client

from config.access.staff_keys import StaffKeys
from config.audit import Trail
from config.files import Watched
from config.home import Home
from config.house import house_of
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.terms.refusals import PlazoError, Refused, Unreachable
from worker import ports
from worker.adapters.doorkeeper import ProviderDoorkeeper
from worker.pages.board import BoardPages
from worker.pages.codec import CodecEndpoint
from worker.pages.login import OnlyWithToken
from worker.pages.page import STATIC
from worker.pages.proxy import LONGEST, WebUI
from worker.pages.same_origin import SameOrigin
from worker.pages.views import ViewPages

_GRACE_SECONDS = 1  # for answers under way when the pages close


@dataclass(frozen=True)
class Site:
    """What the pages stand before, and whose they are."""

    web_ui: str
    """URL of the Web UI."""
    client: Client
    """Reaches the cases that the Web UI shows."""
    ring: KeyRing
    settings: Settings


@asynccontextmanager
async def serving(site: Site, listening: socket.socket) -> AsyncIterator[None]:
    """Serve on the socket `listening`, inside this event loop."""
    web_ui = WebUI(site.web_ui)
    server = _Server(
        uvicorn.Config(
            _application(site, web_ui, ports.number(listening)),
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            h11_max_incomplete_event_size=2 * LONGEST,  # the Web UI puts a case's details into an address
        )
    )
    # it listens already, so a call that comes before the first turn of the loop waits instead of failing
    answering = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await web_ui.close()  # whatever it was still asked: a browser that looks at a case asks without end
        await answering


def _application(site: Site, web_ui: WebUI, port: int) -> Starlette:
    home = Home(site.settings.home)
    keys = Watched(home.staff_keys, StaffKeys.load)
    trail = Trail(home.audit, site.ring, site.settings.audit_anchor)
    return Starlette(
        routes=[
            *ViewPages(site.settings, site.client.namespace).routes,
            *BoardPages(site.settings, site.client.namespace, house_of(site.client, site.settings)).routes,
            CodecEndpoint(site.ring, site.client, trail).routes,
            STATIC,
            *web_ui.routes,
        ],
        middleware=[
            Middleware(SameOrigin, port=port),
            Middleware(
                OnlyWithToken,
                ring=site.ring,
                began=datetime.now(UTC),
                keys=keys,
                trail=trail,
                doorkeeper=ProviderDoorkeeper.of(site.settings, keys.read, trail),
            ),
        ],
        exception_handlers={PlazoError: _in_one_line},
    )


def _in_one_line(_: Request, error: Exception) -> Response:
    status = {Refused: 403, Unreachable: 503}.get(type(error), 400)
    return PlainTextResponse(str(error), status)


class _Server(uvicorn.Server):
    """uvicorn as a guest: signals belong to the command."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
