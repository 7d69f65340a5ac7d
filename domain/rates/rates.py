"""Rate tables: what Original Medicare pays for a code in a setting, quarter by quarter, and whose table says so."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.terms.codes import ServiceCode
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse
from domain.terms.sourced import Sourced

MONTHS_OF_A_YEAR = 12

Quarter = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""A quarter by its first month: 2026-04 is April to June."""

FacilityCode = Annotated[str, Field(pattern=r"^[0-9]{2}$")]
"""The first two digits of a bill type, without its leading zero: 13 is hospital outpatient."""

StatusIndicator = Annotated[str, Field(pattern=r"^[A-Z][0-9]?$")]
Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=4)]


class Rate(Frozen):
    """What a table says of one code. `amount` is US dollars for one unit, finer than a cent for drugs; None where
    the table prints none.
    """

    schedule: str
    setting: str
    quarter: Quarter
    code: ServiceCode
    status_indicator: StatusIndicator
    amount: Amount | None


class RateTable(Frozen):
    """One quarter of a schedule that was loaded, and how many codes it has."""

    schedule: str
    setting: str
    quarter: Quarter
    codes: int


class KeptRates(Frozen):
    """What became of one quarter's rows when they were loaded. Those `not_named` stood there before and stay."""

    schedule: str
    setting: str
    quarter: Quarter
    new: int
    changed: int
    unchanged: int
    not_named: int


class RateSchedule(Sourced):
    """A table of Original Medicare that is published each so many months, and the lines that it prices.

    `paid_separately` and `paid_by_claim` are status indicators: a line of the first kind is paid by itself, one of
    the second as the rest of its claim decides. `paid_unless_beside` names, for an indicator, the indicators, codes
    and modifiers that decide it: a line of the second kind is paid by itself where its claim is known and has none.
    `leaves_out` says what the table alone cannot know.
    """

    id: str
    title: str
    setting: str
    facility_codes: tuple[FacilityCode, ...] = Field(min_length=1)
    months: int = Field(gt=0, le=MONTHS_OF_A_YEAR)
    paid_separately: tuple[StatusIndicator, ...] = Field(min_length=1)
    paid_by_claim: tuple[StatusIndicator, ...] = ()
    paid_unless_beside: dict[StatusIndicator, tuple[str, ...]] = {}
    leaves_out: str

    @model_validator(mode="after")
    def _what_gives_way_is_paid(self) -> Self:
        if not set(self.paid_unless_beside) <= {*self.paid_separately, *self.paid_by_claim}:
            raise ValueError("a status indicator of paid_unless_beside is paid, separately or by claim")
        return self

    @model_validator(mode="after")
    def _a_line_is_paid_one_way(self) -> Self:
        if set(self.paid_separately) & set(self.paid_by_claim):
            raise ValueError("a status indicator is in paid_separately or in paid_by_claim, not in both")
        return self

    @model_validator(mode="after")
    def _quarters_fill_the_year(self) -> Self:
        if MONTHS_OF_A_YEAR % self.months:
            raise ValueError("months divides the year")
        return self

    def prices(self, bill_type: str) -> bool:
        """Whether lines of this bill type are its own: 13, 131 and 0131 are one facility."""
        bare = bill_type[1:] if len(bill_type) == len("0131") else bill_type
        return bare[:2] in self.facility_codes

    @property
    def prices_only(self) -> str:
        bill_types = " or ".join(f"{code}x" for code in self.facility_codes)
        return f"{self.title} prices {self.setting} lines only (bill type {bill_types})"

    def how_it_pays(self, status_indicator: str) -> str:
        """What the status indicator means for a line, in words."""
        if status_indicator in self.paid_by_claim:
            return "what it pays depends on the rest of the claim"
        return "paid by itself" if status_indicator in self.paid_separately else "not paid by itself"

    def begins_a_quarter(self, quarter: str) -> bool:
        """Whether the schedule is published for that month."""
        return (int(quarter[5:]) - 1) % self.months == 0

    def days_of(self, quarter: str) -> tuple[date, date]:
        """The first and the last day of service that a quarter's table prices."""
        year, month = int(quarter[:4]), int(quarter[5:])
        months = year * MONTHS_OF_A_YEAR + month - 1 + self.months
        after = date(months // MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR + 1, 1)
        return date(year, month, 1), after - timedelta(days=1)

    def covers(self, quarter: str, day: date) -> bool:
        first, last = self.days_of(quarter)
        return first <= day <= last


def schedule_named(schedules: Sequence[RateSchedule], schedule: str) -> RateSchedule:
    """The row of that id. Raises Misuse that lists the ids there are."""
    for row in schedules:
        if row.id == schedule:
            return row
    known = ", ".join(row.id for row in schedules) or "none"
    raise Misuse(f"schedule: no rate schedule has this id; the pack knows {known}.")
