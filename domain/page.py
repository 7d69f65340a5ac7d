"""What the register is told of a case, and what it answers: the words between a case and its archive."""

from datetime import UTC, datetime

from pydantic import AwareDatetime, JsonValue

from domain.calendar import Frozen
from domain.determination import Authorization
from domain.events import Event, Notice, Work
from domain.payment import Payment
from domain.request import Document
from domain.view import Sheet, ShownNotice


class Claim(Frozen):
    """A case number that a new case takes, with keyed hashes by which its like can be found.

    `first_run` is the run that the case began with, which neither a reset nor a retry changes.
    """

    case: str
    kind: str
    plan: str
    member: str
    fingerprint: str
    reference: str | None
    received_at: AwareDatetime
    first_run: str = ""


class Claimed(Frozen):
    """What became of a claim: the cases that are like it, and whether an older case has the number already."""

    alike: "tuple[Alike, ...]"
    taken: bool = False


class Alike(Frozen):
    """Another case that shares the sender's reference or the fingerprint. People decide what that means."""

    case: str
    same_reference: bool
    same_content: bool
    is_closed: bool

    @property
    def likeness(self) -> str:
        return "the same sender's number" if self.same_reference else "the same content"


class Answered(Frozen):
    """The answer to one line: what the register is searched by, and the whole of it in `content`."""

    line: int
    outcome: str
    decided_at: AwareDatetime
    decider: str | None
    reason: str | None
    content: dict[str, JsonValue]


class Permit(Frozen):
    """An authorization, and the line that it was issued for."""

    line: int
    authorization: Authorization


class Position(Frozen):
    """Where in its life a case was asked for a page: what was asked later replaces what was asked earlier.

    Run ids do not order, and the history of a case that was reset is shorter than what it replaces: so the start of
    the run comes first, and the length of its history second.
    """

    first_run: str = ""
    run_started_at: AwareDatetime = datetime(1970, 1, 1, tzinfo=UTC)
    history_length: int = 0


class Page(Frozen):
    """The newest standing of a case, and the events since the page before."""

    case: str
    member: str
    plan: str
    outcome: str | None
    next_at: AwareDatetime | None
    overdue: bool
    flags: tuple[str, ...]
    sheet: Sheet
    events: tuple[Event, ...]
    work: tuple[Work, ...]
    notices: tuple[Notice, ...]
    letters: tuple[ShownNotice, ...]  # the same, as they are listed
    answered: tuple[Answered, ...]
    permits: tuple[Permit, ...]
    documents: tuple[Document, ...]
    payments: tuple[Payment, ...] = ()
    last_sequence: int  # of the newest event: whatever the register has beyond it never happened
    state: str  # the whole case, as JSON: one that is taken up again goes on from there
    position: Position = Position()


class Known(Frozen):
    """A case of which the register has pages, and how it closed, if it did."""

    case: str
    outcome: str | None


class Waiting(Frozen):
    """One row of the worklist."""

    case: str
    kind: str
    queue: str
    assignee: str | None
    due_at: AwareDatetime | None
    urgency: str
    overdue: bool
    what: str
    trouble: str | None = None  # the case is stuck, or was ended by Temporal


class Remembered(Frozen):
    """A case as the register remembers it, when Temporal no longer keeps it."""

    sheet: Sheet
    events: tuple[Event, ...]
    notices: tuple[ShownNotice, ...] = ()
