"""What happened to a case, what is waiting for somebody, and what is owed in writing: the case's own records."""

from enum import StrEnum

from pydantic import AwareDatetime, JsonValue

from domain.terms.frozen import Frozen


class EventKind(StrEnum):
    RECEIVED = "received"
    RECEIVED_AGAIN = "received_again"
    TOLD_APART = "told_apart"
    MEMBER_COMPARED = "member_compared"
    FLAGGED = "flagged"
    SCREENED = "screened"
    COVERAGE_CHECKED = "coverage_checked"
    DOCUMENT_ATTACHED = "document_attached"
    DOCUMENT_MOVED = "document_moved"
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
