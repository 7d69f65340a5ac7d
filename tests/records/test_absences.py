"""Absences are kept once for a person and a first day, and told until they are over."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.parts.absence import Away

FIRST, LAST = date(2026, 12, 21), date(2027, 1, 2)
A_DAY = timedelta(days=1)


def away(who="rn-rivera", **changes):
    return Away.model_validate({"who": who, "from_day": FIRST, "until": LAST, "cover": "rn-colon"} | changes)


async def test_an_absence_that_is_recorded_twice_is_kept_once_and_the_newer_word_stands(register):
    await register.keep_absence(away())
    await register.keep_absence(away(until=LAST + A_DAY, cover=None))

    assert await register.absences(FIRST) == (away(until=LAST + A_DAY, cover=None),)


@pytest.mark.parametrize(
    ("day", "back_on", "is_told"),
    [
        (FIRST - A_DAY, None, True),
        (LAST, None, True),
        (LAST + A_DAY, None, False),
        (FIRST, FIRST + A_DAY, True),
        (FIRST + A_DAY, FIRST + A_DAY, False),
        (FIRST - 2 * A_DAY, FIRST - A_DAY, False),  # they did not go after all
        (FIRST - A_DAY, FIRST, False),
    ],
)
async def test_an_absence_is_told_until_its_last_day_or_until_they_are_back(register, day, back_on, is_told):
    await register.keep_absence(away(back_on=back_on))

    assert bool(await register.absences(day)) is is_told


async def test_absences_are_told_in_the_order_in_which_they_begin(register):
    later = away("rn-colon", from_day=LAST, cover=None)
    for one in (later, away()):
        await register.keep_absence(one)

    assert await register.absences(FIRST) == (away(), later)


def test_an_absence_ends_after_it_begins():
    with pytest.raises(ValidationError, match="until"):
        away(until=FIRST - A_DAY)


@pytest.mark.parametrize(("day", "is_on"), [(FIRST - A_DAY, False), (FIRST, True), (LAST, True)])
def test_both_days_belong_to_an_absence(day, is_on):
    assert away().is_on(day) is is_on
