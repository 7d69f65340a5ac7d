"""Whose request it is: the member on the paper, compared with the one whom the directory has under that number."""

from datetime import datetime

from domain.case.queues import RECEIPTS
from domain.review.undoing import Undoing

FIND_OUT = "nothing leaves before somebody looked; confirm the member, or correct the request"


class Identified(Undoing):
    """A request of somebody who has, or is said to have, a number."""

    differs: tuple[str, ...] = ()  # in what the member on the paper is not the one of that number
    is_compared: bool = False
    confirmed: tuple[str, ...] = ()  # in what they may differ: somebody looked

    @property
    def awaits_a_look(self) -> bool:
        """Is it unknown yet, or doubtful, whether the person on the paper is the member of that number?"""
        not_compared = not self.is_compared and self.request.member.contract_number is not None
        return bool(self.differs) or not_compared

    def member_compared(self, differs: tuple[str, ...], now: datetime) -> None:
        """The directory has that number; where it is another person's, nothing leaves before somebody looked."""
        self.member_is_right(now)
        self.is_compared = True
        if differs and set(differs) != set(self.confirmed):
            self.differs = differs
            self.warn(another_person(differs), now)
            self.need(RECEIPTS, f"{another_person(differs)}: {FIND_OUT}", now)

    def member_is_right(self, now: datetime) -> None:
        """Nothing is doubtful any more, until the two are compared again."""
        said = another_person(self.differs)
        self.warnings = [warning for warning in self.warnings if warning != said]
        self.finish((work for work in self.open_work if work.what == f"{said}: {FIND_OUT}"), now)
        self.differs = ()


def another_person(differs: tuple[str, ...]) -> str:
    """By the names of the fields, never by what they hold."""
    return f"the member's {' and '.join(differs)} {'is' if len(differs) == 1 else 'are'} not the directory's"
