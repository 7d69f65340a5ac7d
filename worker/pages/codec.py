"""The codec endpoint: lets the Web UI, in a browser on this machine, show what Temporal keeps sealed.

It stands behind the login of the pages, which listen on loopback alone: whoever is let in can read every case.
"""

from collections.abc import Awaitable, Callable

from google.protobuf import json_format
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from temporalio.api.common.v1 import Payloads

from config.sealing.codec import SealedPayloads
from config.sealing.keyring import KeyRing

PATH = "/codec"


def endpoint(ring: KeyRing) -> Mount:
    """`/codec/decode` and `/codec/encode` as the Web UI calls them."""
    codec = SealedPayloads(ring)
    ways = {"/decode": codec.decode_wrapper, "/encode": codec.encode_wrapper}
    return Mount(PATH, routes=[Route(path, _answering(way), methods=["POST"]) for path, way in ways.items()])


def _answering(way: Callable[[Payloads], Awaitable[None]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            payloads = json_format.Parse(await request.body(), Payloads())
        except (json_format.ParseError, UnicodeDecodeError):
            return PlainTextResponse("The body is not a list of Temporal payloads.", status_code=400)
        await way(payloads)
        return Response(json_format.MessageToJson(payloads), media_type="application/json")

    return answer
