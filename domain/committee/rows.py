"""What the pack says of committees: who sits there, what a quorum is, which changes are told before."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from domain.terms.frozen import Frozen
from domain.terms.sourced import Sourced


class Seat(Frozen):
    """A member of a committee, and what the law may want of some: a practising physician, nobody's employee."""

    id: str
    name: str
    practising_physician: bool = False
    independent: bool = False  # of the plan and its organisation, and free of conflicts
    expert_in_age_or_disability: bool = False
    specialty: str | None = None


class Committee(Sourced):
    """Who votes. A quorum is more than this share of the seats, there and not recused."""

    id: str
    name: str
    plans: tuple[str, ...] = ()  # empty: every plan
    utilization_management: bool = False
    quorum_above: float = Field(gt=0, lt=1)
    seat: tuple[Seat, ...] = Field(min_length=1)

    def seat_of(self, member: str) -> Seat | None:
        return next((one for one in self.seat if one.id == member), None)


class Change(StrEnum):
    """What a new text does to people, by which its notice goes."""

    AGAINST = "against"
    FAVOURABLE = "favourable"
    SAFETY = "safety"
    LAW = "law"


class ChangeRule(Sourced):
    """How long before its day a change is told, and whether a committee votes on it."""

    id: str
    change: Change
    notice_days: int = Field(ge=0)
    needs_vote: bool = True

    @model_validator(mode="after")
    def _nobody_is_told_of_no_vote(self) -> Self:
        if not self.needs_vote and self.notice_days:
            raise ValueError("what takes effect without a vote waits for no notice")
        return self


class CommitteePolicy(Frozen):
    """By what a committee's case lives."""

    committee: tuple[Committee, ...]
    change: tuple[ChangeRule, ...]

    def named(self, committee: str) -> Committee | None:
        return next((one for one in self.committee if one.id == committee), None)

    def rule_of(self, change: Change, day: date) -> ChangeRule:
        """The row of a change, the newest that had begun; the pack has one for each."""
        begun = [one for one in self.change if one.change is change and one.has_begun(day)]
        return max(begun, key=lambda row: row.in_force_from)
