"""The days on which who pays first may change by itself, so that it is looked at again."""

from datetime import date, timedelta

from domain.payers.family import Family
from domain.payers.months import aged_from, kidneys, plan_first_through
from domain.payers.rows import MedicareTerms


def looks(family: Family, after: date, terms: MedicareTerms) -> list[date]:
    """Coverages begin and end, somebody becomes 65, retires or goes apart, Medicare's months come and go."""
    next_day = timedelta(days=1)
    days = [one.on for one in family.expected]
    days += [one.since for one in family.coverages if one.since]
    days += [one.through + next_day for one in family.coverages if one.through]
    days.append(aged_from(family.born, terms))
    if medicare := family.medicare:
        days += [medicare.disability_since] if medicare.disability_since else []
        if months := kidneys(medicare, terms):
            days += [months.begins, plan_first_through(months.begins, terms) + next_day]
            days += [months.through + next_day] if months.through else []
    return sorted({day for day in days if day > after})


def birthday_after(born: date, day: date) -> date:
    """The first birthday after a day; of the 29th of February it is the first of March where there is none."""
    days = (date(year, born.month, 1) + timedelta(days=born.day - 1) for year in (day.year, day.year + 1))
    return next(one for one in days if one > day)
