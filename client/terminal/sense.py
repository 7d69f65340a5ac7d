"""What pydantic takes and nobody means: a number as a day, a year that no paper has, `true` as units."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel

from config.wording import A_DAY, A_NUMBER, A_WHOLE_NUMBER, AN_INSTANT, HALF_A_SIGN, place

YEARS = range(1900, 2100)  # of whoever lives, and of whatever is decided about them
LARGEST = 10**12
_A_NUMBER = re.compile(r"\s*[-+]?\d+(\.\d*)?\s*")  # which pydantic would read as seconds since 1970
_HALF = re.compile("[\ud800-\udfff]")
_A_YEAR = re.compile(r"\s*(\d{4})-")


def nonsense(form: Any, given: Any, *parts: int | str) -> Iterator[tuple[str, str]]:
    """Each fault as place and sentence, by the types that `form` has there."""
    kinds = set(_kinds(form))
    if isinstance(given, Mapping | list | tuple):
        for kind in kinds:
            for name, within, one in _parts(kind, given):
                yield from nonsense(within, one, *parts, name)
    elif said := _why_not(kinds, given):
        yield place(parts), said


def _parts(kind: Any, given: Any) -> Iterator[tuple[int | str, Any, Any]]:
    """What stands in an object or a list, with its name or number and the type that it should have."""
    if isinstance(given, Mapping) and isinstance(kind, type) and issubclass(kind, BaseModel):
        for name in kind.model_fields.keys() & given.keys():
            yield name, kind.model_fields[name].annotation, given[name]
    elif isinstance(given, Mapping) and get_origin(kind) is dict:
        for name, one in given.items():
            yield name, str, name
            yield name, get_args(kind)[1], one
    elif isinstance(given, list | tuple) and get_origin(kind) is tuple:
        for number, one in enumerate(given):
            yield number, get_args(kind)[0], one


def _why_not(kinds: set[Any], given: object) -> str | None:
    if isinstance(given, str) and _HALF.search(given):
        return HALF_A_SIGN
    if kinds & {date, datetime}:
        if isinstance(given, int | float) or (isinstance(given, str) and _A_NUMBER.fullmatch(given)):
            return AN_INSTANT if datetime in kinds else A_DAY
        year = _year(given)
        return None if year is None or year in YEARS else "no year before 1900 or after 2099 can be meant"
    if isinstance(given, bool):
        if bool in kinds or not kinds & {int, Decimal}:
            return None
        return A_WHOLE_NUMBER if int in kinds else A_NUMBER
    if isinstance(given, int | float) and not abs(given) <= LARGEST:
        return "the number is too large"
    return None


def _year(given: object) -> int | None:
    if isinstance(given, date):
        return given.year
    said = _A_YEAR.match(given) if isinstance(given, str) else None
    return int(said[1]) if said else None


def _kinds(form: Any) -> Iterator[Any]:
    """The types among which a value is, without what else is said of them."""
    if get_origin(form) is Annotated:
        yield from _kinds(get_args(form)[0])
    elif get_origin(form) in {Union, UnionType}:
        for one in get_args(form):
            yield from _kinds(one)
    else:
        yield datetime if form is AwareDatetime else form
