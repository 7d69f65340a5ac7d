"""The Web UI behind the pages: what it shows is passed on, what would change a case is refused.

Grey buttons refuse nothing, so both are done: the settings switch the buttons off, and a method that writes gets
403 with the command that does it. Asking a case is a POST too, and is let through. Of which plan something here is
cannot be told: to whoever is kept within plans all of it stays closed.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
from starlette.background import BackgroundTask
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from worker.pages import codec
from worker.pages.asker import asker_of

SETTINGS = "/api/v1/settings"
READS = ("GET", "HEAD", "OPTIONS")
EVERY = [*READS, "POST", "PUT", "PATCH", "DELETE"]
LONGEST = 60_000  # bytes of an address
NO_WRITING = {
    "DisableWriteActions": True,
    "WorkflowTerminateDisabled": True,
    "WorkflowCancelDisabled": True,
    "WorkflowSignalDisabled": True,
    "WorkflowUpdateDisabled": True,
    "WorkflowResetDisabled": True,
    "WorkflowPauseDisabled": True,
    "BatchActionsDisabled": True,
    "StartWorkflowDisabled": True,
    "ActivityCommandsDisabled": True,
}
"""The settings of the Web UI that take its buttons away."""

_NAME = r"[\w-](?:[\w.:-]|%3A)*"  # nothing that anybody behind us could read as a way to elsewhere
_A_QUESTION = re.compile(rf"/api/v1/namespaces/{_NAME}/workflows/{_NAME}/query/{_NAME}", re.ASCII)
_INSTEAD = (
    (r"/schedules", "`plazo schedules pause` and `run` do that."),
    (
        r"/(cancel|terminate|reset|pause|unpause)$",
        "No case ends so: `plazo withdraw` and `plazo enter-in-error` do that.",
    ),
    (r"/(signal|update)/", "Staff act on a case with `plazo`; `plazo --help` lists what can be done."),
    (r"/workflows/[^/]+$", "`plazo precert submit`, `referral submit` and `dispute submit` open a case."),
    (r"", "`plazo --help` lists what can be done."),
)
_OF_THE_CONNECTION = {
    *("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"),
    *("host", "origin", "content-length"),
}
WALLED = (
    "Plans are walls, and the Temporal UI has none: it is closed to a token that is for some plans. "
    "`plazo worklist`, `plazo find` and `plazo show` show what is yours."
)
_AWAY = "The Temporal Web UI does not answer; is it up?"


class WebUI:
    """The Web UI at `address`, as the pages show it."""

    def __init__(self, address: str) -> None:
        self._http = httpx.AsyncClient(base_url=address, timeout=60, trust_env=False)
        self.routes = [
            Route(SETTINGS, _unless_walled(self.settings)),
            Route("/{path:path}", _unless_walled(self.passed_on), methods=EVERY),
        ]

    async def close(self) -> None:
        await self._http.aclose()

    async def settings(self, request: Request) -> Response:
        """Its settings, with every button that writes switched off, and the codec on the origin of the pages."""
        try:
            answer = await self._http.get(SETTINGS, headers=_passed(request.headers))
            given: dict[str, Any] = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError):  # or what answers is no Web UI
            return PlainTextResponse(_AWAY, 502)
        sealed = (given.get("Codec") or {}) | {"Endpoint": f"{request.base_url}{codec.PATH[1:]}"}
        return JSONResponse(given | NO_WRITING | {"Codec": sealed, "DisableNewsFetch": True})

    async def passed_on(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("ascii")
        if request.method not in READS and not _A_QUESTION.fullmatch(path):
            return refused(path)
        query = request.scope["query_string"]
        where = path.encode() + (b"?" + query if query else b"")
        if len(where) > LONGEST:
            return PlainTextResponse("This address is too long to be passed on.", 414)
        asked = self._http.build_request(
            request.method,
            self._http.base_url.copy_with(raw_path=where),  # the server stays, whatever the path says
            headers=_passed(request.headers),
            content=await request.body() or None,
        )
        try:
            answer = await self._http.send(asked, stream=True)
        except httpx.HTTPError:
            return PlainTextResponse(_AWAY, 502)
        return _told(answer)


def _unless_walled(way: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        walled = asker_of(request).walls is not None
        return PlainTextResponse(WALLED, 403) if walled else await way(request)

    return answer


def refused(path: str) -> Response:
    """What the Web UI shows in the place of an act: nothing was done, and which command does it."""
    said = next(words for pattern, words in _INSTEAD if re.search(pattern, path))
    return JSONResponse({"code": 7, "message": f"This page changes nothing. {said}"}, 403)


def _passed(headers: Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers.items() if name not in _OF_THE_CONNECTION]


def _told(answer: httpx.Response) -> Response:
    """The answer as it came, piece by piece; who else may read it is for nobody but us to say."""

    async def pieces() -> AsyncIterator[bytes]:
        async for piece in answer.aiter_raw():
            yield piece

    told = StreamingResponse(pieces(), answer.status_code, background=BackgroundTask(answer.aclose))
    for name, value in answer.headers.multi_items():
        if name not in _OF_THE_CONNECTION and not name.startswith("access-control-"):
            told.headers.append(name, value)
    return told
