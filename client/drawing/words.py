"""Short words for what happens to a case: from its kind and its named details, never from what people wrote."""

from domain.clock.clock import LedgerStep
from domain.parts.events import Event, EventKind

WORDS: dict[EventKind, str] = {
    EventKind.RECEIVED: "received",
    EventKind.RECEIVED_AGAIN: "received again",
    EventKind.TOLD_APART: "told apart",
    EventKind.MEMBER_COMPARED: "member confirmed",
    EventKind.FLAGGED: "flagged",
    EventKind.SCREENED: "screened",
    EventKind.COVERAGE_CHECKED: "coverage checked",
    EventKind.DOCUMENT_ATTACHED: "paper came",
    EventKind.DOCUMENT_MOVED: "paper moved",
    EventKind.INFORMATION_REQUESTED: "information asked for",
    EventKind.WORK_OPENED: "work opened",
    EventKind.CLAIMED: "claimed",
    EventKind.RELEASED: "released",
    EventKind.ASSIGNED: "assigned",
    EventKind.NOTED: "note",
    EventKind.REFERRED: "referred",
    EventKind.DETERMINED: "decided",
    EventKind.URGENCY_CHANGED: "urgency changed",
    EventKind.EXTENDED: "extension",
    EventKind.RESUMED: "runs again",
    EventKind.CORRECTED: "corrected",
    EventKind.TOLLED: "held open",
    EventKind.TOLL_UNDONE: "toll undone",
    EventKind.HELD: "on hold",
    EventKind.HOLD_LIFTED: "hold lifted",
    EventKind.ABSENT: "somebody is away",
    EventKind.CLOCK_STARTED: "clock starts",
    EventKind.FILE_MADE: "case file made",
    EventKind.LINKED: "linked",
    EventKind.NOTE_STRUCK: "note struck through",
    EventKind.TRANSLATED: "words translated",
    EventKind.AVAILABILITY_FOUND: "availability found",
    EventKind.NETWORK_FOUND: "network found",
    EventKind.COORDINATED: "coordinated",
    EventKind.ELIGIBILITY_ASKED: "eligibility asked again",
    EventKind.AUTHORIZATION_ENDED: "authorization ended",
    EventKind.AUTHORIZATION_ISSUED: "authorization issued",
    EventKind.AUTHORIZATION_REVISED: "authorization revised",
    EventKind.CANCELLATION_ASKED: "cancel button used",
    EventKind.RUN_RESUMED: "goes on after its run was ended",
    EventKind.AUTHORIZATION_EXTENDED: "authorization extended",
    EventKind.UNITS_USED: "units used",
    EventKind.ESCALATED: "reminder",
    EventKind.RUNG_PASSED: "reminder passed",
    EventKind.BREACHED: "missed",
    EventKind.BREACH_REMOVED: "was no breach",
    EventKind.NOTICE_OWED: "letters owed",
    EventKind.NOTICE_SENT: "letter",
    EventKind.NOTICE_FAILED: "not by that way",
    EventKind.NOTICE_UNCERTAIN: "left or not?",
    EventKind.NOTICE_RESENT: "letter once more",
    EventKind.NUMBER_FOUND: "number found",
    EventKind.CALL_RECORDED: "call",
    EventKind.CRITERIA_ASKED: "criteria asked for",
    EventKind.WINDOW_OPENED: "opens",
    EventKind.WINDOW_ENDED: "ends",
    EventKind.REMINDED: "reminder",
    EventKind.STANDING_CHECKED: "standing checked",
    EventKind.TRIAGED: "sorted",
    EventKind.TIMELINESS: "in time?",
    EventKind.GOOD_CAUSE_DECIDED: "good cause decided",
    EventKind.DISMISSED: "dismissed",
    EventKind.REMITTANCE_CORRECTED: "remittance corrected",
    EventKind.SECOND_LEVEL_FILED: "second level filed",
    EventKind.SECOND_LEVEL_ANSWERED: "second level answered",
    EventKind.PAYMENT_OWED: "payment owed",
    EventKind.PAYMENT_INSTRUCTED: "payment instructed",
    EventKind.REOPENED: "reopened",
    EventKind.PEER_TO_PEER: "peer-to-peer",
    EventKind.SECOND_LOOK_AGREED: "second look",
    EventKind.SECOND_LOOK_DIFFERED: "second look",
    EventKind.TAKEN_BACK: "decision taken back",
    EventKind.NOTICE_STOPPED: "letters stopped",
    EventKind.ENTERED_IN_ERROR: "entered in error",
    EventKind.RECALL_OWED: "letters to call back",
    EventKind.RECALLED: "letters called back",
    EventKind.CONSENTED: "consent",
    EventKind.ASSESSED: "assessed",
    EventKind.GOALS_AGREED: "goals agreed",
    EventKind.CARE_ENDED: "care management ended",
    EventKind.VOTED: "committee voted",
    EventKind.PUBLISHED: "published",
    EventKind.IN_FORCE: "in force",
    EventKind.GOOD_CAUSE_ASKED: "good cause asked for",
    EventKind.GOOD_CAUSE_STATED: "cause stated",
    EventKind.FORM_ASKED: "form asked for",
    EventKind.FORM_CAME: "form came",
    EventKind.FORWARDED: "sent to the reviewer",
    EventKind.REVIEW_ANSWERED: "reviewer answered",
    EventKind.EFFECTUATED: "given effect",
    EventKind.VACATED: "dismissal undone",
    EventKind.DELIVERED: "letter delivered",
    EventKind.RETURNED: "letter came back",
    EventKind.WITHDRAWN: "withdrawn",
    EventKind.CLOSED: "closed",
}

HIDDEN = {EventKind.NOTICE_OWED}  # the letters themselves follow at once
HAPPENED = {EventKind.DETERMINED, EventKind.CALL_RECORDED}  # acts of people, even where they name a clock

STEPS = {
    "received": "day 0",
    "extended": "extended",
    "paused": "paused",
    "resumed": "runs again",
    "tolled": "held open",
    "toll_undone": "toll undone",
    "retimed": "retimed",
    "corrected": "receipt corrected",
}

MOVES = {"extended", "tolled"}  # entries that add time


def step_words(step: LedgerStep) -> str:
    """What an entry of a ledger did; an extension that moved nothing was void."""
    is_void = step.kind == "extended" and not step.moved
    return "extension void" if is_void else STEPS[step.kind]


def happened_words(event: Event) -> str:
    """An act or a letter; a letter says which one."""
    match event.kind:
        case EventKind.NOTICE_SENT:
            return f"{_letter(event)} letter"
        case EventKind.WORK_OPENED:
            return f"to {event.details.get('queue', 'work')}"
        case kind:
            return WORDS[kind]


def coming_words(event: Event) -> str:
    """An appointment, kept or to come: the rung, or what is missed and what that means in law."""
    match event.kind:
        case EventKind.ESCALATED:
            return _plain(event.details.get("rung", "reminder"))
        case EventKind.RUNG_PASSED:
            return WORDS[event.kind]
        case EventKind.BREACHED:
            return f"missed: {_plain(event.details.get('effect', 'deadline'))}"
        case _:
            return happened_words(event)


def _letter(event: Event) -> str:
    """The kind of a letter stands in its key, before its recipient."""
    parts = str(event.details.get("key", "")).split("-")
    return _plain(parts[-2]) if len(parts) > 1 else "a"


def _plain(name: object) -> str:
    return str(name).replace("_", " ")
