"""What Original Medicare would have paid: exact cents, and a sentence wherever it is unknown."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.rates import pricing
from domain.rates.pricing import PaidLine, Reference, Sequestration
from domain.rates.rates import Rate, RateSchedule, RateTable
from domain.rates.rates_beside import Beside
from domain.terms.money import BEYOND, cents
from tests.builders import pack

FIELDS = {"in_force_from": date(2025, 1, 1), "source": "a table of our own", "standing": "assumed"}
SCHEDULE = RateSchedule(
    **FIELDS,
    id="outpatient",
    title="The outpatient table",
    setting="hospital outpatient",
    facility_codes=("13",),
    months=3,
    paid_separately=("K", "S"),
    paid_by_claim=("J1", "Q1"),
    leaves_out="the wage index of the locality",
)
SEQUESTRATION = Sequestration(**FIELDS, percent=2)
TABLE = RateTable(schedule="outpatient", setting="hospital outpatient", quarter="2026-04", codes=1)
RATE = Rate(
    schedule="outpatient",
    setting="hospital outpatient",
    quarter="2026-04",
    code="A2001",
    status_indicator="S",
    amount="127.14",
)
LINE = PaidLine(
    code="A2001", units=2, bill_type="131", day=date(2026, 5, 4), cost_share="50.86", paid="180.00"
)


def referred(line=LINE, *, rate=RATE, schedules=(SCHEDULE,), cuts=(SEQUESTRATION,), tables=(TABLE,)):
    rates = [rate] if rate else []
    return pricing.reference(line, schedules=schedules, sequestrations=cuts, tables=tables, rates=rates)


def a_line(**changes):
    return PaidLine.model_validate(LINE.model_dump() | changes)


def a_rate(**changes):
    return Rate.model_validate(RATE.model_dump() | changes)


# What it comes to


@pytest.mark.parametrize(
    ("rate", "units", "cost_share", "paid", "priced"),
    [
        # (254.28 - 50.86) x 0.98 = 199.3516
        ("127.14", "2", "50.86", "180.00", ("199.35", "19.35")),
        # the plan paid more: (127.14 - 25.43) x 0.98 = 99.6758
        ("127.14", "1", "25.43", "110.00", ("99.68", "-10.32")),
        # paid what would have been: 100 x 0.98
        ("100", "1", "0", "98.00", ("98.00", "0.00")),
        # half a cent goes up: 0.25 x 0.98 = 0.245, 0.75 x 0.98 = 0.735
        ("0.25", "1", "0", "0", ("0.25", "0.25")),
        ("0.75", "1", "0", "0", ("0.74", "0.74")),
        # just under and just over half a cent: 0.2448 x 0.98 = 0.239904, 0.2552 x 0.98 = 0.250096
        ("0.2448", "1", "0", "0", ("0.24", "0.24")),
        ("0.2552", "1", "0", "0", ("0.25", "0.25")),
        # a rate finer than a cent is rounded once, at the end: (13.593 - 2.72) x 0.98 = 10.65554;
        # with 13.59 allowed it would have been 10.6526
        ("4.531", "3", "2.72", "0", ("10.66", "10.66")),
        # part of a unit: (190.71 - 50.86) x 0.98 = 137.053
        ("127.14", "1.5", "50.86", "0", ("137.05", "137.05")),
        # the member's cost share is all of it, or more: known, and nothing was left to pay
        ("127.14", "1", "127.14", "0", ("0.00", "0.00")),
        ("127.14", "1", "127.15", "20.00", ("0.00", "-20.00")),
    ],
)
def test_a_line_is_priced_to_the_cent(rate, units, cost_share, paid, priced):
    found = referred(a_line(units=units, cost_share=cost_share, paid=paid), rate=a_rate(amount=rate)).priced

    assert (str(found.would_have_paid), str(found.difference)) == priced
    assert found.allowed == Decimal(rate) * Decimal(units)


def test_the_formula_can_be_worked_out_again_from_its_own_numbers():
    assert referred().sentence == (
        "127.14 x 2 units = 254.28 allowed; (254.28 - 50.86 cost share) x 0.98 after sequestration of 2 % = "
        "199.35; the plan paid 180.00, which is 19.35 less. "
        "A reference, never the amount owed: The outpatient table for hospital outpatient, quarter 2026-04, "
        "is a national table and leaves out the wage index of the locality."
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"paid": "210.00"}, "which is 10.65 more"),
        ({"paid": "199.35"}, "which is the same"),
        ({"units": 1, "cost_share": "127.14"}, "; (127.14 - 127.14 cost share) x 0.98"),
        ({"units": 1, "cost_share": "130"}, "cost share of 130.00 is more than that, so 0.00 x 0.98"),
    ],
)
def test_the_formula_says_which_way_the_difference_lies(line, said):
    assert said in referred(a_line(**line)).sentence


def test_an_amount_has_its_cents_and_what_is_finer_than_a_cent_where_there_is_any():
    said = [pricing.figures(Decimal(amount)) for amount in ("12", "12.5", "12.50", "12.345", "12.3450")]
    assert said == ["12.00", "12.50", "12.50", "12.345", "12.345"]


@pytest.mark.parametrize("bill_type", ["13", "131", "0131", "137"])
def test_a_bill_type_is_known_however_it_is_written(bill_type):
    assert referred(a_line(bill_type=bill_type)).priced


@pytest.mark.parametrize(("units", "is_known"), [(BEYOND - 1, True), (BEYOND, False)])
def test_what_comes_to_more_than_a_claim_can_hold_is_unknown(units, is_known):
    assert bool(referred(a_line(units=units), rate=a_rate(amount="1")).priced) is is_known


def test_what_gives_way_to_others_is_all_that_is_paid_or_less_and_never_what_is_not():
    every = dict.fromkeys([*SCHEDULE.paid_separately, *SCHEDULE.paid_by_claim], ("J1",))
    said = SCHEDULE.model_dump() | {"paid_unless_beside": every}
    assert RateSchedule.model_validate(said).paid_unless_beside == every
    with pytest.raises(ValidationError, match="a status indicator of paid_unless_beside is paid"):
        RateSchedule.model_validate(said | {"paid_unless_beside": every | {"N": ("J1",)}})


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 6, 30)])
def test_a_table_prices_the_first_and_the_last_day_of_its_quarter(day):
    assert referred(a_line(day=day)).priced


def test_the_last_quarter_of_a_year_ends_with_it():
    assert SCHEDULE.days_of("2026-10") == (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "percent"), [(date(2026, 5, 31), 2), (date(2026, 6, 1), 3), (date(2026, 6, 2), 3)]
)
def test_the_percent_is_that_of_the_day_of_service(day, percent):
    later = Sequestration.model_validate(
        SEQUESTRATION.model_dump() | {"percent": 3, "in_force_from": date(2026, 6, 1)}
    )

    priced = referred(a_line(day=day), cuts=(later, SEQUESTRATION)).priced

    assert priced.sequestration_percent == percent


# What is unknown

UNKNOWN = {
    "no day": (a_line(day=None), {}, "the line names no date of service"),
    "before every schedule": (
        a_line(day=date(2024, 12, 31)),
        {},
        "the policy pack names no rate schedule for that date of service",
    ),
    "a doctor's office": (
        a_line(bill_type="11"),
        {},
        "The outpatient table prices hospital outpatient lines only (bill type 13x), and this line's is another",
    ),
    "no bill type": (
        a_line(bill_type=None),
        {},
        "The outpatient table prices hospital outpatient lines only (bill type 13x), and this line's is not known",
    ),
    "no table": (LINE, {"tables": (), "rate": None}, "no table of The outpatient table is loaded"),
    "the day before the quarter": (
        a_line(day=date(2026, 3, 31)),
        {},
        "the date of service lies outside the quarters of The outpatient table that are loaded (2026-04)",
    ),
    "the day after the quarter": (
        a_line(day=date(2026, 7, 1)),
        {},
        "the date of service lies outside the quarters of The outpatient table that are loaded (2026-04)",
    ),
    "another code": (a_line(code="99213"), {}, "the code is not in The outpatient table, quarter 2026-04"),
    "a rate of another quarter": (
        LINE,
        {"rate": a_rate(quarter="2026-01")},
        "the code is not in The outpatient table, quarter 2026-04",
    ),
    "packaged": (
        LINE,
        {"rate": a_rate(status_indicator="N", amount=None)},
        "The outpatient table, quarter 2026-04 does not pay separately for status indicator N",
    ),
    "packaged with the claim": (
        LINE,
        {"rate": a_rate(status_indicator="Q1")},
        "what The outpatient table, quarter 2026-04 pays for status indicator Q1 depends on the rest of the claim",
    ),
    "no rate": (
        LINE,
        {"rate": a_rate(amount=None)},
        "The outpatient table, quarter 2026-04 prints no rate for the code (status indicator S)",
    ),
    "no cost share": (a_line(cost_share=None), {}, "the member's cost share is not known"),
    "a reversal": (a_line(paid="-180.00"), {}, "the amounts are below zero, as in a reversal"),
    "a cost share taken back": (
        a_line(cost_share="-1"),
        {},
        "the amounts are below zero, as in a reversal",
    ),
    "no units": (a_line(units=0), {}, "the line names no units"),
    "more than a claim can hold": (
        a_line(units="999999999999"),
        {},
        "the units come to more than a claim can hold",
    ),
    "no percent": (
        LINE,
        {"cuts": ()},
        "the policy pack has no sequestration percent for that date of service",
    ),
}


@pytest.mark.parametrize(("line", "world", "because"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_unknown_says_why_and_has_no_number(line, world, because):
    answer = referred(line, **world)

    assert answer.priced is None
    assert answer.sentence == f"What Original Medicare would have paid is unknown: {because}."


def test_a_reference_is_known_or_says_why_not():
    with pytest.raises(ValidationError):
        Reference()
    with pytest.raises(ValidationError):
        Reference(priced=referred().priced, unknown_because="both")


AMOUNTS = st.decimals(min_value=-50, max_value=400, places=2)
LINES = st.builds(
    PaidLine,
    code=st.sampled_from(["A2001", "a2001 ", "99213", ""]),
    units=st.decimals(min_value=-1, max_value=12, places=1),
    bill_type=st.sampled_from([None, "", "1", "13", "131", "0131", "22", "851"]),
    day=st.none() | st.dates(date(2024, 12, 1), date(2026, 12, 31)),
    cost_share=st.none() | AMOUNTS,
    paid=AMOUNTS,
)
RATES = st.none() | st.builds(
    a_rate,
    status_indicator=st.sampled_from(["S", "K", "N", "Q1"]),
    amount=st.none() | st.decimals(min_value="0.0001", max_value=5000, places=4),
)


@given(LINES, RATES, st.booleans())
def test_whatever_is_asked_unknown_never_yields_a_number_and_known_adds_up(line, rate, is_loaded):
    answer = referred(line, rate=rate, tables=(TABLE,) if is_loaded else ())

    if answer.priced is None:
        assert answer.unknown_because
        assert set(answer.model_dump(exclude_none=True)) == {"unknown_because"}
    else:
        priced = answer.priced
        left = max(rate.amount * line.units - line.cost_share, 0)
        assert is_loaded
        assert rate.status_indicator in SCHEDULE.paid_separately
        assert priced.would_have_paid == cents(left * Decimal("0.98")) >= 0
        assert priced.difference == priced.would_have_paid - line.paid
        assert "never the amount owed" in answer.sentence


@given(LINES, RATES)
def test_a_reference_reads_the_same_after_a_journey(line, rate):
    answer = referred(line, rate=rate)

    assert Reference.model_validate_json(answer.model_dump_json()).sentence == answer.sentence


# The pack's own rows


def test_the_pack_prices_hospital_outpatient_lines_after_two_percent():
    """42 CFR 422.214; practice: the plan owes (allowed less the member's cost share) x 0.98."""
    rate = a_rate(schedule="opps-addendum-b")
    table = TABLE.model_copy(update={"schedule": "opps-addendum-b"})

    answer = referred(rate=rate, tables=(table,), schedules=pack().rate_schedule, cuts=pack().sequestration)

    assert str(answer.priced.would_have_paid) == "199.35"
    assert answer.priced.schedule == "OPPS Addendum B"


# What depends on the rest of the claim

BY_CLAIM = SCHEDULE.model_copy(
    update={
        "paid_by_claim": ("J1", "J2", "Q1"),
        "paid_unless_beside": {"J2": ("J1", "G0378", "PO"), "S": ("J1",)},
    }
)
CLAIM = {"G0463": "J2", "A2001": "S", "C1789": "N", "33208": "J1", "G0378": "N"}


def of_a_claim(indicator, *services):
    """A line of this indicator on a claim of these services, each of which the table knows but 99213."""
    code = next(code for code, one in CLAIM.items() if one == indicator)
    known = [a_rate(code=one, status_indicator=said) for one, said in CLAIM.items()]
    return pricing.reference(
        a_line(code=code),
        schedules=(BY_CLAIM,),
        sequestrations=(SEQUESTRATION,),
        tables=(TABLE,),
        rates=known,
        beside=Beside(services, known) if services else None,
    )


@pytest.mark.parametrize(
    "services", [["G0463"], ["g0463 25"], ["G0463", "G0463 25", "A2001"], ["G0463", "C1789"]]
)
def test_a_line_that_depends_on_its_claim_is_priced_where_the_claim_shows_that_nothing_else_applies(services):
    answer = of_a_claim("J2", *services)

    assert str(answer.priced.would_have_paid) == "199.35"
    assert answer.sentence.startswith(
        "Status indicator J2 is paid by itself here: no line of the claim has J1, G0378, PO. 127.14 x 2 units"
    )


@pytest.mark.parametrize(
    ("indicator", "services", "because"),
    [
        ("J2", [], "depends on the rest of the claim."),
        ("J2", ["G0463", "33208"], "depends on the rest of the claim, which has J1."),
        ("J2", ["G0463", "G0378"], "depends on the rest of the claim, which has G0378."),
        ("J2", ["G0463 PO"], "depends on the rest of the claim, which has PO."),
        ("J2", ["G0463", "99213"], "depends on the rest of the claim, and its 99213 is not in that table."),
        ("J1", ["33208"], "depends on the rest of the claim."),  # no row says what it gives way to
        ("S", ["A2001", "33208"], "depends on the rest of the claim, which has J1."),
    ],
)
def test_otherwise_it_is_unknown_with_what_stands_in_the_way(indicator, services, because):
    answer = of_a_claim(indicator, *services)

    assert answer.priced is None
    assert answer.sentence.endswith(because)


@pytest.mark.parametrize("services", [[], ["A2001"], ["A2001", "99213"]])
def test_a_line_that_is_paid_by_itself_needs_no_proof(services):
    assert str(of_a_claim("S", *services).priced.would_have_paid) == "199.35"


def test_a_line_of_a_claim_that_was_adjusted_as_a_whole_is_compared_with_nothing():
    answer = referred(a_line(shares_an_adjustment=True))

    assert answer.unknown_because == (
        "the claim as a whole was adjusted, so what this line was paid is not known"
    )
