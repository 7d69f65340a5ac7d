"""The login of the pages: a browser shows a staff token, or on a home of one user a login link.

A token is shown once, and then a cookie that names it, which no script reads and no other site sends. Whoever is
kept within plans is let in too, and each page shows them what is theirs.
"""

import secrets
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from config.access import login_link
from config.access.staff_keys import StaffKeys
from config.access.tokens import LARGEST, Bearer, Verifier, claims_of
from config.audit import Trail
from config.files import Watched
from config.sealing.keyring import KeyRing
from domain.terms.refusals import PlazoError, Refused
from worker.adapters.doorkeeper import ProviderDoorkeeper
from worker.pages import codec
from worker.pages.asker import Asker, let_in
from worker.pages.page import shown

T = TypeVar("T")

LOGIN, STATIC = "/login", "/plazo/"
COOKIE = "plazo-session"
LINK = "These pages open by a login link, which counts once, for ten minutes: `plazo login --browser` prints one."
_MOST = 1000  # sessions, and codes of links that were used


class OnlyWithToken:
    """Shows nothing but the login to whoever has shown no token that counts, and no link."""

    def __init__(
        self,
        app: ASGIApp,
        ring: KeyRing,
        began: datetime,
        keys: Watched[StaffKeys],
        trail: Trail,
        doorkeeper: ProviderDoorkeeper,
    ) -> None:
        self._app = app
        self._ring = ring
        self._began = began
        self._used: OrderedDict[str, None] = OrderedDict()
        self._keys = keys
        self._trail = trail
        self._doorkeeper = doorkeeper
        self._verifier = Verifier(keys.read)
        self._sessions: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = request.url.path
        if path.startswith(STATIC):
            let_in(request, Asker())
            answer: ASGIApp = self._app
        elif path == LOGIN:
            answer = await self._login(request)
        else:
            answer = self._unless_refused(request)
        await answer(scope, receive, send)

    async def _login(self, request: Request) -> Response:
        if request.method != "POST" and self._keys.read().of_one_user:
            code = request.query_params.get("code", "")
            if code in self._used or not login_link.counts(code, self._ring, datetime.now(UTC), self._began):
                return PlainTextResponse(LINK, 403)
            _keep(self._used, code, None)
            return self._session("")
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
        return self._session(token)

    def _session(self, token: str) -> Response:
        """The browser is known from now on, by a cookie; of the user of a home of one user there is no token."""
        session = secrets.token_urlsafe(24)
        _keep(self._sessions, session, token)
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
        session, one_user = request.cookies.get(COOKIE, ""), self._keys.read().of_one_user
        token = self._sessions.get(session, "")
        if one_user and session in self._sessions and not token:
            let_in(request, Asker())
            return self._app
        if not token and request.url.path.startswith(
            codec.PATH
        ):  # Temporal's own command line has no cookies
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            bearer = self._verified(token)
        except Refused as no:
            if one_user:
                return PlainTextResponse(LINK, 403)
            reads_pages = request.method == "GET" and "text/html" in request.headers.get("accept", "")
            return RedirectResponse(LOGIN, 303) if reads_pages else PlainTextResponse(str(no), 403)
        let_in(request, Asker(token, bearer.actor.id, bearer.walls))
        return self._app

    def _verified(self, token: str) -> Bearer:
        """Whose token it is. Raises Refused where it opens nothing here."""
        return self._verifier.verify(token, datetime.now(UTC))


def _keep(kept: OrderedDict[str, T], name: str, what: T) -> None:
    kept[name] = what
    if len(kept) > _MOST:
        kept.popitem(last=False)
