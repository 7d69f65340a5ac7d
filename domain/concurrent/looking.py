"""What a stay means to look at by itself, and what comes of it: work, and a breach where the law wanted something.

No timer ends anything.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.clock.agenda import ONE_SECOND, Appointment, Occasion

if TYPE_CHECKING:
    from domain.concurrent.concurrent import Concurrent

REVIEW, OVER, NOTICE, LAST, FIRST = "next review", "days over", "notice due", "last day", "first message"
NO_NOTICE = "no valid notice of the end: the plan goes on owing until one was delivered in time"
NO_MESSAGE = "the first Important Message was not given in time: see that it is"
NOT_LOOKED_AT = (
    "the approved days are over and nobody looked: the plan goes on owing; go on, or propose an end"
)


def looks(case: "Concurrent") -> list[Appointment]:
    """The first message, the next review, the notice of an end, and its last covered day."""
    calendar, ahead = case.policy.calendar, list[Appointment]()
    row, ends = case.way_to_end, case.termination
    if row and row.first_within and not case.first_message_at and not case.is_stopped:
        due = row.first_within.after(calendar.end_of(case.stay.since), calendar)
        ahead.append(_at(due + ONE_SECOND, FIRST, "was the Important Message given?"))
    if not case.is_running:
        return ahead
    last = case.approved_through
    if last and not ends and not case.undecided:
        before = case.stays.review.before.before(calendar.end_of(last), calendar)
        ahead += [
            _at(before, REVIEW, f"approved through {last}: is it still needed?"),
            _at(calendar.end_of(last) + ONE_SECOND, OVER, f"the approved days end with {last}"),
        ]
    if ends and not ends.delivered_at and (due_at := ends.notice_due(calendar)):
        ahead.append(_at(due_at + ONE_SECOND, NOTICE, "was the notice of the end delivered?"))
    if ends and ends.delivered_at:
        over = calendar.end_of(ends.covered_through(calendar)) + ONE_SECOND
        ahead.append(_at(over, LAST, "the last covered day is over"))
    return ahead


def look(case: "Concurrent", appointment: Appointment, now: datetime) -> None:
    """No timer ends anything: it is work, and what is late is a breach."""
    match appointment.rung:
        case "next review":
            due = case.policy.calendar.end_of(case.approved_through or case.stay.through)
            case.need(
                case.first_review, f"{appointment.words} go on, refer, or propose an end", now, due_at=due
            )
        case "days over":
            case.need("supervisor", NOT_LOOKED_AT, now)
        case "notice due":
            case.late(NO_NOTICE, appointment.at, now)
        case "first message":
            case.late(NO_MESSAGE, appointment.at, now)
        case _:
            pass  # what follows from the last covered day follows as the case settles


def _at(at: datetime, rung: str, words: str) -> Appointment:
    return Appointment(at=at, occasion=Occasion.FOLLOW_UP, clock="stay", rung=rung, words=words)
