"""Absence: who is away on which days, and who covers for them."""

from datetime import date
from typing import Self

from pydantic import model_validator

from domain.terms.frozen import Frozen
from domain.terms.people import Actor


class Away(Frozen):
    """What the register keeps: days inclusive; `back_on` where somebody returned before the end."""

    who: str
    from_day: date
    until: date
    cover: str | None = None
    back_on: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until < self.from_day:
            raise ValueError("until: an absence cannot end before it begins")
        return self

    def is_on(self, day: date) -> bool:
        return self.from_day <= day <= self.until and (self.back_on is None or day < self.back_on)

    def is_over(self, day: date) -> bool:
        """Is nothing of it left, by its end or because they are back, or never went?"""
        return self.until < day or (self.back_on is not None and self.back_on <= max(day, self.from_day))

    def overlaps(self, other: "Away") -> bool:
        return max(self.from_day, other.from_day) <= min(self.until, other.until)


class Absence(Frozen):
    """What a case knows: whose work goes to whom in the meantime; without a cover, back to its queue."""

    who: str
    name: str
    from_day: date
    until: date
    cover: Actor | None = None

    def is_on(self, day: date) -> bool:
        return self.from_day <= day <= self.until

    @property
    def refusal(self) -> str:
        """Why this person takes no work now."""
        return f"{self.name} is away through {self.until}"
