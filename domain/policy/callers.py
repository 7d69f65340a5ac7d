"""Callers: by what they are known, and whether they hear how a case stands."""

from typing import Annotated

from pydantic import Field

from domain.terms.key_kind import KeyKind
from domain.terms.notice import Recipient
from domain.terms.sourced import Sourced


class Caller(Sourced):
    """Whoever calls, and all that they have to show; with `needs_form`, that the case has their appointment too."""

    id: str
    caller: Recipient
    shows: Annotated[tuple[KeyKind, ...], Field(min_length=1)]
    needs_form: bool = False
