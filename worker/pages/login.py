"""The login of the pages: where several people work, a browser shows a staff token before it is shown anything.

A token is shown once, and then a cookie that names it, which no script reads and no other site sends. To which
case an address of the Temporal UI or a sealed payload belongs cannot be told: whoever is kept within plans uses
commands.
"""

import re
import secrets
from collections import OrderedDict
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from config.access.staff_keys import StaffKeys
from config.access.tokens import LARGEST, Verifier, claims_of
from config.audit import Trail
from config.files import Watched
from domain.terms.refusals import PlazoError, Refused
from worker.adapters.doorkeeper import ProviderDoorkeeper
from worker.pages import codec
from worker.pages.page import shown

LOGIN, STATIC = "/login", "/plazo/"
COOKIE = "plazo-session"
WALLED = (
    "Plans are walls, and the Temporal UI has none: your token is for some plans, so use `plazo` commands."
)
_MOST = 1000  # sessions
_CASE = re.compile(r"/workflows/([A-Z0-9-]{1,40})(?:[/?]|$)")  # on whose page the Temporal UI asks


class OnlyWithToken:
    """Shows nothing but the login to whoever shows no token that counts. A home of one user asks nobody."""

    def __init__(
        self, app: ASGIApp, keys: Watched[StaffKeys], trail: Trail, doorkeeper: ProviderDoorkeeper
    ) -> None:
        self._app = app
        self._keys = keys
        self._trail = trail
        self._doorkeeper = doorkeeper
        self._verifier = Verifier(keys.read)
        self._sessions: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = request.url.path
        if self._keys.read().of_one_user or path.startswith(STATIC):
            answer: ASGIApp = self._app
        elif path == LOGIN:
            answer = await self._login(request)
        else:
            answer = self._unless_refused(request)
        await answer(scope, receive, send)

    async def _login(self, request: Request) -> Response:
        if request.method != "POST":
            return shown(request, "login.html", why="")
        body = (await request.body())[: 2 * LARGEST].decode("utf-8", "replace")
        token = next(iter(parse_qs(body).get("token", [])), "").strip()
        try:
            token = await self._ours(token)
            why = self._why_not(token)
        except PlazoError as no:
            why = str(no)
        if why:
            return shown(request, "login.html", status=403, why=why)
        self._trail.note(claims_of(token).actor.id, "opened the pages", "login")
        session = secrets.token_urlsafe(24)
        self._sessions[session] = token
        if len(self._sessions) > _MOST:
            self._sessions.popitem(last=False)
        answer = RedirectResponse("/views", 303)
        answer.set_cookie(COOKIE, session, httponly=True, samesite="strict")
        return answer

    async def _ours(self, token: str) -> str:
        """A staff token as it is; what an identity provider signed is exchanged for one."""
        try:
            claims_of(token)
        except Refused:
            return await self._doorkeeper.exchange(token) if token else token
        return token

    def _unless_refused(self, request: Request) -> ASGIApp:
        """What was asked for, else the login, or one line to whoever is no browser."""
        token = self._sessions.get(request.cookies.get(COOKIE, ""), "")
        if not token and request.url.path.startswith(
            codec.PATH
        ):  # Temporal's own command line has no cookies
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
        why = self._why_not(token)
        if not why:
            if request.url.path.startswith(codec.PATH):
                case = _CASE.search(request.headers.get("referer", ""))
                self._trail.note(claims_of(token).actor.id, "read", "codec", case=case[1] if case else None)
            return self._app
        reads_pages = request.method == "GET" and "text/html" in request.headers.get("accept", "")
        return RedirectResponse(LOGIN, 303) if reads_pages and why != WALLED else PlainTextResponse(why, 403)

    def _why_not(self, token: str) -> str:
        """Why a token opens nothing here; empty where it does."""
        try:
            bearer = self._verifier.verify(token, datetime.now(UTC))
        except Refused as no:
            return str(no)
        return WALLED if bearer.walls is not None else ""
