"""What the second reviewer does: say what they would answer. The case compares, and the first answer stands."""

from datetime import datetime

from domain.case.acts import Act
from domain.parts.events import EventKind
from domain.request.determination import Outcome
from domain.request.lines import chosen
from domain.review import second_look
from domain.review.assessed import AssessedCase
from domain.terms.refusals import Refused


class LookAtAgain(Act[AssessedCase]):
    """Answer a line of the sample once more."""

    act_name = "take a second look"
    line: int | None = None
    answer: Outcome

    def check(self, case: AssessedCase, now: datetime) -> None:
        sequence = self._sequence(case)
        look = case.second_looks.get(sequence)
        if look is None or not look.is_open:
            raise Refused(f"line {sequence} waits for no second look")
        if look.first_by == self.actor.id:
            raise Refused(
                f"{self.actor.name} decided line {sequence}; somebody else looks again", "plan policy"
            )

    def apply(self, case: AssessedCase, now: datetime) -> str:
        sequence = self._sequence(case)
        look = case.second_looks[sequence]
        case.second_looks[sequence] = look.model_copy(update={"again": self.answer})
        agrees = look.first is self.answer
        words = f"second look at line {sequence}: {'the same answer' if agrees else 'another answer'}"
        case.log.record(
            EventKind.SECOND_LOOK_AGREED if agrees else EventKind.SECOND_LOOK_DIFFERED,
            words,
            at=self.happened_at(now),
            now=now,
            by=self.actor,
            line=sequence,
            answer=self.answer.value,
        )
        second_look.finish(case, sequence, now)
        return f"{words}; the first stands"

    def _sequence(self, case: AssessedCase) -> int:
        [line] = chosen(case.number, case.lines, self.line)
        return line.sequence
