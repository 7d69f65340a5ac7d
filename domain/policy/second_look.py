"""Which decisions are looked at again by another reviewer: a share of them, drawn by the number of the case."""

from datetime import date
from hashlib import sha256
from typing import Annotated

from pydantic import Field

from domain.request.determination import Outcome
from domain.terms.sourced import Sourced


class SecondLookRule(Sourced):
    """Which decisions of these plans go to another reviewer: `percent` of the cases, by a hash of their numbers."""

    id: str
    plans: Annotated[tuple[str, ...], Field(min_length=1)]
    answers: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    percent: int = Field(ge=0, le=100)

    def takes(self, case: str, answer: Outcome, day: date) -> bool:
        """Is this answer in the sample, of a case received on that day?"""
        drawn = int(sha256(f"{self.id} {case}".encode()).hexdigest(), 16) % 100
        return answer in self.answers and self.has_begun(day) and drawn < self.percent
