"""Making a plan's calendar by value: the one place that reads the time-zone database and the holiday tables."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from domain.policy.rows import Plan
from domain.terms.calendar import Calendar, Offset

YEARS_AHEAD = 4  # a case with all its windows is over long before


def calendar_for_case(plan: Plan, received: date) -> Calendar:
    """What a case takes along: the plan's days from the year before its receipt on."""
    return calendar_of(plan, received.year - 1, received.year + YEARS_AHEAD)


@cache
def calendar_of(plan: Plan, from_year: int, through_year: int) -> Calendar:
    """The plan's days from the first of January of one year through the last of December of another.

    Holidays are those of the United States and of the plan's state or territory, with the days on which they are
    observed, and the plan's own closures; without those on which the plan is open all the same.
    """
    from holidays import country_holidays  # noqa: PLC0415 - heavy, and needed only where a case begins

    public = country_holidays("US", subdiv=plan.holidays or None, years=range(from_year, through_year + 1))
    closed = dict(public.items()) | {
        closure.day: closure.name
        for closure in plan.closures
        if from_year <= closure.day.year <= through_year
    }
    for day in plan.open_on:
        closed.pop(day, None)
    return Calendar(
        zone=plan.zone,
        offsets=tuple(_offsets(ZoneInfo(plan.zone), from_year, through_year)),
        holidays={day: closed[day] for day in sorted(closed)},
        opening=plan.opening,
    )


def _offsets(zone: ZoneInfo, from_year: int, through_year: int) -> Iterator[Offset]:
    """Each stretch of one distance from UTC, found by looking at every day and then at the hour of the change."""
    # A day to spare on both sides: the plan's year begins and ends some hours away from the year in UTC.
    instant = datetime(from_year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    last = datetime(through_year + 1, 1, 1, tzinfo=UTC) + timedelta(days=1)
    yield _offset(zone, instant)
    while instant < last:
        following = instant + timedelta(days=1)
        if _seconds(zone, following) != _seconds(zone, instant):
            yield _offset(zone, _change(zone, instant, following))
        instant = following


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second of the new offset, between an instant of the old one and an instant of the new."""
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _seconds(zone, middle) == _seconds(zone, before):
            before = middle
        else:
            after = middle
    return after


def _seconds(zone: ZoneInfo, instant: datetime) -> int:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _offset(zone: ZoneInfo, begins_at: datetime) -> Offset:
    abbreviation = begins_at.astimezone(zone).tzname() or zone.key
    return Offset(begins_at=begins_at, seconds=_seconds(zone, begins_at), abbreviation=abbreviation)
