"""The codec endpoint: lets the Web UI, in a browser on this machine, show what Temporal keeps sealed.

It stands on the origin of the pages, which listen on loopback alone: whoever can reach it can read every case.
"""

from google.protobuf import json_format
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from temporalio.api.common.v1 import Payloads

from config.codec import SealedPayloads
from config.keyring import KeyRing
from domain.terms.refusals import PlazoError

PATH = "/codec"


def endpoint(ring: KeyRing) -> Mount:
    """`/codec/decode` and `/codec/encode` as the Web UI calls them."""
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

    return Mount(
        PATH,
        routes=[Route("/decode", decode, methods=["POST"]), Route("/encode", encode, methods=["POST"])],
    )


def _json(payloads: Payloads) -> Response:
    return Response(json_format.MessageToJson(payloads), media_type="application/json")
