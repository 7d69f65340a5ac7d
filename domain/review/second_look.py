"""A second look: a sample of decisions is decided once more by somebody else, who has not seen the first answer.

Which ones is a rule of the pack and follows from the case's number, so nobody picks them. It tells how alike
reviewers decide, and never changes an answer.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.parts.work import Work
from domain.request.determination import Outcome, ReasonClass
from domain.request.line import Line
from domain.terms.frozen import Frozen
from domain.terms.people import Actor

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase

QUEUE = "second-look"


class SecondLook(Frozen):
    """One line that is looked at again: what had been answered, and by whom."""

    first: Outcome
    first_by: str
    again: Outcome | None = None

    @property
    def is_open(self) -> bool:
        return self.again is None


def sample(case: "ReviewedCase", line: Line, now: datetime) -> None:
    """Have somebody else look at what a person judged, where a row of the pack takes it into the sample."""
    answer = line.determination
    if answer is None or answer.by is None or line.sequence in case.second_looks:
        return
    if answer.reason and answer.reason.reason_class is not ReasonClass.MEDICAL_NECESSITY:
        return
    day = case.policy.calendar.day_of(case.received_at)
    if any(row.takes(case.number, answer.outcome, day) for row in case.policy.second_look):
        case.second_looks[line.sequence] = SecondLook(first=answer.outcome, first_by=answer.by.id)
        case.need(QUEUE, what(line.sequence), now)


def falls_away(case: "ReviewedCase", line: Line, now: datetime) -> None:
    """The answer was taken back: whoever decides it again is looked at, if anybody."""
    if (look := case.second_looks.get(line.sequence)) and look.is_open:
        del case.second_looks[line.sequence]
        finish(case, line.sequence, now)


def is_of_ones_own(case: "ReviewedCase", work: Work, who: Actor) -> bool:
    """Would this person look again at what they answered themselves?"""
    theirs = [what(line) for line, look in case.second_looks.items() if look.first_by == who.id]
    return work.queue == QUEUE and work.what in theirs


def finish(case: "ReviewedCase", sequence: int, now: datetime) -> None:
    """Nobody is waited for any more."""
    case.work.finish((one for one in case.work.open if one.what == what(sequence)), now)


def what(sequence: int) -> str:
    """What waits in the queue; what the first answer was stands not in it."""
    return f"line {sequence}: say what you would answer, from the papers and criteria alone"
