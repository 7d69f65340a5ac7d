"""A standing referral as it is asked for: to one specialist, for a condition that needs one for long."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from domain.terms.frozen import Frozen
from domain.terms.text import normal

Scope = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), BeforeValidator(normal)
]


class Condition(StrEnum):
    """For what it may be asked (ProcareMSO provider page). Which one it is stands in no letter."""

    DISABLING = "disabling"
    LIFE_THREATENING = "life_threatening"
    DEGENERATIVE = "degenerative"
    HIV_AIDS = "hiv_aids"
    PROLONGED_CARE = "prolonged_specialized_care"


class Standing(Frozen):
    """The condition, through which day it is asked for, and for what the specialist is to be seen."""

    condition: Condition
    through: date
    scope: Scope
