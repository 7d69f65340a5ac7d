"""What is done to the run of a case from outside, in the engine, and not to the case: it goes on.

A case ends when it is closed. A button of the Temporal UI closes nothing, and a run that was terminated or failed
is followed by another under the same number.
"""

from datetime import datetime

from domain.case.case import Case
from domain.parts.events import EventKind

WAYS_TO_END = "an act ends a case (plazo withdraw, plazo enter-in-error, ...), and no button"


def cancellation_asked(case: Case, now: datetime) -> None:
    """Somebody asked the engine to cancel the case: nothing changes, and a supervisor asks what was meant."""
    words = "somebody asked Temporal to cancel this case; it goes on"
    case.log.record(EventKind.CANCELLATION_ASKED, words, now=now)
    case.need("supervisor", f"{words}: {WAYS_TO_END}", now)


def goes_on(case: Case, now: datetime) -> None:
    """The run of the case was ended in the engine; what it missed meanwhile is kept, late."""
    words = "its run was ended in Temporal, and not by an act; it goes on"
    case.log.record(EventKind.RUN_RESUMED, words, now=now)
