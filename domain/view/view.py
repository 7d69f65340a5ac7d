"""A case as people and programs see it: the sheet, the explanation, the forecast, the timeline.

`Shown` is a promise to other programs: its shape is what `plazo show --json` prints.
"""

from datetime import date

from pydantic import AwareDatetime, ConfigDict, Field

from domain.clock.clock import LedgerStep
from domain.parts.events import Event
from domain.request.criteria import Finding
from domain.request.request import Document
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.money import Money
from domain.terms.notice import SendBy
from domain.view.referral_view import ShownArrangement


class ShownStatus(Frozen):
    code: str
    text: str


class ShownClock(Frozen):
    timeframe: str
    line: int | None
    due_at: AwareDatetime | None
    satisfied_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    breached: bool


class ShownAuthorization(Frozen):
    model_config = ConfigDict(populate_by_name=True)

    number: str
    from_day: date = Field(alias="from")
    through: date | None
    ends_when: str | None
    ended_as: str | None = None


class ShownLine(Frozen):
    sequence: int
    service: str
    outcome: str | None
    reason: str | None
    units: int
    authorization: ShownAuthorization | None

    @property
    def words(self) -> str:
        """The line in one line, as people read it."""
        counted = f"{self.units} unit" if self.units == 1 else f"{self.units} units"
        return f"line {self.sequence}: {self.service}, {counted}: {self.outcome or 'undecided'}"


class ShownDisputedLine(Frozen):
    """A line of a payment dispute: amounts as decimal text, never floats."""

    sequence: int
    service: str
    outcome: str | None
    reason: str | None
    charge: Money
    paid: Money
    contended: Money | None
    awarded: Money | None
    route: str

    @property
    def words(self) -> str:
        """The line in one line, as people read it."""
        more = f", {self.contended} more contended" if self.contended is not None else ""
        given = f", {self.awarded} more paid" if self.awarded else ""
        answer = self.outcome or f"undecided ({self.route})"
        return (
            f"line {self.sequence}: {self.service}, paid {self.paid} of {self.charge}{more}: {answer}{given}"
        )


class ShownWork(Frozen):
    queue: str
    assignee: str | None
    due_at: AwareDatetime | None


class Coming(Frozen):
    at: AwareDatetime
    what: str


class Shown(Frozen):
    """What `plazo show --json` prints."""

    case: str
    kind: str
    stage: str
    status: ShownStatus
    regime: str
    urgency: str
    received_at: AwareDatetime
    due_at: AwareDatetime | None
    clocks: tuple[ShownClock, ...]
    lines: tuple[ShownLine | ShownDisputedLine, ...]
    work: tuple[ShownWork, ...]
    next: tuple[Coming, ...]
    linked: tuple[str, ...] = ()  # the cases that belong to this one, its parent first
    parent: str | None = None  # the case that this one came out of
    coordination: tuple[ShownArrangement, ...] = ()
    trouble: str | None = None  # it is stuck, or was ended by Temporal: no deadline of it fires


class Sheet(Frozen):
    """Everything a person at the desk wants on one page, with the calendar to read its instants by."""

    shown: Shown
    calendar: Calendar
    plan: str
    sentence: str
    why: str
    flags: tuple[str, ...]
    warnings: tuple[str, ...]
    missing: tuple[str, ...]
    waiting: tuple[str, ...]  # each piece of open work, with its queue and who has it
    outcome: str | None
    policy: str
    holds: tuple[str, ...] = ()  # nothing leaves the house while one is on
    alike: tuple[str, ...] = ()  # the cases that look like it
    appointed: bool = False  # a form shows that somebody may act for the member
    member: str | None = None  # by name; only for whoever works on cases


class Explained(Frozen):
    """Why one clock's due date is what it is."""

    clock: str
    timeframe: str
    title: str
    standing: str
    is_window: bool  # other people's time: its end is an event, and nobody is late
    due_at: AwareDatetime | None
    satisfied_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    breached: bool
    steps: tuple[LedgerStep, ...]


class Explanation(Frozen):
    case: str
    calendar: Calendar
    policy: str
    clocks: tuple[Explained, ...]
    holds: tuple[str, ...] = ()


class Timeline(Frozen):
    """Events in order: what happened, or in a forecast, what would."""

    case: str
    calendar: Calendar
    events: tuple[Event, ...]


class ShownNotice(Frozen):
    """A letter that a case owes or owed. Whom it reached by name, and what it says, stands on the letter alone."""

    number: int  # its place among the letters of the case
    key: str
    kind: str
    state: str = "sent"  # owed, sent, delivered, failed, uncertain, returned or stopped
    due_at: AwareDatetime | None = None  # by when it has, or had, to leave
    late: bool = False
    waits_for: str | None = None  # what keeps it, where it has not left
    row: str | None = None  # of the pack: who reads it, by when, and by whose word
    source: str | None = None
    recipient: str
    language: str
    by: SendBy = SendBy.LETTER
    failed_by: SendBy | None = None
    uncertain_at: AwareDatetime | None = None
    owed_at: AwareDatetime
    sent_at: AwareDatetime | None
    stopped_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None
    returned_at: AwareDatetime | None = None
    proof: str | None


class Notices(Frozen):
    """The letters of a case, in the order in which they became owed."""

    case: str
    calendar: Calendar
    notices: tuple[ShownNotice, ...]


class ShownPapers(Frozen):
    """The papers of a case, in the order in which it took note of them."""

    case: str
    documents: tuple[Document, ...]


class ReviewedLine(Frozen):
    sequence: int
    service: str
    units: int
    diagnoses: tuple[str, ...]
    table: str | None
    outcome: str | None
    first: str | None = None  # of an appeal: what was answered first, by whom and why
    findings: tuple[Finding, ...]


class ReviewSheet(Frozen):
    """The criteria clause by clause, with what shows each and what is missing."""

    case: str
    justification: str | None
    lines: tuple[ReviewedLine, ...]
