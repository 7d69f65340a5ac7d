"""Money: dollars kept exactly to the cent, a Decimal and never a float. JSON writes it as text."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

CENT = Decimal("0.01")
BEYOND = Decimal("1e10")  # more than any claim comes to: an X12 amount has ten digits, cents included


def cents(amount: Decimal) -> Decimal:
    """The amount to the cent; half a cent goes away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP) + 0  # a negative zero becomes zero


def _exact(written: object) -> object:
    if isinstance(written, (float, bool)):
        raise ValueError('write an amount as text, for example "12.10"')  # noqa: TRY004 - pydantic reads it
    return written


def _to_the_cent(amount: Decimal) -> Decimal:
    if cents(amount) != amount:
        raise ValueError("an amount of money has at most two decimals")
    return cents(amount)


Money = Annotated[
    Decimal,
    Field(gt=-BEYOND, lt=BEYOND, allow_inf_nan=False),
    BeforeValidator(_exact),
    AfterValidator(_to_the_cent),
]
