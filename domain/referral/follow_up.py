"""Follow-up: what is looked at again between an approval and the return to local care.

Eligibility is asked again before the day of the service. Where coverage has ended a person decides; software ends
nothing but what its own last day ends.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain.clock.agenda import Appointment, Occasion
from domain.parts.events import EventKind
from domain.referral import coordination
from domain.referral.arrangement import Arrangement
from domain.request.determination import Ending
from domain.request.line import Coverage, Line
from domain.review.conversation import A_SECOND
from domain.terms.calendar import whole_seconds
from domain.terms.people import SYSTEM

if TYPE_CHECKING:
    from domain.referral.referral import Referral

EXPIRY = "expiry"
LAPSED = "coverage is not shown for the day of the service: end the authorization, or look again"


def follow_ups(case: "Referral") -> list[Appointment]:
    """A look at eligibility so long before each day of service, and the last day of each authorization."""
    looks = [
        look
        for arrangement in case.open_arrangements
        if arrangement.service_day
        for look in _looks(case, arrangement, arrangement.service_day)
    ]
    last_days = [
        Appointment(
            at=case.policy.calendar.end_of(line.authorization.through) + A_SECOND,
            occasion=Occasion.FOLLOW_UP,
            clock=f"line {line.sequence}",
            rung=EXPIRY,
            words=f"{line.authorization.number} expires",
        )
        for line in case.lines
        if line.authorization and line.authorization.through and not line.authorization.ended_as
    ]
    return [*looks, *last_days]


def _looks(case: "Referral", arrangement: Arrangement, day: date) -> list[Appointment]:
    calendar = case.policy.calendar
    return [
        Appointment(
            at=row.before.before(calendar.end_of(day), calendar),
            occasion=Occasion.FOLLOW_UP,
            clock=f"line {arrangement.line}",
            rung=row.id,
            words=f"line {arrangement.line}: is the member still eligible on the day of the service?",
        )
        for row in case.policy.follow_up
    ]


def look(case: "Referral", appointment: Appointment, now: datetime) -> None:
    """The last day of an authorization is over, or eligibility is asked again."""
    line = next(one for one in case.lines if f"line {one.sequence}" == appointment.clock)
    if appointment.rung == EXPIRY:
        run_out(case, line, Ending.EXPIRED, appointment.at, now)
        return
    look_again(case, case.arrangements[line.sequence].service_day or line.asked.from_day, now)


def look_again(case: "Referral", day: date, now: datetime) -> None:
    """The directory is asked once more about a day."""
    case.eligibility_for = day
    case.log.record(EventKind.ELIGIBILITY_ASKED, f"eligibility on {day} is asked again", now=now)


def eligibility_found(case: "Referral", coverage: Coverage, day: date, now: datetime) -> None:
    """What the directory says now. Coverage that has ended is for a person, before the day of the service."""
    case.eligibility_for = None
    case.log.record(EventKind.COVERAGE_CHECKED, coverage.because, now=now)
    case.lapsed = None if coverage.is_covered else coverage
    if coverage.is_covered:
        coverage_lapse_answered(case, now)
    elif case.authorizations_alive:
        due_at = whole_seconds(case.policy.calendar.end_of(day - timedelta(days=1)))
        case.need("coverage", LAPSED, now, due_at=due_at)


def coverage_lapse_answered(case: "Referral", now: datetime) -> None:
    """A person has decided what follows from it."""
    case.work.finish((work for work in case.work.open if work.what == LAPSED), now)


def run_out(case: "Referral", line: Line, ending: Ending, at: datetime, now: datetime) -> None:
    """Nothing is left of it. Where the service was arranged it has been given, and the return is awaited."""
    arrangement = case.arrangements.get(line.sequence)
    awaited = arrangement is not None and arrangement.confirmed_at and not arrangement.over_at
    case.end_authorization(line, ending, at, now, SYSTEM)
    if arrangement and awaited:
        arrangement.over_at = None
    elif line.authorization and not case.is_retrospective:
        coordination.tell_the_end(case, ending, [line.authorization.number], now)
