"""What happened to a case, what is waiting for somebody, and what is owed in writing: the case's own records."""

from enum import StrEnum

from pydantic import AwareDatetime, JsonValue

from domain.calendar import Frozen
from domain.people import Language


class EventKind(StrEnum):
    RECEIVED = "received"
    FLAGGED = "flagged"
    SCREENED = "screened"
    COVERAGE_CHECKED = "coverage_checked"
    CRITERIA_CHECKED = "criteria_checked"
    DOCUMENT_ATTACHED = "document_attached"
    INFORMATION_REQUESTED = "information_requested"
    WORK_OPENED = "work_opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    NOTED = "noted"
    REFERRED = "referred"
    DETERMINED = "determined"
    URGENCY_CHANGED = "urgency_changed"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    CORRECTED = "corrected"
    ESCALATED = "escalated"
    RUNG_PASSED = "rung_passed"
    BREACHED = "breached"
    BREACH_REMOVED = "breach_removed"
    NOTICE_OWED = "notice_owed"
    NOTICE_SENT = "notice_sent"
    CALL_RECORDED = "call_recorded"
    WINDOW_OPENED = "window_opened"
    WINDOW_ENDED = "window_ended"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Event(Frozen):
    """Something that happened: `at` is its own instant, `recorded_at` when the case took note of it."""

    sequence: int
    kind: EventKind
    at: AwareDatetime
    recorded_at: AwareDatetime
    by: str
    by_id: str
    words: str
    details: dict[str, JsonValue] = {}


class Work(Frozen):
    """Something that waits for a person, in a queue, with the person who has taken it."""

    id: str
    queue: str
    what: str
    clock: str | None = None  # an escalation about this clock: it falls away when the clock is satisfied
    assignee: str | None = None
    opened_at: AwareDatetime
    due_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Recipient(StrEnum):
    MEMBER = "member"
    PROVIDER = "provider"

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")


class NoticeKind(StrEnum):
    NOT_REQUIRED = "not_required"
    INFORMATION_REQUEST = "information_request"
    EXTENSION = "extension"
    EXPEDITE_REFUSED = "expedite_refused"
    DETERMINATION = "determination"
    MISSED_DEADLINE = "missed_deadline"
    WITHDRAWAL = "withdrawal"

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")


class Addressee(Frozen):
    """Somebody who gets letters, and the language of their choice."""

    recipient: Recipient
    name: str
    address: str | None
    language: Language


class Notice(Addressee):
    """A letter that is owed to somebody. Its key is chosen once, so that it cannot be sent twice.

    `facts` is everything that the letter says, fixed when it became owed.
    """

    key: str
    kind: NoticeKind
    facts: dict[str, JsonValue]
    owed_at: AwareDatetime
    sent_at: AwareDatetime | None = None
    proof: str | None = None  # where the sent copy lies, and its hash
