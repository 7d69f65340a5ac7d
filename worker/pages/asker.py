"""Whoever looks at the pages: with which token, and within which plans."""

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True)
class Asker:
    """Somebody who was let in; on a home of one user its user, who has no token and no id."""

    token: str = ""
    id: str = ""
    walls: frozenset[str] | None = None
    """The plans that they are kept within; None for whoever works for all."""


def let_in(request: Request, asker: Asker) -> None:
    request.state.asker = asker


def asker_of(request: Request) -> Asker:
    """Raises AttributeError where nobody was let in: better no page than one without walls."""
    found: Asker = request.state.asker
    return found
