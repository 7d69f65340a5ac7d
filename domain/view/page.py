"""What the register is told of a case, and what it answers: the words between a case and its archive."""

from datetime import UTC, date, datetime

from pydantic import AwareDatetime

from domain.parts.alike import Alike
from domain.parts.answers import Answered, AuthorizedLine
from domain.parts.events import Event
from domain.parts.payment import Payment
from domain.parts.work import Work
from domain.report.counted import Counted
from domain.request.request import Document
from domain.terms.frozen import Frozen
from domain.terms.notice import Notice
from domain.view.search import SearchKey
from domain.view.view import Sheet, ShownNotice


class ClaimedLine(Frozen):
    """A service that is asked for, from its day through the last of leave for it, where one is known."""

    line: int
    service: str
    from_day: date
    through: date | None = None


class NumberClaim(Frozen):
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
    lines: tuple[ClaimedLine, ...] = ()
    first_run: str = ""


class Claimed(Frozen):
    """What became of a claim: the cases that are like it, and whether an older case has the number already."""

    alike: "tuple[Alike, ...]"
    taken: bool = False


BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # of a run whose start is not known


class Position(Frozen):
    """Where in its life a case was asked for a page: what was asked later replaces what was asked earlier.

    Run ids do not order, and the history of a case that was reset is shorter than what it replaces: so the start of
    the run comes first, and the length of its history second.
    """

    first_run: str = ""
    run_started_at: AwareDatetime = BEGINNING
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
    permits: tuple[AuthorizedLine, ...]
    documents: tuple[Document, ...]
    payments: tuple[Payment, ...] = ()
    counted: Counted = Counted()
    search: tuple[SearchKey, ...] = ()  # by what it is found
    receipts: tuple[str, ...] = ()  # the numbers of what was received again, and would else have been cases
    last_sequence: int  # of the newest event: whatever the register has beyond it never happened
    state: str  # the whole case, as JSON: one that is taken up again goes on from there
    position: Position = Position()


class Written(Frozen):
    """Through which event the register has what a case had to write."""

    last_sequence: int


class Known(Frozen):
    """A case of which the register has pages, and how it closed, if it did."""

    case: str
    outcome: str | None


MOST_WAITING = 500  # rows in one answer: a payload has its limit


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
    plan: str = ""
    services: tuple[str, ...] = ()
    reckoned_at: AwareDatetime | None = None  # the case's own clock, where that is not the asker's
    due: str = ""  # as the plan's own clock shows it
    trouble: str | None = None  # the case is stuck, or was ended by Temporal


class Remembered(Frozen):
    """A case as the register remembers it, when Temporal no longer keeps it."""

    sheet: Sheet
    events: tuple[Event, ...]
    notices: tuple[ShownNotice, ...] = ()
