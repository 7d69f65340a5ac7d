"""What people are told of a reviewed case: the criteria, the answer in Spanish, the script of a call.

The rules stand in `domain/review`: `criteria_copy.py`, `translation.py` and `call_scripts.py`.
"""

from datetime import datetime
from typing import TypeVar

from temporalio import workflow

from domain.case.acts import Said
from domain.review import criteria_copy, translation
from domain.review.call_scripts import Script, scripts
from domain.review.reviewed import ReviewedCase
from workflows.casework import Casework
from workflows.questions import asked_at

T = TypeVar("T", bound=ReviewedCase)


class Telling(Casework[T]):
    """Acts and a question about what somebody is told, beside the letters that go by themselves."""

    @workflow.update(description="Somebody asked for the criteria")
    def copy_criteria(self, act: criteria_copy.CopyCriteria) -> Said:
        return self.hear(act)

    @copy_criteria.validator
    def may_copy_criteria(self, act: criteria_copy.CopyCriteria) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Put the words of an answer into Spanish")
    def translate(self, act: translation.Translate) -> Said:
        return self.hear(act)

    @translate.validator
    def may_translate(self, act: translation.Translate) -> None:
        self.refuse_unless_allowed(act)

    @workflow.query(description="What to say on a call to each party")
    def scripts(self, at: datetime | None = None) -> tuple[Script, ...] | None:
        return scripts(self.case, asked_at(at)) if self.case else None
