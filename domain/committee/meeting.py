"""A committee's meeting on one question: its roll, who was recused and why, the quorum, the vote."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from domain.committee.rows import Committee
from domain.request.request import Prose, Text
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused

CONFLICTS = "42 CFR 422.137(d), unverified; for other plans plan policy, assumed"


class Says(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINS = "abstains"
    RECUSED = "recused"


class Ballot(Frozen):
    """What one member said. An interest recuses, unless somebody else judged it to be no conflict."""

    member: Text
    says: Says
    interest: Text | None = None
    judged_by: Text | None = None

    def refuse_a_conflict(self) -> None:
        if self.says is Says.RECUSED and not self.interest:
            raise Refused(f"roll: say which interest of {self.member} recuses", CONFLICTS)
        if self.says is not Says.RECUSED and self.interest and self.judged_by in {None, self.member}:
            raise Refused(
                f"roll: {self.member} has an interest; recused, or judged by somebody else to be no conflict",
                CONFLICTS,
            )


class Meeting(Frozen):
    """The minutes of one question. Whoever sits in the committee and is not on the roll was not there."""

    committee: Text
    held_on: date
    motion: Text
    in_force_on: date | None = None  # the day that was voted, where it is a text's
    because: Prose
    roll: tuple[Ballot, ...] = Field(min_length=1)

    def count(self, says: Says) -> int:
        return sum(one.says is says for one in self.roll)

    @property
    def is_carried(self) -> bool:
        """More for it than against it (plan policy, assumed)."""
        return self.count(Says.FOR) > self.count(Says.AGAINST)

    @property
    def words(self) -> str:
        """The vote in one sentence, which names nobody."""
        recused, abstained = self.count(Says.RECUSED), self.count(Says.ABSTAINS)
        apart = [f"{recused} recused"] * bool(recused) + [f"{abstained} abstained"] * bool(abstained)
        told = [f"{self.count(Says.FOR)} for", f"{self.count(Says.AGAINST)} against", *apart]
        return f"{self.motion} {'carried' if self.is_carried else 'not carried'}: {', '.join(told)}"

    def refuse_unless_valid(self, committee: Committee) -> None:
        """Refuse the minutes of a roll that is wrong, of a conflict that was not kept out, of no quorum."""
        members = [one.member for one in self.roll]
        if strange := next((one for one in members if committee.seat_of(one) is None), None):
            raise Refused(f"roll: {strange} does not sit in the {committee.name}", committee.source)
        if twice := next((one for one in members if members.count(one) > 1), None):
            raise Refused(f"roll: {twice} is on it twice, and says one thing")
        for one in self.roll:
            one.refuse_a_conflict()
        there = len(members) - self.count(Says.RECUSED)
        needed = int(len(committee.seat) * committee.quorum_above) + 1
        if there < needed:
            raise Refused(
                f"roll: {there} were there and not recused; the {committee.name} has its quorum with {needed}",
                committee.source,
            )
