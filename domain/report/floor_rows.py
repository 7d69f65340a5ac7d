"""What the floor's figures are made of: plain rows of the register, each of a case, a letter or a piece of work."""

from pydantic import AwareDatetime

from domain.report.counted import AppealResult, LeftOut
from domain.terms.frozen import Frozen


class OwedAnswer(Frozen):
    """A case whose answer was owed by an instant of the span."""

    case: str
    plan: str
    kind: str
    urgency: str
    owed_by: AwareDatetime
    told_at: AwareDatetime | None
    late: bool
    left_out: LeftOut | None = None


class Arrival(Frozen):
    """A case that was received in the span, and whether criteria alone approved it."""

    case: str
    plan: str
    kind: str
    received_at: AwareDatetime
    decided_at: AwareDatetime | None
    at_once: bool
    left_out: LeftOut | None = None


class Piece(Frozen):
    """Work that was opened or finished in the span, or lay open in it."""

    case: str
    queue: str
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None


class AppealedLine(Frozen):
    """A line whose appeal was answered in the span: who had decided it first, and what came of it."""

    case: str
    line: int
    service: str
    first_decider: str | None  # None: the time had run out in silence
    result: AppealResult


class LookedAtAgain(Frozen):
    """A line that somebody answered once more in the span, blind, and whether both answers were the same."""

    case: str
    plan: str
    agreed: bool
    left_out: LeftOut | None = None


class Letter(Frozen):
    """A letter that became owed in the span, and what has become of it."""

    case: str
    kind: str
    way: str
    state: str
    late: bool
