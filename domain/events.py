"""What happened to a case, what is waiting for somebody, and what is owed in writing: the case's own records."""

from enum import StrEnum

from pydantic import AwareDatetime, JsonValue

from domain.calendar import Frozen
from domain.people import Language


class EventKind(StrEnum):
    RECEIVED = "received"
    RECEIVED_AGAIN = "received_again"
    TOLD_APART = "told_apart"
    MEMBER_COMPARED = "member_compared"
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
    NOTE_STRUCK = "note_struck"
    REFERRED = "referred"
    DETERMINED = "determined"
    TRANSLATED = "translated"
    URGENCY_CHANGED = "urgency_changed"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    CORRECTED = "corrected"
    TOLLED = "tolled"
    TOLL_UNDONE = "toll_undone"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    ABSENT = "absent"
    ESCALATED = "escalated"
    RUNG_PASSED = "rung_passed"
    BREACHED = "breached"
    BREACH_REMOVED = "breach_removed"
    NOTICE_OWED = "notice_owed"
    NOTICE_SENT = "notice_sent"
    NOTICE_FAILED = "notice_failed"
    NOTICE_UNCERTAIN = "notice_uncertain"
    NOTICE_RESENT = "notice_resent"
    NUMBER_FOUND = "number_found"
    CALL_RECORDED = "call_recorded"
    CRITERIA_ASKED = "criteria_asked"
    WINDOW_OPENED = "window_opened"
    WINDOW_ENDED = "window_ended"
    REMINDED = "reminded"
    CLOCK_STARTED = "clock_started"
    LINKED = "linked"
    FILE_MADE = "file_made"
    AVAILABILITY_FOUND = "availability_found"
    NETWORK_FOUND = "network_found"
    COORDINATED = "coordinated"
    ELIGIBILITY_ASKED = "eligibility_asked"
    AUTHORIZATION_ENDED = "authorization_ended"
    AUTHORIZATION_ISSUED = "authorization_issued"
    AUTHORIZATION_REVISED = "authorization_revised"
    AUTHORIZATION_EXTENDED = "authorization_extended"
    UNITS_USED = "units_used"
    STANDING_CHECKED = "standing_checked"
    TRIAGED = "triaged"
    TIMELINESS = "timeliness"
    GOOD_CAUSE_ASKED = "good_cause_asked"
    GOOD_CAUSE_STATED = "good_cause_stated"
    GOOD_CAUSE_DECIDED = "good_cause_decided"
    DISMISSED = "dismissed"
    REMITTANCE_CORRECTED = "remittance_corrected"
    SECOND_LEVEL_FILED = "second_level_filed"
    SECOND_LEVEL_ANSWERED = "second_level_answered"
    PAYMENT_OWED = "payment_owed"
    PAYMENT_INSTRUCTED = "payment_instructed"
    REOPENED = "reopened"
    TAKEN_BACK = "taken_back"
    PEER_TO_PEER = "peer_to_peer"
    NOTICE_STOPPED = "notice_stopped"
    RECALL_OWED = "recall_owed"
    RECALLED = "recalled"
    ENTERED_IN_ERROR = "entered_in_error"
    FORM_ASKED = "form_asked"
    FORM_CAME = "form_came"
    FORWARDED = "forwarded"
    REVIEW_ANSWERED = "review_answered"
    EFFECTUATED = "effectuated"
    VACATED = "vacated"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLATION_ASKED = "cancellation_asked"
    RUN_RESUMED = "run_resumed"
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


PROMISED = "back, as promised"  # how the work of a promised call ends


class Work(Frozen):
    """Something that waits for a person, in a queue, with the person who has taken it."""

    id: str
    queue: str
    what: str
    clock: str | None = None  # an escalation about this clock: it falls away when the clock is satisfied
    rises: bool = False  # from rung to rung of that clock, from queue to queue
    assignee: str | None = None
    opened_at: AwareDatetime
    due_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_promised(self) -> bool:
        """A call that somebody was promised: it is owed whatever else becomes of the case."""
        return self.what.endswith(PROMISED)


class Recipient(StrEnum):
    MEMBER = "member"
    PROVIDER = "provider"
    US_PROVIDER = "us_provider"
    HEALTH_PLAN = "health_plan"
    REPRESENTATIVE = "representative"
    REVIEWER = "independent_reviewer"
    SOMEBODY_ELSE = "somebody_else"

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")

    @property
    def named(self) -> str:
        """As a sentence names them."""
        return self.text if self is Recipient.SOMEBODY_ELSE else f"the {self.text}"


class NoticeKind(StrEnum):
    NOT_REQUIRED = "not_required"
    INFORMATION_REQUEST = "information_request"
    EXTENSION = "extension"
    PEER_TO_PEER = "peer_to_peer"
    EXPEDITE_REFUSED = "expedite_refused"
    DETERMINATION = "determination"
    MISSED_DEADLINE = "missed_deadline"
    WITHDRAWAL = "withdrawal"
    CRITERIA_COPY = "criteria_copy"
    REOPENED = "reopened"
    AVAILABLE_LOCALLY = "available_locally"
    PREAUTHORIZATION = "preauthorization"
    COINSURANCE = "coinsurance"
    AUTHORIZATION_ENDED = "authorization_ended"
    AUTHORIZATION_REMINDER = "authorization_reminder"
    DISPUTE_ACKNOWLEDGED = "dispute_acknowledged"
    DISPUTE_INFORMATION_REQUEST = "dispute_information_request"
    DISPUTE_REMINDER = "dispute_reminder"
    REDIRECT = "redirect"
    CONTRACT_PROCESS = "contract_process"
    NOT_OURS = "not_ours"
    GOOD_CAUSE_REQUEST = "good_cause_request"
    DISPUTE_DISMISSED = "dispute_dismissed"
    DISPUTE_DETERMINATION = "dispute_determination"
    DISPUTE_MISSED = "dispute_missed"
    SECOND_LEVEL_REMINDER = "second_level_reminder"
    FORWARDED_TO_PLAN = "forwarded_to_plan"
    DISPUTE_WITHDRAWN = "dispute_withdrawn"
    APPEAL_ACKNOWLEDGED = "appeal_acknowledged"
    APPEAL_FORM_ASKED = "appeal_form_asked"
    APPEAL_CAUSE_ASKED = "appeal_cause_asked"
    APPEAL_DECISION = "appeal_decision"
    APPEAL_FILE = "appeal_file"
    APPEAL_LATE = "appeal_late"
    APPEAL_DISMISSED = "appeal_dismissed"
    APPEAL_VACATED = "appeal_vacated"
    APPEAL_REVIEWED = "appeal_reviewed"
    APPEAL_WITHDRAWN = "appeal_withdrawn"

    @property
    def text(self) -> str:
        return self.value.replace("_", " ")


class SendBy(StrEnum):
    """The way on which a notice leaves the house."""

    LETTER = "letter"
    FAX = "fax"
    EMAIL = "email"

    @property
    def text(self) -> str:
        return "e-mail" if self is SendBy.EMAIL else self.value


class Addressee(Frozen):
    """Somebody who gets letters, and the language of their choice."""

    recipient: Recipient
    name: str
    address: str | None
    language: Language
    fax: str | None = None
    email: str | None = None


class Notice(Addressee):
    """A letter that is owed to somebody. Its key is chosen once, so that it cannot be sent twice.

    `facts` is everything that the letter says, fixed when it became owed.
    """

    key: str
    kind: NoticeKind
    facts: dict[str, JsonValue]
    by: SendBy = SendBy.LETTER
    failed_by: SendBy | None = None  # the way on which it failed for good, before it went as a letter
    tries: int = 1  # each try on the same way was asked for by a person, but for the first
    owed_at: AwareDatetime
    due_at: AwareDatetime | None = None  # by when it had to leave as things stood when it became owed
    leaves_at: AwareDatetime | None = None  # the mail run that takes it, where one does
    sent_at: AwareDatetime | None = None
    proof: str | None = None  # where the sent copy lies, and its hash
    unset_for: str | None = None  # why it cannot be put on paper as it is
    uncertain_at: AwareDatetime | None = None  # since when nobody knows whether it left
    breached_at: AwareDatetime | None = None  # its time ran out before it left
    stopped_at: AwareDatetime | None = None  # kept back for good, before it left
    stays_owed: bool = False  # stopped by hand, though a duty needs what it tells
    delivered_at: AwareDatetime | None = None  # it arrived, as something shows
    returned_at: AwareDatetime | None = None  # it came back: nobody read it
    again_for: str | None = None  # the key of a letter that came back, and that this one repeats

    @property
    def lines(self) -> list[int] | None:
        """The lines that a determination letter answers; None for a letter about the whole case."""
        answers = self.facts.get("lines")
        if not isinstance(answers, list):
            return None
        return [int(str(answer["sequence"])) for answer in answers if isinstance(answer, dict)]
