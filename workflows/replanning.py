"""Another line of business: the case asks for its policy by value, and checks again before it lives by it."""

from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.opening import application_of
from domain.case.acts import Said
from domain.review.assessed import AssessedCase
from domain.review.change_plan import CorrectPlan
from workflows import steps
from workflows.casework import Casework

A = TypeVar("A", bound=AssessedCase)


class PlanActs(Casework[A]):
    """The one act that needs the world before it can change the case."""

    @workflow.update(description="The line of business was keyed wrong")
    async def correct_plan(self, act: CorrectPlan) -> Said:
        case = self.admitted
        request = case.request.model_copy(update={"plan": act.plan, "received_at": case.received_at})
        try:
            given = await steps.policy_of(application_of(case.number, case.kind, request))
        except ActivityError as error:
            why = error.cause.message if isinstance(error.cause, ApplicationError) else str(error)
            raise ApplicationError(why, type="Refused", non_retryable=True) from None
        return self.hear(act.model_copy(update={"policy": given.policy, "member": given.member}))

    @correct_plan.validator
    def may_correct_plan(self, act: CorrectPlan) -> None:
        self.refuse_unless_allowed(act)
