"""Faults of what people give, in our own words: one sentence for each kind of fault that pydantic finds.

No sentence repeats what was given: it may be a name, a number or a birth date.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

A_DAY = "a day looks like 2026-07-25"
AN_INSTANT = "an instant looks like 2026-07-25 16:20-04:00, with its offset from UTC"
A_NUMBER = "a number is needed"
A_WHOLE_NUMBER = "a whole number is needed"
A_FACT = "true or false, a number or a text is needed"
HALF_A_SIGN = "it holds half of a sign, which is no text"
TOLD = 20  # faults at once; a sheet of wrong lines is not read any further

_SENTENCES = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "none_required": "it must be left out",
    "string_type": "a text is needed, between quotation marks",
    "string_unicode": HALF_A_SIGN,
    "string_too_short": "it is empty",
    "string_too_long": "it is longer than {max_length} signs",
    "string_pattern_mismatch": "one line of text is needed, without control signs",
    "bool_type": "true or false is needed",
    "bool_parsing": "true or false is needed",
    "int_type": A_WHOLE_NUMBER,
    "int_parsing": A_WHOLE_NUMBER,
    "int_parsing_size": "the number is too large",
    "int_from_float": A_WHOLE_NUMBER,
    "float_type": A_NUMBER,
    "float_parsing": A_NUMBER,
    "decimal_type": A_NUMBER,
    "decimal_parsing": A_NUMBER,
    "finite_number": A_NUMBER,
    "greater_than": "more than {gt} is needed",
    "greater_than_equal": "at least {ge} is needed",
    "less_than": "less than {lt} is needed",
    "less_than_equal": "at most {le} is possible",
    "date_type": A_DAY,
    "date_parsing": A_DAY,
    "date_from_datetime_parsing": A_DAY,
    "date_from_datetime_inexact": A_DAY,
    "datetime_type": AN_INSTANT,
    "datetime_parsing": AN_INSTANT,
    "datetime_from_date_parsing": AN_INSTANT,
    "datetime_object_invalid": AN_INSTANT,
    "timezone_aware": AN_INSTANT,
    "enum": "one of these is needed: {expected}",
    "literal_error": "one of these is needed: {expected}",
    "dict_type": "fields between braces are needed",
    "model_type": "fields between braces are needed",
    "model_attributes_type": "fields between braces are needed",
    "tuple_type": "a list between brackets is needed",
    "list_type": "a list between brackets is needed",
    "too_short": "at least {min_length} is needed",
    "too_long": "at most {max_length} are possible",
}
_FORMS = {
    "place_of_service": "two digits are needed, for example 11",
    "tax_id": "nine digits are needed, for example 12-3456789",
    "state": "the two letters of a state are needed, for example FL",
    "sha256": "64 signs from 0 to 9 and a to f are needed",
}
"""By the field, where a text must have a form."""
_ELSE = "it has not the form that is needed"
_OF_A_FACT = {"bool", "int", "float", "str"}  # where pydantic says which kind of value it tried
_A_NAME = re.compile(r"[a-z_]{1,40}|sha256")


def faults(error: ValidationError) -> dict[str, str]:
    """Each fault as a sentence, by the place where it is, in their order."""
    found: dict[str, str] = {}
    for one in error.errors(include_input=False, include_url=False):
        where, said = _fault(one)
        found.setdefault(where, said)
    deeper = tuple(found)  # a list whose only item is wrong is not too short as well
    return {
        where: said for where, said in found.items() if not any(one.startswith(f"{where}.") for one in deeper)
    }


def together(found: Mapping[str, str]) -> str:
    """Faults by their places, as one line."""
    said = [f"{where}: {fault}" if where else fault for where, fault in found.items()]
    more = [f"and {len(said) - TOLD} more"] if len(said) > TOLD else []
    return "; ".join([*(one.rstrip(".") for one in said[:TOLD]), *more]) + "."


def place(parts: Iterable[int | str]) -> str:
    """Where a fault is; what somebody put in the place of a field's name is not repeated."""
    return ".".join(
        str(part) if isinstance(part, int) or _A_NAME.fullmatch(part) else "a field" for part in parts
    )


def _fault(one: Any) -> tuple[str, str]:
    kind, parts = one["type"], one["loc"]
    if kind == "value_error":
        said = one["msg"].removeprefix("Value error, ")
    elif parts and parts[-1] in _OF_A_FACT:
        parts, said = parts[:-1], A_FACT
    elif kind == "string_pattern_mismatch" and parts and parts[-1] in _FORMS:
        said = _FORMS[parts[-1]]
    else:
        said = _SENTENCES.get(kind, _ELSE).format(**one.get("ctx", {})).replace("'", "")
    return place(parts), said
