"""What people may do with an appeal, and what a case that is appealed hears of it.

The rules of each act stand with it in `domain/appeal`: `acts.py`, `deciding.py` and `linking.py`.
"""

from typing import TypeVar

from temporalio import workflow

from domain.appeal import acts as appeal_acts
from domain.appeal import appealed, linking
from domain.appeal import deciding as appeal_deciding
from domain.appeal.appeal import Appeal
from domain.authorization.authorization import LiveAuthorization
from domain.case.acts import Said
from domain.review.assessed import AssessedCase
from workflows.casework import Casework, now

A = TypeVar("A", bound=AssessedCase | LiveAuthorization)


class Appealable(Casework[A]):
    """A case whose determination may be appealed."""

    @workflow.query(description="What an appeal takes along of this case")
    def appealed(self) -> appealed.AppealedDetermination | None:
        return appealed.appealed(self.case, now()) if self.case else None

    @workflow.update(description="An appeal of this case reached the plan")
    def appeal_opened(self, act: linking.AppealOpened) -> Said:
        return self.hear(act)

    @appeal_opened.validator
    def may_appeal_opened(self, act: linking.AppealOpened) -> None:
        self.refuse_unless_allowed(act)


class AppealActs(Casework[Appeal]):
    """Papers, causes, answers, dismissals, and the answers of whoever reviews after the plan."""

    @workflow.update(description="The form that shows who may appeal has come")
    def receive_form(self, act: appeal_acts.ReceiveForm) -> Said:
        return self.hear(act)

    @receive_form.validator
    def may_receive_form(self, act: appeal_acts.ReceiveForm) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Why the appeal is late, as it was said")
    def state_cause(self, act: appeal_acts.StateCause) -> Said:
        return self.hear(act)

    @state_cause.validator
    def may_state_cause(self, act: appeal_acts.StateCause) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="There was good cause for being late")
    def accept_cause(self, act: appeal_acts.AcceptCause) -> Said:
        return self.hear(act)

    @accept_cause.validator
    def may_accept_cause(self, act: appeal_acts.AcceptCause) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Answer a line of the appeal")
    def decide_appeal(self, act: appeal_deciding.DecideAppeal) -> Said:
        return self.hear(act)

    @decide_appeal.validator
    def may_decide_appeal(self, act: appeal_deciding.DecideAppeal) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Stop before deciding, on a listed ground")
    def dismiss_appeal(self, act: appeal_acts.DismissAppeal) -> Said:
        return self.hear(act)

    @dismiss_appeal.validator
    def may_dismiss_appeal(self, act: appeal_acts.DismissAppeal) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Undo a dismissal for good cause")
    def vacate_dismissal(self, act: appeal_acts.VacateDismissal) -> Said:
        return self.hear(act)

    @vacate_dismissal.validator
    def may_vacate_dismissal(self, act: appeal_acts.VacateDismissal) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The member took it to the next level")
    def go_further(self, act: appeal_acts.GoFurther) -> Said:
        return self.hear(act)

    @go_further.validator
    def may_go_further(self, act: appeal_acts.GoFurther) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The answer of whoever reviews after the plan")
    def record_review(self, act: appeal_acts.RecordReview) -> Said:
        return self.hear(act)

    @record_review.validator
    def may_record_review(self, act: appeal_acts.RecordReview) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="What was reversed has its effect")
    def give_effect(self, act: appeal_acts.GiveEffect) -> Said:
        return self.hear(act)

    @give_effect.validator
    def may_give_effect(self, act: appeal_acts.GiveEffect) -> None:
        self.refuse_unless_allowed(act)
