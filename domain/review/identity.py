"""Whose request it is: the member on the paper, compared with the one whom the directory has under that number."""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.parts.queues import RECEIPTS

if TYPE_CHECKING:
    from domain.review.assessed import AssessedCase

FIND_OUT = "nothing leaves before somebody looked; confirm the member, or correct the request"


def is_doubtful(case: "AssessedCase") -> bool:
    """Is it unknown yet, or doubtful, whether the person on the paper is the member of that number?"""
    not_compared = not case.is_compared and case.request.member.contract_number is not None
    return bool(case.differs) or not_compared


def compared(case: "AssessedCase", differs: tuple[str, ...], now: datetime) -> None:
    """The directory has that number; where it is another person's, nothing leaves before somebody looked."""
    is_right(case, now)
    case.is_compared = True
    if differs and set(differs) != set(case.confirmed):
        case.differs = differs
        case.warn(another_person(differs), now)
        case.need(RECEIPTS, f"{another_person(differs)}: {FIND_OUT}", now)


def is_right(case: "AssessedCase", now: datetime) -> None:
    """Nothing is doubtful any more, until the two are compared again."""
    said = another_person(case.differs)
    case.warnings = [warning for warning in case.warnings if warning != said]
    case.work.finish((work for work in case.work.open if work.what == f"{said}: {FIND_OUT}"), now)
    case.differs = ()


def another_person(differs: tuple[str, ...]) -> str:
    """By the names of the fields, never by what they hold."""
    return f"the member's {' and '.join(differs)} {'is' if len(differs) == 1 else 'are'} not the directory's"
