"""The guard of the pages: they answer under names of this machine alone, and no other site's page may ask.

A page elsewhere may point a name of its own at loopback; the browser then still says that name, as Host and Origin.
"""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from worker import ports

NAMES = (ports.LOOPBACK, "localhost")


class SameOrigin:
    """Refuses a Host that is not ours, and an Origin that is another's or nobody's (`null`)."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in NAMES}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        said = Headers(scope=scope)
        answer = self._app
        if said.get("host") not in self._hosts:
            answer = PlainTextResponse(
                "This is no address of the pages; open the one that Plazo printed.", 400
            )
        elif "origin" in said and said["origin"] not in self._origins:
            answer = PlainTextResponse("A page of another site may not ask here.", 403)
        await answer(scope, receive, send)
