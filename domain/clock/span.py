"""A span: a length of policy time, and where it ends."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen


class Unit(StrEnum):
    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    CALENDAR_MONTHS = "calendar_months"
    BUSINESS_DAYS = "business_days"


class Span(Frozen):
    """A length of policy time."""

    length: int
    unit: Unit

    def after(self, start: datetime, calendar: Calendar) -> datetime:
        """The last instant that is in time: to the second for hours, the end of the last day for days."""
        day = calendar.day_of(start)
        match self.unit:
            case Unit.HOURS:
                return start + timedelta(hours=self.length)
            case Unit.CALENDAR_DAYS:
                return calendar.end_of(day + timedelta(days=self.length))
            case Unit.CALENDAR_MONTHS:
                return calendar.end_of(months_later(day, self.length))
            case Unit.BUSINESS_DAYS:
                return calendar.end_of(calendar.business_days_after(day, self.length))

    def before(self, end: datetime, calendar: Calendar) -> datetime:
        """So long before an end: to the second for hours, for days as that day begins in the plan's zone."""
        if self.unit is Unit.HOURS:
            return end - timedelta(hours=self.length)
        return calendar.at(calendar.day_of(end) - timedelta(days=self.length), time())

    def __str__(self) -> str:
        words = self.unit.value.replace("_", " ")
        return f"{self.length} {words.removesuffix('s') if self.length == 1 else words}"


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
