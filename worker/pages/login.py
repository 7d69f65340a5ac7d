"""The login of the pages: where several people work, a browser shows a staff token before it is shown anything.

A token is shown once, and then a cookie that names it, which no script reads and no other site sends. Whoever is
kept within plans is let in too, and each page shows them what is theirs.
"""

import secrets
from collections import OrderedDict
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from config.access.staff_keys import StaffKeys
from config.access.tokens import LARGEST, Bearer, Verifier, claims_of
from config.audit import Trail
from config.files import Watched
from domain.terms.refusals import PlazoError, Refused
from worker.adapters.doorkeeper import ProviderDoorkeeper
from worker.pages import codec
from worker.pages.asker import Asker, let_in
from worker.pages.page import shown

LOGIN, STATIC = "/login", "/plazo/"
COOKIE = "plazo-session"
_MOST = 1000  # sessions


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
            let_in(request, Asker())
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
            self._verified(token)
        except PlazoError as no:
            return shown(request, "login.html", status=403, why=str(no))
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
        try:
            bearer = self._verified(token)
        except Refused as no:
            reads_pages = request.method == "GET" and "text/html" in request.headers.get("accept", "")
            return RedirectResponse(LOGIN, 303) if reads_pages else PlainTextResponse(str(no), 403)
        let_in(request, Asker(token, bearer.actor.id, bearer.walls))
        return self._app

    def _verified(self, token: str) -> Bearer:
        """Whose token it is. Raises Refused where it opens nothing here."""
        return self._verifier.verify(token, datetime.now(UTC))
