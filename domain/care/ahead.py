"""What waits for somebody in care management, step by step, and what comes up again by itself on its day."""

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING

from domain.clock.agenda import Appointment, Occasion

if TYPE_CHECKING:
    from domain.care.care import CareManagement

QUEUE = "care-management"
SCREEN, OFFER = "find out whether the member qualifies", "call the member, and offer it"
CONSENT, ASSESS = "ask whether the member consents", "assess the member"
AGREE = "agree on a plan of care"
STEPS = {SCREEN, OFFER, CONSENT, ASSESS, AGREE}
AGAIN = "call the member once more, on another day and at another hour"
OVER = "every goal has ended: end it, or agree on more"
CONTACT, TASK, REVIEW = "contact", "task", "review"
DUE = {
    CONTACT: "call the member",
    TASK: "something of the plan of care is to be done by today",
    REVIEW: "look at the plan of care with the physician",
}


def follow_ups(case: "CareManagement") -> list[Appointment]:
    """The next call, what is to be done by a day, and the physician's next look; of who left, nothing."""
    return [
        Appointment(
            at=case.policy.calendar.at(day, time()),
            occasion=Occasion.FOLLOW_UP,
            clock="care",
            rung=rung,
            words=DUE[rung],  # of a timer that others read: it names nobody
        )
        for rung, day in sorted(set(_days(case)))
    ]


def _days(case: "CareManagement") -> Iterator[tuple[str, date]]:
    if case.end or case.withdrawn:
        return
    calendar, received = case.policy.calendar, case.policy.calendar.day_of(case.received_at)
    if case.assessed_at and case.risk:
        last = max(case.assessed_at, case.reached_at or case.assessed_at)
        yield CONTACT, calendar.day_of(case.care.rhythm_of(case.risk, received).after(last, calendar))
    if case.agreed_at and case.physician and case.open_goals:
        last = max(case.agreed_at, case.reviewed_at or case.agreed_at)
        yield REVIEW, calendar.day_of(case.terms.physician_review.after(last, calendar))
    yield from ((TASK, day) for goal in case.goals for day in goal.days)
