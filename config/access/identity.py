"""Who speaks through a client: each question, act and start of theirs carries their token, sealed like the rest."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.client import (
    CountWorkflowsInput,
    Interceptor,
    ListWorkflowsInput,
    OutboundInterceptor,
    QueryWorkflowInput,
    StartActivityInput,
    StartWorkflowInput,
    StartWorkflowUpdateInput,
    StartWorkflowUpdateWithStartInput,
    WorkflowExecutionAsyncIterator,
    WorkflowExecutionCount,
    WorkflowHandle,
    WorkflowUpdateHandle,
)

from config import files
from config.access import staff
from config.access.staff_keys import StaffKeys
from config.access.token_header import SECOND, TOKEN, header
from config.access.tokens import THE_SYSTEM, Bearer, bearer_of, claims_of, sign
from config.files import Watched
from config.home import Home
from config.settings import Settings
from domain.terms.people import Actor
from domain.terms.refusals import Misuse

SHORT = timedelta(minutes=10)
"""How long a token counts that is made for the moment."""

ON_BEHALF_OF: ContextVar[str] = ContextVar("on_behalf_of", default="")
"""The token of whoever asked the desk, or a page: what it asks for them, it asks in their name."""

_CASE = re.compile(r"[A-Z0-9-]{1,40}")

NO_AS = "--as: only a home that `plazo up` made for one user believes it; `plazo login` takes your token."


@dataclass
class Minted:
    """Tokens made where they are needed, by who holds the keys."""

    bearer: Bearer
    keys: Callable[[], StaffKeys]
    _last: tuple[str, datetime] = field(default=("", datetime.min.replace(tzinfo=UTC)), repr=False)

    def __call__(self) -> str:
        token, until = self._last
        now = datetime.now(UTC)
        if now >= until:  # half its time is over
            token = sign(self.bearer, self.keys(), SHORT)
            self._last = token, now + SHORT / 2
        return token


@dataclass(frozen=True)
class Voice:
    """Whose words go out, and how those of a second person, who confirms, are vouched for."""

    token: Callable[[], str]
    second: Callable[[Actor], str] = lambda _: ""
    reading: Callable[[str], str] = lambda _: ""
    """A token that was lent to read this case; mostly there is none, which is empty."""


NOBODY = Voice(token=lambda: "")


def of_the_system(settings: Settings) -> Voice:
    """The voice of what works by itself; it raises Misuse, once it speaks, where this home has no staff keys."""
    keys = Watched(Home(settings.home).staff_keys, StaffKeys.load)
    return Voice(token=Minted(THE_SYSTEM, keys.read))


def voice_of(settings: Settings) -> Voice:
    """The voice of whoever uses this home: of its one user whomever they name, else of whoever has logged in."""
    keys = own_keys(settings)
    reading = partial(_kept_leave, settings)
    if keys is None:
        return Voice(token=lambda: _logged_in(settings), second=lambda _: _lent(settings), reading=reading)
    own = keys

    def speaking_for(name: str) -> Minted:
        return Minted(bearer_of(staff.row(settings.policy, name)), lambda: own)

    bearer = speaking_for(settings.staff) if settings.staff else Minted(THE_SYSTEM, lambda: own)
    return Voice(token=bearer, second=lambda who: speaking_for(who.id)(), reading=reading)


def own_keys(settings: Settings) -> StaffKeys | None:
    """The keys of a home that is one user's own; None for any other."""
    path = Home(settings.home).staff_keys
    if not path.exists():
        return None
    keys = StaffKeys.load(path)
    return keys if keys.of_one_user else None


def kept_token(settings: Settings) -> str:
    """The token with which somebody logged in; none is empty."""
    try:
        return settings.token_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def speaker(settings: Settings) -> Bearer | None:
    """Who says that they speak here, verified or not; None where nobody is named or logged in."""
    if settings.staff:
        return bearer_of(staff.row(settings.policy, settings.staff))
    token = "" if own_keys(settings) else kept_token(settings)
    return claims_of(token) if token else None


def _logged_in(settings: Settings) -> str:
    if settings.staff:
        raise Misuse(NO_AS)
    return kept_token(settings)


def _lent(settings: Settings) -> str:
    """The token of a second person, who lends it in a file of their own."""
    lent = settings.second_token_file
    return lent.read_text(encoding="ascii").strip() if lent and lent.exists() else ""


def keep_leave(settings: Settings, case: str, token: str) -> None:
    """Keep a token that was lent to read this case, until it expires."""
    path = _leave_for(settings, case)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.replace(path, token.encode())


def _kept_leave(settings: Settings, case: str) -> str:
    """The token that was lent to whoever speaks, to read this case; empty once it has expired."""
    path = _leave_for(settings, case) if _CASE.fullmatch(case) else None
    if path is None or not path.exists():
        return ""
    token = path.read_text(encoding="ascii")
    lent, own = claims_of(token), speaker(settings)
    counts = own and own.actor.id == lent.actor.id and datetime.now(UTC) < lent.exp
    return token if counts else ""


def _leave_for(settings: Settings, case: str) -> Path:
    return settings.token_file.with_name(f"{settings.token_file.name}-{case}")


class Speaking(Interceptor):
    """Puts the token of a voice into everything that a worker verifies."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:  # noqa: A002 - its name
        return _Spoken(next, self.voice)


class _Spoken(OutboundInterceptor):
    def __init__(self, following: OutboundInterceptor, voice: Voice) -> None:
        super().__init__(following)
        self.voice = voice

    def _own(self) -> dict[str, Payload]:
        return header(TOKEN, self.voice.token())

    def _reading(self, case: str) -> dict[str, Payload]:
        lent = self.voice.reading(case)
        return header(TOKEN, lent) if lent else self._own()

    def _with_second(self, arguments: Any) -> dict[str, Payload]:
        confirming = getattr(next(iter(arguments), None), "confirmed_by", None)
        return self._own() | (header(SECOND, self.voice.second(confirming)) if confirming else {})

    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:  # noqa: A002
        input.headers = {**input.headers, **self._own()}
        return await super().start_workflow(input)

    async def query_workflow(self, input: QueryWorkflowInput) -> Any:  # noqa: A002
        asker = ON_BEHALF_OF.get()
        input.headers = {**input.headers, **(header(TOKEN, asker) if asker else self._reading(input.id))}
        return await super().query_workflow(input)

    async def start_workflow_update(self, input: StartWorkflowUpdateInput) -> WorkflowUpdateHandle[Any]:  # noqa: A002
        input.headers = {**input.headers, **self._with_second(input.args)}
        return await super().start_workflow_update(input)

    async def start_update_with_start_workflow(
        self,
        input: StartWorkflowUpdateWithStartInput,  # noqa: A002
    ) -> WorkflowUpdateHandle[Any]:
        begun, told = input.start_workflow_input, input.update_workflow_input
        begun.headers = {**begun.headers, **self._own()}
        told.headers = {**told.headers, **self._with_second(told.args)}
        return await super().start_update_with_start_workflow(input)

    def list_workflows(self, input: ListWorkflowsInput) -> WorkflowExecutionAsyncIterator:  # noqa: A002
        input.query = self._within_walls(input.query)
        return super().list_workflows(input)

    async def count_workflows(self, input: CountWorkflowsInput) -> WorkflowExecutionCount:  # noqa: A002
        input.query = self._within_walls(input.query)
        return await super().count_workflows(input)

    def _within_walls(self, query: str | None) -> str | None:
        """A search of the engine, which verifies nobody: so our own commands keep within the walls themselves."""
        token = self.voice.token()
        plans = claims_of(token).walls if token else None
        if plans is None:
            return query
        from config.views import of_plans  # noqa: PLC0415 - most commands search for nothing

        own = of_plans(sorted(plans))
        return f"({query}) AND {own}" if query else own

    async def start_activity(self, input: StartActivityInput) -> Any:  # noqa: A002
        about = next((getattr(one, "case", one) for one in input.args), None)
        asker = ON_BEHALF_OF.get()
        own = self._reading(about) if isinstance(about, str) else self._own()
        input.headers = {**input.headers, **(header(TOKEN, asker) if asker else own)}
        return await super().start_activity(input)
