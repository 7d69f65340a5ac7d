"""Rate tables: kept once, exact to what was printed, and found again by code and day."""

from decimal import Decimal

import pytest

from domain.rates.rates import KeptRates, Rate, RateTable
from records.rates import RateStore

APRIL, JULY = "2026-04", "2026-07"


def a_rate(code="A2001", quarter=APRIL, **changes):
    fields = {
        "schedule": "opps-addendum-b",
        "setting": "hospital outpatient",
        "quarter": quarter,
        "code": code,
        "status_indicator": "S1",
        "amount": "127.14",
    }
    return Rate.model_validate(fields | changes)


def kept(quarter=APRIL, **counts):
    fields = {"schedule": "opps-addendum-b", "setting": "hospital outpatient", "quarter": quarter}
    return KeptRates.model_validate(fields | dict.fromkeys(COUNTS, 0) | counts)


COUNTS = ("new", "changed", "unchanged", "not_named")
A_TABLE = (
    a_rate("A2001"),
    a_rate("Q9997", amount="4.531", status_indicator="K"),
    a_rate("A4100", amount=None),
)


@pytest.fixture
def tables(database):
    return RateStore(database)


async def test_a_table_that_is_loaded_twice_is_kept_once(tables):
    assert await tables.keep_rates(A_TABLE) == (kept(new=3),)

    assert await tables.keep_rates(A_TABLE) == (kept(unchanged=3),)
    assert await tables.rate_tables() == (
        RateTable(schedule="opps-addendum-b", setting="hospital outpatient", quarter=APRIL, codes=3),
    )


@pytest.mark.parametrize("change", [{"amount": "127.15"}, {"amount": None}, {"status_indicator": "N"}])
async def test_a_corrected_row_takes_the_place_of_what_it_was(tables, change):
    await tables.keep_rates(A_TABLE)

    assert await tables.keep_rates([a_rate(**change), *A_TABLE[1:]]) == (kept(changed=1, unchanged=2),)

    assert await tables.rates(["A2001"]) == (a_rate(**change),)


async def test_a_row_that_a_later_file_does_not_name_stays_and_is_counted(tables):
    await tables.keep_rates(A_TABLE)

    assert await tables.keep_rates(A_TABLE[:1]) == (kept(unchanged=1, not_named=2),)

    assert await tables.rates(["Q9997"]) == (A_TABLE[1],)


async def test_the_same_amount_with_another_zero_is_no_change(tables):
    await tables.keep_rates(A_TABLE)

    assert await tables.keep_rates([a_rate(amount="127.140")]) == (kept(unchanged=1, not_named=2),)


async def test_what_one_file_says_of_two_quarters_is_counted_for_each(tables):
    await tables.keep_rates(A_TABLE)

    answer = await tables.keep_rates([a_rate(amount="126"), a_rate(quarter=JULY), a_rate("A2002", JULY)])

    assert answer == (kept(changed=1, not_named=2), kept(JULY, new=2))


@pytest.mark.parametrize("amount", ["4.531", "0.0001", "127.1", "99999999.9999"])
async def test_an_amount_comes_back_as_it_was_printed(tables, amount):
    await tables.keep_rates([a_rate(amount=amount)])

    (found,) = await tables.rates(["A2001"])

    assert found.amount == Decimal(amount)
    assert isinstance(found.amount, Decimal)


async def test_a_code_without_an_amount_is_there_without_one(tables):
    await tables.keep_rates(A_TABLE)

    assert [rate.amount for rate in await tables.rates(["A4100"])] == [None]


@pytest.mark.parametrize(
    ("quarters", "found"),
    [
        (None, [("A2001", JULY), ("A2002", JULY), ("A2001", APRIL)]),
        ({JULY, APRIL}, [("A2001", JULY), ("A2002", JULY), ("A2001", APRIL)]),
        ({APRIL}, [("A2001", APRIL)]),
        (set(), []),
    ],
)
async def test_many_codes_are_looked_up_at_once_in_the_quarters_that_count(tables, quarters, found):
    await tables.keep_rates([a_rate(quarter=APRIL), a_rate(quarter=JULY), a_rate("A2002", JULY)])

    rates = await tables.rates(["A2001", "A2002", "A4100"], quarters)

    assert [(rate.code, rate.quarter) for rate in rates] == found


async def test_a_register_without_tables_knows_no_rates(tables):
    assert await tables.rates(["A2001"], {APRIL}) == ()
    assert await tables.rate_tables() == ()
