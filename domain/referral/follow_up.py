"""Follow-up: what is looked at again between an approval and the return to local care.

Eligibility is asked again before the day of the service. Where coverage has ended a person decides; software ends
nothing but what its own last day ends.
"""

from datetime import date, datetime, timedelta

from domain.case.events import EventKind
from domain.clock.agenda import Appointment, Occasion
from domain.clock.timeframe import Duty
from domain.referral.coordination import Arrangement, Coordinated
from domain.request.determination import Authorization, Ending
from domain.request.line import Coverage, Line
from domain.review.peered import A_SECOND, PEER_TO_PEER
from domain.terms.calendar import whole_seconds
from domain.terms.people import SYSTEM, Actor, Words

EXPIRY = "expiry"
LAPSED = "coverage is not shown for the day of the service: end the authorization, or look again"


class Followed(Coordinated):
    """A coordinated referral with its looks ahead."""

    eligibility_for: date | None = None  # the day about which the directory is to be asked again
    lapsed: Coverage | None = None  # what it said, where that was no coverage

    @property
    def permits_alive(self) -> list[Authorization]:
        permits = [line.authorization for line in self.lines if line.authorization]
        return [permit for permit in permits if permit.ended_as is None]

    def follow_ups(self) -> list[Appointment]:
        """A look at eligibility so long before each day of service, and the last day of each authorization."""
        looks = [
            look
            for arrangement in self.open_arrangements
            if arrangement.service_day
            for look in self._looks(arrangement, arrangement.service_day)
        ]
        return (
            super().follow_ups()
            + looks
            + [
                Appointment(
                    at=self.policy.calendar.end_of(line.authorization.through) + A_SECOND,
                    occasion=Occasion.FOLLOW_UP,
                    clock=f"line {line.sequence}",
                    rung=EXPIRY,
                    words=f"{line.authorization.number} expires",
                )
                for line in self.lines
                if line.authorization and line.authorization.through and not line.authorization.ended_as
            ]
        )

    def _looks(self, arrangement: Arrangement, day: date) -> list[Appointment]:
        calendar = self.policy.calendar
        return [
            Appointment(
                at=row.before.before(calendar.end_of(day), calendar),
                occasion=Occasion.FOLLOW_UP,
                clock=f"line {arrangement.line}",
                rung=row.id,
                words=f"line {arrangement.line}: is the member still eligible on the day of the service?",
            )
            for row in self.policy.follow_up
        ]

    def follow_up(self, appointment: Appointment, now: datetime) -> None:
        super().follow_up(appointment, now)
        if appointment.rung == PEER_TO_PEER:
            return
        line = next(one for one in self.lines if f"line {one.sequence}" == appointment.clock)
        if appointment.rung == EXPIRY:
            self._run_out(line, Ending.EXPIRED, appointment.at, now)
            return
        self.look_again(self.arrangements[line.sequence].service_day or line.asked.from_day, now)

    def look_again(self, day: date, now: datetime) -> None:
        """The directory is asked once more about a day."""
        self.eligibility_for = day
        self.record(EventKind.ELIGIBILITY_ASKED, f"eligibility on {day} is asked again", now=now)

    def eligibility_found(self, coverage: Coverage, day: date, now: datetime) -> None:
        """What the directory says now. Coverage that has ended is for a person, before the day of the service."""
        self.eligibility_for = None
        self.record(EventKind.COVERAGE_CHECKED, coverage.because, now=now)
        self.lapsed = None if coverage.is_covered else coverage
        if coverage.is_covered:
            self.coverage_lapse_answered(now)
        elif self.permits_alive:
            due_at = whole_seconds(self.policy.calendar.end_of(day - timedelta(days=1)))
            self.need("coverage", LAPSED, now, due_at=due_at)

    def coverage_lapse_answered(self, now: datetime) -> None:
        """A person has decided what follows from it."""
        self.finish((work for work in self.open_work if work.what == LAPSED), now)

    def permit_ended(
        self,
        line: Line,
        ending: Ending,
        *,
        at: datetime,
        now: datetime,
        by: Actor,
        because: Words | None = None,
    ) -> None:
        """Everybody is told, the chosen provider too; work that hangs on it is done."""
        if ending in {Ending.EXPIRED, Ending.USED_UP}:
            self._run_out(line, ending, at, now)
        else:
            self.end_authorization(line, ending, at, now, by)
            if line.authorization:
                self.tell_the_end(ending, [line.authorization.number], now, because)
        self.coverage_lapse_answered(now)

    def _run_out(self, line: Line, ending: Ending, at: datetime, now: datetime) -> None:
        """Nothing is left of it. Where the service was arranged it has been given, and the return is awaited."""
        arrangement = self.arrangements.get(line.sequence)
        awaited = arrangement is not None and arrangement.confirmed_at and not arrangement.over_at
        self.end_authorization(line, ending, at, now, SYSTEM)
        if arrangement and awaited:
            arrangement.over_at = None
        elif line.authorization and not self.is_retrospective:
            self.tell_the_end(ending, [line.authorization.number], now)

    @property
    def is_timed(self) -> bool:
        """Does any row time the answer? A service received already may have none, and then no clock is invented."""
        return any(clock.timeframe.times is Duty.DECISION for clock in self.clocks.values())
