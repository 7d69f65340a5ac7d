"""What Original Medicare would have paid for one line: a reference for the analyst, never the amount owed.

A plan owes a non-contract provider what Original Medicare would have paid (42 CFR 422.214): what the table allows
less the member's cost share, after sequestration. A table prices the lines of its own setting and quarter only.
What cannot be known is unknown, with the reason; it is never zero.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.rates.rates import Rate, RateSchedule, RateTable
from domain.rates.rates_beside import Beside, Unknown, why_alone
from domain.terms.frozen import Frozen
from domain.terms.money import BEYOND, Money, cents
from domain.terms.sourced import Sourced

WHOLE = Decimal(100)
ZERO = Decimal(0)


class Sequestration(Sourced):
    """The percent by which payments of Original Medicare are cut, for services from `in_force_from` on."""

    percent: Annotated[Decimal, Field(gt=0, lt=WHOLE)]


class PaidLine(Frozen):
    """One line as the plan paid it. `bill_type` is the facility code (13) or the whole bill type (131)."""

    code: str
    units: Decimal
    bill_type: str | None
    day: date | None
    cost_share: Money | None
    paid: Money
    shares_an_adjustment: bool = False  # the claim as a whole was adjusted beside its lines


class Priced(Frozen):
    """What the table comes to. `allowed` is as fine as the rate; it is rounded once, in `would_have_paid`.

    `difference` is what would have been paid less what was: below zero where the plan paid more.
    """

    schedule: str
    setting: str
    quarter: str
    code: str
    status_indicator: str
    unit_rate: Decimal
    units: Decimal
    allowed: Decimal
    cost_share: Money
    sequestration_percent: Decimal
    would_have_paid: Money
    paid: Money
    difference: Money
    leaves_out: str
    alone_because: str = (
        ""  # how the claim shows that the line is paid by itself, where its indicator leaves it open
    )

    @property
    def formula(self) -> str:
        """How the numbers come together, in words."""
        allowed, left = figures(self.allowed), left_after(self.sequestration_percent)
        alone = f"{self.alone_because}. " if self.alone_because else ""
        return (
            f"{alone}{figures(self.unit_rate)} x {_counted(self.units)} = {allowed} allowed; {self._left_to_pay} x "
            f"{_plain(left)} after sequestration of {_plain(self.sequestration_percent)} % = "
            f"{self.would_have_paid}; the plan paid {self.paid}, {self._compared}."
        )

    @property
    def _left_to_pay(self) -> str:
        if self.cost_share > self.allowed:
            return f"the member's cost share of {self.cost_share} is more than that, so 0.00"
        return f"({figures(self.allowed)} - {self.cost_share} cost share)"

    @property
    def _compared(self) -> str:
        if self.difference == 0:
            return "which is the same"
        return f"which is {abs(self.difference)} {'less' if self.difference > 0 else 'more'}"

    @property
    def caveat(self) -> str:
        """Whose table it is, and why the result is no more than a reference."""
        return (
            f"A reference, never the amount owed: {self.schedule} for {self.setting}, quarter {self.quarter}, "
            f"is a national table and leaves out {self.leaves_out}."
        )


class Reference(Frozen):
    """What Original Medicare would have paid, or the sentence that says why it is unknown."""

    priced: Priced | None = None
    unknown_because: str | None = None

    @model_validator(mode="after")
    def _known_or_why_not(self) -> Self:
        if (self.priced is None) == (not self.unknown_because):
            raise ValueError("a reference is priced, or it says why it is unknown")
        return self

    @property
    def sentence(self) -> str:
        """The formula with its numbers and what it leaves out, or why there is none."""
        if self.priced is None:
            return f"What Original Medicare would have paid is unknown: {self.unknown_because}."
        return f"{self.priced.formula} {self.priced.caveat}"


def reference(
    line: PaidLine,
    *,
    schedules: Sequence[RateSchedule],
    sequestrations: Sequence[Sequestration],
    tables: Sequence[RateTable],
    rates: Sequence[Rate],
    beside: Beside | None = None,
) -> Reference:
    """What Original Medicare would have paid for the line, by the tables that were loaded and the code's rates.

    `beside` is the whole claim, where its services are known.
    """
    try:
        schedule = _schedule_for(line, schedules)
        table = _table_for(line, schedule, tables)
        rate = _rate_for(line, schedule, table, rates)
        alone = why_alone(rate, schedule, table, beside)
        priced = _priced(line, schedule, rate, _sequestration_for(line, sequestrations))
        return Reference(priced=priced.model_copy(update={"alone_because": alone}))
    except Unknown as unknown:
        return Reference(unknown_because=str(unknown))


# What is known of the line


def _day_of(line: PaidLine) -> date:
    if line.day is None:
        raise Unknown("the line names no date of service")
    return line.day


def _schedule_for(line: PaidLine, schedules: Sequence[RateSchedule]) -> RateSchedule:
    """A table prices the lines of its own bill types; each of the others would be another table."""
    in_force = [row for row in schedules if row.has_begun(_day_of(line))]
    if not in_force:
        raise Unknown("the policy pack names no rate schedule for that date of service")
    found = next((row for row in in_force if line.bill_type and row.prices(line.bill_type)), None)
    if found is None:
        this_line = "this line's is another" if line.bill_type else "this line's is not known"
        raise Unknown(f"{', and '.join(row.prices_only for row in in_force)}, and {this_line}")
    return found


def _table_for(line: PaidLine, schedule: RateSchedule, tables: Sequence[RateTable]) -> RateTable:
    """The table of the quarter in which the service was given."""
    loaded = sorted((table for table in tables if table.schedule == schedule.id), key=lambda one: one.quarter)
    if not loaded:
        raise Unknown(f"no table of {schedule.title} is loaded")
    found = next((table for table in loaded if schedule.covers(table.quarter, _day_of(line))), None)
    if found is None:
        quarters = ", ".join(table.quarter for table in loaded)
        raise Unknown(
            f"the date of service lies outside the quarters of {schedule.title} that are loaded ({quarters})"
        )
    return found


def _rate_for(line: PaidLine, schedule: RateSchedule, table: RateTable, rates: Sequence[Rate]) -> Rate:
    """The code's row, where it has one that may be paid by itself and has an amount."""
    place = (table.schedule, table.quarter, line.code.strip().upper())
    rate = next((rate for rate in rates if (rate.schedule, rate.quarter, rate.code) == place), None)
    where = f"{schedule.title}, quarter {table.quarter}"
    if rate is None:
        raise Unknown(f"the code is not in {where}")
    indicator = f"status indicator {rate.status_indicator}"
    if rate.status_indicator not in (*schedule.paid_separately, *schedule.paid_by_claim):
        raise Unknown(f"{where} does not pay separately for {indicator}")
    if rate.amount is None:
        raise Unknown(f"{where} prints no rate for the code ({indicator})")
    return rate


def _sequestration_for(line: PaidLine, sequestrations: Sequence[Sequestration]) -> Sequestration:
    """The newest row that had begun on the day of service."""
    begun = [row for row in sequestrations if row.has_begun(_day_of(line))]
    if not begun:
        raise Unknown("the policy pack has no sequestration percent for that date of service")
    return max(begun, key=lambda row: row.in_force_from)


# What it comes to


def _priced(line: PaidLine, schedule: RateSchedule, rate: Rate, cut: Sequestration) -> Priced:
    """(allowed less the member's cost share) after sequestration, rounded once, half a cent up."""
    cost_share, unit_rate = line.cost_share, rate.amount
    if line.shares_an_adjustment:
        raise Unknown("the claim as a whole was adjusted, so what this line was paid is not known")
    if cost_share is None:
        raise Unknown("the member's cost share is not known")
    if cost_share < 0 or line.paid < 0:
        raise Unknown("the amounts are below zero, as in a reversal")
    if line.units <= 0:
        raise Unknown("the line names no units")
    assert unit_rate is not None
    allowed = unit_rate * line.units
    if allowed >= BEYOND:
        raise Unknown("the units come to more than a claim can hold")
    would_have_paid = cents(max(allowed - cost_share, ZERO) * left_after(cut.percent))
    return Priced(
        schedule=schedule.title,
        setting=rate.setting,
        quarter=rate.quarter,
        code=rate.code,
        status_indicator=rate.status_indicator,
        unit_rate=unit_rate,
        units=line.units,
        allowed=allowed,
        cost_share=cost_share,
        sequestration_percent=cut.percent,
        would_have_paid=would_have_paid,
        paid=line.paid,
        difference=would_have_paid - line.paid,
        leaves_out=schedule.leaves_out,
    )


def left_after(percent: Decimal) -> Decimal:
    """The share of a payment that sequestration leaves: 0.98 after 2 percent."""
    return 1 - percent / WHOLE


def figures(amount: Decimal) -> str:
    """An amount with its cents, and with what is finer than a cent where there is any."""
    rounded = cents(amount)
    return f"{rounded:f}" if rounded == amount else _plain(amount)


def _counted(units: Decimal) -> str:
    return f"{_plain(units)} unit{'' if units == 1 else 's'}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
