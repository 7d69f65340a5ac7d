"""Reading a rate table as it is published in CSV: every row is checked before one is kept."""

import csv
from collections.abc import Iterator
from io import StringIO

from pydantic import ValidationError

from domain.rates.rates import MONTHS_OF_A_YEAR, Rate, RateSchedule
from domain.terms.refusals import Misuse

COLUMNS = {
    "HCPCSCode": "code",
    "StatusIndicator": "status_indicator",
    "PaymentRate": "amount",
    "Source": "quarter",
}
RULES = {
    "HCPCSCode": "a CPT or HCPCS code looks like 72148 or E0250",
    "StatusIndicator": "a status indicator is a capital letter, some with a digit after it",
    "PaymentRate": "an amount is above zero, such as 127.14 or 4.531, or nothing stands there",
    "Source": "a quarter looks like 2026-04",
}


def read_rates(text: str, schedule: RateSchedule) -> tuple[Rate, ...]:
    """The rates in the text of a file, whose header is row 1.

    Raises Misuse with the first fault: `row N, field: rule`.
    """
    seen: dict[tuple[str, str], int] = {}
    rates = []
    for number, cells in _rows(text):
        rate = _rate(number, cells, schedule)
        before = seen.setdefault((rate.quarter, rate.code), number)
        if before != number:
            raise _fault(number, "HCPCSCode", f"row {before} has this code for the same quarter")
        rates.append(rate)
    if not rates:
        raise _fault(1, "header", "no rates come after it")
    return tuple(rates)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows after the header by their number in the file; empty ones are left out."""
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    number = 1
    try:
        if [cell.strip() for cell in next(rows, [])] != list(COLUMNS):
            raise _fault(1, "header", f"the columns are {', '.join(COLUMNS)}")
        for number, cells in enumerate(rows, start=2):
            if any(cells):
                yield number, cells
    except csv.Error:
        raise _fault(number + 1, "the row", "it is not CSV") from None


def _rate(number: int, cells: list[str], schedule: RateSchedule) -> Rate:
    if len(cells) != len(COLUMNS):
        raise _fault(number, "the row", f"it has {len(COLUMNS)} columns")
    fields = dict(zip(COLUMNS.values(), (cell.strip() for cell in cells), strict=True))
    try:
        rate = Rate.model_validate(
            fields
            | {"amount": fields["amount"] or None, "schedule": schedule.id, "setting": schedule.setting}
        )
    except ValidationError as error:
        wrong = {fault["loc"][0] for fault in error.errors(include_input=False, include_url=False)}
        column = next(column for column, field in COLUMNS.items() if field in wrong)
        raise _fault(number, column, RULES[column]) from None
    if not schedule.begins_a_quarter(rate.quarter):
        months = ", ".join(f"{month:02}" for month in range(1, MONTHS_OF_A_YEAR + 1, schedule.months))
        raise _fault(number, "Source", f"a quarter of {schedule.title} begins in month {months}")
    return rate


def _fault(number: int, field: str, rule: str) -> Misuse:
    return Misuse(f"row {number}, {field}: {rule}.")
