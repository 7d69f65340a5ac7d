"""The page of the board: queues, the hours to come, ages, yesterday's breaches; each number is a link to its cases.

One fragment is fetched again while the page is looked at. However many look, the register is asked once in a while.
"""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from temporalio.client import ActivityFailureError
from temporalio.service import RPCError

from activities.desk.board import BoardQuestion, Boards
from config import board_lists, views
from config.access.identity import ON_BEHALF_OF
from config.house import House
from config.settings import Settings
from config.views import Asked
from domain.terms.refusals import Misuse
from domain.view.board import AGES, Board
from worker.pages.asker import Asker, asker_of
from worker.pages.page import shown

PATIENCE = timedelta(seconds=6)
FRESH = 2.0  # seconds for which one answer is good for everybody
NOBODY = "The register cannot be asked at this moment: is a worker running? The page asks again by itself."


@dataclass
class BoardPages:
    """`/board`, its fragment, and the lists behind its numbers."""

    settings: Settings
    namespace: str
    house: House
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _known: dict[str, tuple[float, Board]] = field(default_factory=dict)

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/board", self.page),
            Route("/board/now", self.page),
            Route("/board/queue", self.queue),
            Route("/board/age", self.age),
            Route("/board/hour", self.hour),
        ]

    async def page(self, request: Request) -> Response:
        """The whole page, or only what changes on it."""
        asked = self._asked(request)
        template = "_board.html" if request.url.path.endswith("/now") else "board.html"
        try:
            board = await self._board(asker_of(request))
        except (ActivityFailureError, RPCError, RuntimeError):  # the last where no connection can be made
            return shown(request, template, status=503, board=None, nobody=NOBODY)
        return shown(
            request,
            template,
            board=board,
            walled=asked.walls is not None,
            plans=list(dict.fromkeys(row.plan for row in board.queues)),
            what=list(board_lists.WHAT),
            ages=_ages(),
            breaches=[
                (one.plan, len(one.cases), self._path(asked, board_lists.named(one.cases)))
                for one in board.breaches
            ],
        )

    def queue(self, request: Request) -> Response:
        """The cases behind a number of a queue, as of this moment."""
        plan, queue, what = (request.query_params.get(name, "") for name in ("plan", "queue", "what"))
        asked = self._asked(request)
        return self._list(asked, board_lists.in_queue(asked, plan, queue, what))

    def age(self, request: Request) -> Response:
        asked = self._asked(request)
        return self._list(asked, board_lists.of_age(asked, _number(request)))

    def hour(self, request: Request) -> Response:
        asked = self._asked(request)
        return self._list(asked, board_lists.of_hour(asked, _number(request)))

    def _asked(self, request: Request) -> Asked:
        return Asked.by(self.settings.policy, walls=asker_of(request).walls)

    def _list(self, asked: Asked, query: str) -> Response:
        return RedirectResponse(self._path(asked, query))

    def _path(self, asked: Asked, query: str) -> str:
        return views.list_path(self.namespace, asked.within(query))

    async def _board(self, asker: Asker) -> Board:
        """The whole of it, or what whoever is kept within plans may know of, as the register narrows it."""
        whose = "" if asker.walls is None else asker.token
        async with self._asking:
            now = time.monotonic()
            self._known = {who: kept for who, kept in self._known.items() if now - kept[0] < FRESH}
            if whose not in self._known:
                ON_BEHALF_OF.set(
                    asker.token if whose else ""
                )  # for this request, which has a context of its own
                question = BoardQuestion(now=datetime.now(UTC))
                board = await self.house.look_up(Boards.board, question, PATIENCE)
                self._known[whose] = (time.monotonic(), board)
            return self._known[whose][1]


def _number(request: Request) -> int:
    """Raises Misuse for what is no number."""
    said = request.query_params.get("number", "")
    if not said.isdecimal():
        raise Misuse("board: a number is needed.")
    return int(said)


def _ages() -> list[str]:
    """Each age in words."""
    first = "under a day"
    between = [f"{since} to {until} days" for since, until in pairwise(AGES)]
    return [first, *between, f"over {AGES[-1]} days"]
