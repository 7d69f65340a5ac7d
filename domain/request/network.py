"""What the directory knows of the United States: how far a product covers services there, and who gives them."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.request.visit import Place
from domain.terms.frozen import Frozen
from domain.terms.money import Money


class UsScope(StrEnum):
    """How far a product covers services in the United States (MCS, Services in the United States)."""

    EMERGENCIES = "emergencies"
    UNAVAILABLE = "unavailable_services"  # and emergencies: what Puerto Rico does not offer
    ADDITIONAL = "additional_services"  # and what Puerto Rico offers too


class Coinsurance(Frozen):
    """What the member pays when the service is received: a part of the charge, or an amount for each visit."""

    percent: Annotated[Decimal, Field(ge=0, le=100)] | None = None
    amount: Money | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a coinsurance is a percent or an amount, one of the two")
        return self


class UsBenefit(Frozen):
    """A member's benefit in the United States; without a coinsurance the member's own policy says what it is."""

    scope: UsScope
    coinsurance: Coinsurance | None = None


class NetworkProvider(Frozen):
    """A provider of the network that applies in a place; without `services` it gives them all.

    In the network from `since` through `through`, both inclusive.
    """

    npi: str
    name: str
    network: str
    place: Place
    services: tuple[str, ...] = ()
    since: date
    through: date | None = None
    telephone: str
    fax: str
    address: str

    def gives(self, service: str, place: Place, day: date) -> bool:
        """Does it give this service in that place on that day, as one of the network?"""
        in_network = self.since <= day and (self.through is None or day <= self.through)
        return in_network and self.place.is_at(place) and (not self.services or service in self.services)
