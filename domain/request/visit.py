"""Where in the mainland United States a service is to be received: what makes a request a referral."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from domain.terms.frozen import Frozen
from domain.terms.text import normal

City = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^\P{Cc}+$"),
    BeforeValidator(normal),
]
State = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")]


class Place(Frozen):
    """A city of the United States, by its state's two letters."""

    city: City
    state: State

    def is_at(self, other: "Place") -> bool:
        return (self.city.casefold(), self.state) == (other.city.casefold(), other.state)

    def __str__(self) -> str:
        return f"{self.city}, {self.state}"


class Visit(Frozen):
    """The place that the member will visit. `retrospective` where the service was received without leave."""

    place: Place
    retrospective: bool = False

    def __str__(self) -> str:
        return f"{self.place}{', already received' if self.retrospective else ''}"
