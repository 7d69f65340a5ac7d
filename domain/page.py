"""What the register is told of a case, and what it answers: the words between a case and its archive."""

from pydantic import AwareDatetime, JsonValue

from domain.calendar import Frozen
from domain.determination import Authorization
from domain.events import Event, Notice, Work
from domain.payment import Payment
from domain.request import Document
from domain.view import Sheet, ShownNotice


class Claim(Frozen):
    """A case number that a new case takes, with keyed hashes by which its like can be found."""

    case: str
    kind: str
    plan: str
    member: str
    fingerprint: str
    reference: str | None
    received_at: AwareDatetime


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
    state: str | None = None  # the whole case, once it is closed: a case that is reopened goes on from there


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


class Remembered(Frozen):
    """A case as the register remembers it, when Temporal no longer keeps it."""

    sheet: Sheet
    events: tuple[Event, ...]
    notices: tuple[ShownNotice, ...] = ()
