"""An end of coverage that was proposed: its notice, its last day, and what the QIO is asked about it.

The last approved day is a day of review. Coverage ends on a notice that was validly delivered, so long before as
the law says; delivered later, the end moves, and the plan goes on owing until then (42 CFR 422.624(c)).
"""

from datetime import date, datetime, timedelta

from pydantic import AwareDatetime

from domain.clock.span import Unit
from domain.policy.stays import EndsBy, StayEnd
from domain.request.criteria import Citation
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.people import Words


class Termination(Frozen):
    """The proposed end. `line` is what would have come after, where a denial of it is the notice."""

    last_day: date  # that is covered; of a hospital, the day of discharge
    row: StayEnd
    because: Words
    cited: Citation | None = None
    line: int | None = None
    delivered_at: AwareDatetime | None = None  # or sent, where the law counts that
    review_asked_at: AwareDatetime | None = None  # when it reached the QIO
    continued_at: AwareDatetime | None = None  # benefits go on, asked for in time

    def notice_due(self, calendar: Calendar) -> datetime | None:
        """The last instant at which the notice is in time; hours before a discharge are looked at then."""
        if self.row.before.unit is Unit.HOURS:
            return None
        return calendar.end_of(self.last_day - timedelta(days=self.row.before.length))

    def ends_on(self, calendar: Calendar) -> date:
        """The last covered day, as the delivery of the notice leaves it."""
        if self.delivered_at is None or self.row.before.unit is Unit.HOURS:
            return self.last_day
        earliest = calendar.day_of(self.delivered_at) + timedelta(days=self.row.before.length)
        return max(self.last_day, earliest)

    def covered_through(self, calendar: Calendar) -> date:
        """The last day that is covered: by a denial, the day before the one from which it counts."""
        ends = self.ends_on(calendar)
        return ends - timedelta(days=1) if self.is_by_denial else ends

    def review_until(self, calendar: Calendar) -> datetime | None:
        """Until when a request to the QIO is in time; None where nobody asks it."""
        if self.row.review_until is None:
            return None
        day = self.ends_on(calendar) - timedelta(days=self.row.review_days_before)
        return calendar.at(day, self.row.review_until)

    def continue_until(self, calendar: Calendar) -> datetime | None:
        """Until when continued benefits are asked for in time: the later of so long after sending and the end."""
        if self.row.benefits_continue is None or self.delivered_at is None:
            return None
        after_sending = self.row.benefits_continue.after(self.delivered_at, calendar)
        return max(after_sending, calendar.end_of(self.ends_on(calendar)))

    def is_protected(self, calendar: Calendar) -> bool:
        """Was the QIO asked in time, and has not answered?"""
        until = self.review_until(calendar)
        return bool(self.review_asked_at and until and self.review_asked_at <= until)

    def has_ended_coverage(self, now: datetime, calendar: Calendar) -> bool:
        """Is its last day over, on a valid notice, with nothing that keeps coverage up?"""
        kept_up = self.continued_at or self.is_protected(calendar)
        return (
            bool(self.delivered_at) and not kept_up and now > calendar.end_of(self.covered_through(calendar))
        )

    @property
    def is_by_denial(self) -> bool:
        return self.row.by is EndsBy.DENIAL
