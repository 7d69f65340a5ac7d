"""A plan's calendar by value: zone offsets, holidays and opening hours, carried inside each case.

A case must reckon the same dates on every machine and in every year that it lives, so it reads no time-zone
database: the offsets that its first step returned are all it knows. Instants are aware, in whole seconds.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

from pydantic import AwareDatetime

from domain.terms.frozen import Frozen

END_OF_DAY = time(23, 59, 59)

# Not the machine's own names: a case reads the same wherever it is replayed.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def whole_seconds(instant: datetime) -> datetime:
    """Drop the fraction of a second: 23:59:59.4 is still the last second of its day."""
    return instant.astimezone(UTC).replace(microsecond=0)


class Offset(Frozen):
    """The zone's distance from UTC, in seconds, from an instant on until the next offset begins."""

    begins_at: AwareDatetime
    seconds: int
    abbreviation: str


class OpenHours(Frozen):
    """When people are there on one day of the week (0 is Monday), in the plan's own time."""

    weekday: int
    opens: time
    closes: time


class Calendar(Frozen):
    """One plan's days: where midnight falls, which days are holidays, when somebody is there."""

    zone: str
    offsets: tuple[Offset, ...]
    holidays: dict[date, str] = {}
    opening: tuple[OpenHours, ...] = ()

    def _offset(self, instant: datetime) -> Offset:
        current = self.offsets[0]
        for offset in self.offsets:
            if offset.begins_at > instant:
                break
            current = offset
        return current

    def local(self, instant: datetime) -> datetime:
        """The instant as the plan's wall clock shows it."""
        offset = self._offset(instant)
        return instant.astimezone(_zone(offset.seconds, offset.abbreviation))

    def day_of(self, instant: datetime) -> date:
        return self.local(instant).date()

    def at(self, day: date, wall: time) -> datetime:
        """The instant of a wall-clock time; of two (the autumn hour that comes twice) the later one."""
        reading = datetime.combine(day, wall, UTC)
        real = [
            instant
            for offset in self.offsets
            if self._offset(instant := reading - timedelta(seconds=offset.seconds)) is offset
        ]
        # An hour that spring skips has no instant of its own: it is read with the offset before the change.
        return max(real) if real else reading - timedelta(seconds=self._offset(reading).seconds)

    def with_day(self, day: date, holiday: str | None) -> "Calendar":
        """The same days, but this one: a holiday of that name, or none."""
        others = {one: name for one, name in self.holidays.items() if one != day}
        named = {day: holiday} if holiday else {}
        return self.model_copy(update={"holidays": dict(sorted((others | named).items()))})

    def end_of(self, day: date) -> datetime:
        """The last whole second of a day; a limit in days is kept up to and including it."""
        return self.at(day, END_OF_DAY)

    def is_business_day(self, day: date) -> bool:
        return any(opening.weekday == day.weekday() for opening in self.opening) and day not in self.holidays

    def hours_of(self, day: date) -> tuple[datetime, datetime]:
        """When the first comes and the last goes on a business day."""
        hours = [opening for opening in self.opening if opening.weekday == day.weekday()]
        opens, closes = min(one.opens for one in hours), max(one.closes for one in hours)
        return self.at(day, opens), self.at(day, closes)

    def business_days_after(self, day: date, count: int) -> date:
        """The day that is `count` business days after `day`, which itself is day 0."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_business_day(day)
        return day

    def business_days_between(self, day: date, until: date) -> int:
        """How many business days there are from `day` on and before `until`."""
        days = (day + timedelta(days=count) for count in range((until - day).days))
        return sum(self.is_business_day(one) for one in days)

    def is_open(self, instant: datetime) -> bool:
        """Is somebody there? False at night, on closed weekdays and on holidays."""
        local = self.local(instant)
        if local.date() in self.holidays:
            return False
        hours = [opening for opening in self.opening if opening.weekday == local.weekday()]
        return any(opening.opens <= local.time() < opening.closes for opening in hours)

    def show(self, instant: datetime) -> str:
        """An instant as people read it: `Mon 2 Mar 2026 18:41 AST`."""
        local = self.local(instant)
        return f"{_day(local)} {local.hour:02}:{local.minute:02} {local.tzname()}"

    def show_due(self, instant: datetime) -> str:
        """A limit as people read it: `end of Mon 9 Mar 2026 AST` for a day row, else the time of day."""
        local = self.local(instant)
        if local.time() == END_OF_DAY:
            return f"{_day(local)} 23:59 {local.tzname()}"
        return self.show(instant)


@cache
def _zone(seconds: int, abbreviation: str) -> timezone:
    return timezone(timedelta(seconds=seconds), abbreviation)


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
