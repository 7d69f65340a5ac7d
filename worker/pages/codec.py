"""The codec endpoint: lets the Web UI, in a browser on this machine, show what Temporal keeps sealed.

It stands behind the login of the pages, which listen on loopback alone: whoever works for all plans and is let in
can read every case. Whoever is kept within plans says of which case payloads are, by the address
(`/codec/CASE/decode`): the case is asked in their name, and what does not lie in its history is not opened. Tokens
in headers, by which others acted, are opened to nobody.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from google.protobuf import json_format
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from temporalio.api.common.v1 import Payloads
from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError

from config.access.identity import ON_BEHALF_OF
from config.access.token_header import is_header
from config.audit import Trail
from config.sealing.codec import ENCODING, SealedPayloads
from config.sealing.keyring import KeyRing
from domain.terms.refusals import Misuse, Refused, Unreachable
from worker.pages.asker import Asker, asker_of
from workflows.running.questions import Questions

PATH = "/codec"
WHOSE = (
    "plans are walls, and nothing says of which case these payloads are; name it in the address of the codec: "
    "/codec/CASE"
)
NOT_OF_IT = "plans are walls: these payloads are not in the history of {case}"
AWAY = "{case} cannot be asked at this moment, so nothing is opened: is there such a case, and is a worker running?"
_CASE = re.compile(r"/workflows/([A-Z0-9-]{1,40})(?:[/?]|$)")  # on whose page the Temporal UI asks
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")
_PATIENCE = 6.0


@dataclass(frozen=True)
class CodecEndpoint:
    """`decode` and `encode` as the Web UI and Temporal's command line call them."""

    ring: KeyRing
    client: Client
    trail: Trail

    @property
    def routes(self) -> Mount:
        answers = {"decode": self.decode, "encode": self.encode}
        each = ((f"{case}/{name}", way) for case in ("", "/{case}") for name, way in answers.items())
        return Mount(PATH, routes=[Route(path, way, methods=["POST"]) for path, way in each])

    async def decode(self, request: Request) -> Response:
        payloads = await _payloads(request)
        await self._admit(request, payloads)
        await SealedPayloads(self.ring).decode_wrapper(payloads)
        for one in payloads.payloads:
            if is_header(one):
                one.data = b"(not shown)"
        return _told(payloads)

    async def encode(self, request: Request) -> Response:
        payloads = await _payloads(request)
        await SealedPayloads(self.ring).encode_wrapper(payloads)
        return _told(payloads)

    async def _admit(self, request: Request, payloads: Payloads) -> None:
        """Raises Refused unless whoever asks may read them."""
        asker = asker_of(request)
        page = _CASE.search(request.headers.get("referer", ""))
        case = request.path_params.get("case") or (page[1] if page else None)
        if asker.walls is not None:
            if not case or not _NUMBER.fullmatch(case):
                self.trail.note(asker.id, "was refused", "codec", because=WHOSE)
                raise Refused(WHOSE)
            await self._refuse_unless_of(case, payloads, asker)
        if asker.id:
            self.trail.note(asker.id, "read", "codec", case=case)

    async def _refuse_unless_of(self, case: str, payloads: Payloads, asker: Asker) -> None:
        ON_BEHALF_OF.set(asker.token)  # for this request alone, which has a context of its own
        try:
            async with asyncio.timeout(_PATIENCE):
                asked = await self.client.get_workflow_handle(case).query(Questions.papers)
                kept = b"\n".join([said async for said in self._history(case)])
        except (RPCError, WorkflowQueryFailedError, TimeoutError, RuntimeError):
            raise Unreachable(AWAY.format(case=case)) from None
        sealed = [one for one in payloads.payloads if one.metadata.get("encoding") == ENCODING]
        if asked is None or any(one.data not in kept for one in sealed):
            said = NOT_OF_IT.format(case=case)
            self.trail.note(asker.id, "was refused", "codec", case=case, because=said)
            raise Refused(said)

    async def _history(self, case: str) -> AsyncIterator[bytes]:
        """Each event of each run; what is sealed stands in it as it is."""
        async for run in self.client.list_workflows(f'WorkflowId = "{case}"'):
            handle = self.client.get_workflow_handle(case, run_id=run.run_id)
            async for event in handle.fetch_history_events():
                yield event.SerializeToString()


async def _payloads(request: Request) -> Payloads:
    try:
        return json_format.Parse(await request.body(), Payloads())
    except (json_format.ParseError, UnicodeDecodeError):
        raise Misuse("The body is not a list of Temporal payloads.") from None


def _told(payloads: Payloads) -> Response:
    return Response(json_format.MessageToJson(payloads), media_type="application/json")
