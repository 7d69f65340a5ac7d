"""Cases that look alike: each of two names the other, and a person tells them apart. Software never does."""

from collections.abc import Mapping
from datetime import datetime

from domain.case.acts import Act
from domain.case.case import Case
from domain.parts.alike import Likeness
from domain.parts.events import EventKind
from domain.parts.happenings import ToldApart
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused

DUPLICATE = "possible_duplicate"  # the flag of a case that looks like another


class FoundAlike(Act[Case]):
    """A case that was opened later looks like this one: each of the two names the other."""

    number: str
    likeness: Likeness

    def apply(self, case: Case, now: datetime) -> str:
        looks_like(case, {self.number: self.likeness}, now, self.actor)
        return f"{self.number} has {self.likeness.words}"


class TellApart(Act[Case]):
    """A person looked: what looks alike is not the same, or both are meant. Without `other`, all of them."""

    other: str | None = None

    def check(self, case: Case, now: datetime) -> None:
        if not self._which(case):
            raise Refused(f"other: {self.other or 'no case'} looks like {case.number}")
        if not self.reason:
            raise Refused("because: say how they were told apart, without personal data", "plan policy")

    def _which(self, case: Case) -> list[str]:
        return [number for number in case.alike if self.other in {None, number}]

    def apply(self, case: Case, now: datetime) -> str:
        apart = self._which(case)
        case.alike = {number: how for number, how in case.alike.items() if number not in apart}
        words = f"told apart from {', '.join(apart)}: {self.reason}"
        case.log.record(EventKind.TOLD_APART, words, at=self.happened_at(now), now=now, by=self.actor)
        if not case.alike:
            case.log.lower_flag(DUPLICATE)
            case.follow(ToldApart(), now)
        return words


def looks_like(case: Case, others: Mapping[str, Likeness], now: datetime, by: Actor = SYSTEM) -> None:
    """Others may be the same, or ask for the same; people tell them apart, and nobody else."""
    new = {number: how for number, how in others.items() if number not in case.alike}
    if new:
        case.alike |= new
        case.log.raise_flag(DUPLICATE)
        words = "; ".join(f"{number} has {how.words}" for number, how in new.items())
        case.log.record(EventKind.FLAGGED, f"{words}; a person decides", now=now, by=by, flag=DUPLICATE)
