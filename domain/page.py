"""What the register is told of a case, and what it answers: the words between a case and its archive."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from pydantic import AwareDatetime, JsonValue

from domain.calendar import Frozen
from domain.determination import Authorization
from domain.events import Event, Notice, Work
from domain.payment import Payment
from domain.request import Document
from domain.view import Sheet, ShownNotice


class ClaimedLine(Frozen):
    """A service that is asked for, from its day through the last of leave for it, where one is known."""

    line: int
    service: str
    from_day: date
    through: date | None = None


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
    lines: tuple[ClaimedLine, ...] = ()
    first_run: str = ""


class Claimed(Frozen):
    """What became of a claim: the cases that are like it, and whether an older case has the number already."""

    alike: "tuple[Alike, ...]"
    taken: bool = False


class Likeness(Frozen):
    """How another case is like this one; `is_of_service` where both may give leave for the same."""

    words: str
    is_of_service: bool


class Alike(Frozen):
    """Another case that shares the sender's reference or the fingerprint, or asks of the same member for a service
    on the same days. People decide what that means.
    """

    case: str
    same_reference: bool
    same_content: bool
    is_closed: bool
    same_services: tuple[str, ...] = ()  # of the same member, on days that overlap
    authorizations: tuple[str, ...] = ()  # that it issued, and that live

    @property
    def lives(self) -> bool:
        """May it still give something, or did it give something that is still good?"""
        return not self.is_closed or bool(self.authorizations)

    @property
    def shared(self) -> str:
        """What the two have in common: each has it of the other."""
        service = f"the same member, {', '.join(self.same_services)} and days"
        shared = [
            *(["the same sender's number"] if self.same_reference else []),
            *(["the same services asked for"] if self.same_content else []),
            *([service] if self.same_services and not self.same_content else []),
        ]
        return " and ".join(shared)

    @property
    def likeness(self) -> Likeness:
        lives = (
            f" and a living authorization, {', '.join(self.authorizations)}" if self.authorizations else ""
        )
        is_of_service = self.same_content or bool(self.same_services)
        return Likeness(words=f"{self.shared}{lives}", is_of_service=is_of_service)

    @property
    def who_is_told(self) -> tuple[str, ...]:
        """Whoever lives of it hears of the other: the case, or what it issued."""
        return self.authorizations if self.is_closed else (self.case,)


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
    receipts: tuple[str, ...] = ()  # the numbers of what was received again, and would else have been cases
    last_sequence: int  # of the newest event: whatever the register has beyond it never happened
    digest: str = ""  # of its events, by which the case knows them again
    state: str  # the whole case, as JSON: one that is taken up again goes on from there
    position: Position = Position()


class Written(Frozen):
    """What the register has of a case now: its newest event, and the digest of those that this page brought."""

    last_sequence: int
    digest: str


def digest_of(events: Sequence[Event]) -> str:
    """By which events are known again: what a case said in a task that was lost may be told otherwise later."""
    return sha256("\n".join(event.model_dump_json() for event in events).encode()).hexdigest()


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
