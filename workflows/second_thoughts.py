"""Second thoughts, in people's hands: take back, correct, enter in error, reopen.

The rules stand in `domain/review`: `second_thoughts.py`, `correction.py`, `entered_in_error.py`, `reopening.py`.
"""

from typing import TypeVar

from temporalio import workflow

from domain.case.acts import Said
from domain.review import correction, entered_in_error, reopening, second_thoughts
from domain.review.assessed import AssessedCase
from workflows.casework import C, Casework

A = TypeVar("A", bound=AssessedCase)


class Recalls(Casework[C]):
    """What left and should not have: called back, by people."""

    @workflow.update(description="What became of letters that were called back")
    def record_recall(self, act: entered_in_error.RecordRecall) -> Said:
        return self.hear(act)

    @record_recall.validator
    def may_record_recall(self, act: entered_in_error.RecordRecall) -> None:
        self.refuse_unless_allowed(act)


class SecondThoughts(Recalls[A]):
    """Acts on what was decided, or closed, by mistake."""

    @workflow.update(description="Take a decision back before anybody was told")
    def take_back(self, act: second_thoughts.TakeBack) -> Said:
        return self.hear(act)

    @take_back.validator
    def may_take_back(self, act: second_thoughts.TakeBack) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Give another answer in the place of one that was told")
    def correct_answer(self, act: correction.CorrectAnswer) -> Said:
        return self.hear(act)

    @correct_answer.validator
    def may_correct_answer(self, act: correction.CorrectAnswer) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="This case should never have been")
    def enter_in_error(self, act: entered_in_error.EnterInError) -> Said:
        return self.hear(act)

    @enter_in_error.validator
    def may_enter_in_error(self, act: entered_in_error.EnterInError) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="It was withdrawn by mistake")
    def reopen(self, act: reopening.Reopen) -> Said:
        return self.hear(act)

    @reopen.validator
    def may_reopen(self, act: reopening.Reopen) -> None:
        self.refuse_unless_allowed(act)
