"""Coded values of the field as types. A good form is not existence: tables and people decide that.

CPT descriptors belong to the AMA; codes are kept here, never descriptors.
"""

import re
from typing import Annotated

from pydantic import AfterValidator

from domain.terms.text import normal


def _matching(name: str, pattern: str, example: str) -> AfterValidator:
    compiled = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        code = normal(value).strip().upper()
        if not compiled.fullmatch(code):
            raise ValueError(f"it is not a well-formed {name}, for example {example}")
        return code

    return AfterValidator(check)


ICD10 = Annotated[
    str,
    # letter, digit, digit or A or B (C7A, M1A), then up to four more after an optional dot
    _matching("ICD-10-CM diagnosis code", r"[A-Z]\d[0-9AB](\.?[0-9A-Z]{1,4})?", "M54.16"),
]

ServiceCode = Annotated[
    str,
    # CPT I (72148), II (0001F) and III (0042T), HCPCS Level II (E0250)
    _matching("CPT or HCPCS service code", r"\d{5}|\d{4}[FTU]|[A-V]\d{4}", "72148 or E0250"),
]

NPI = Annotated[
    str,
    # ten digits; a failing check digit is a warning, because published files carry such numbers
    _matching("National Provider Identifier", r"\d{10}", "1234567893"),
]


MBI = Annotated[
    str,
    # eleven signs without a check digit, and without the letters S, L, O, I, B and Z
    _matching(
        "Medicare Beneficiary Identifier",
        r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d{2}",
        "1EG4TE5MK73",
    ),
]


def npi_check_digit_is_right(npi: str) -> bool:
    """The Luhn check over 80840 and the NPI (CMS, NPI check digit)."""
    digits = [int(digit) for digit in "80840" + npi]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def normal_icd10(code: str) -> str:
    """The code with its dot, as the tables print it."""
    bare = code.replace(".", "")
    return bare if len(bare) <= 3 else f"{bare[:3]}.{bare[3:]}"  # noqa: PLR2004 - the dot follows the category
