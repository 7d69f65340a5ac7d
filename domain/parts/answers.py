"""What a case answered, as the register keeps it: a line and its outcome, a line and its authorization."""

from pydantic import AwareDatetime, JsonValue

from domain.request.determination import Authorization
from domain.terms.frozen import Frozen


class Answered(Frozen):
    """The answer to one line: what the register is searched by, and the whole of it in `content`."""

    line: int
    outcome: str
    decided_at: AwareDatetime
    decider: str | None
    reason: str | None
    content: dict[str, JsonValue]


class AuthorizedLine(Frozen):
    """An authorization, and the line that it was issued for."""

    line: int
    authorization: Authorization
