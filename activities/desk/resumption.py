"""Before a closed case is taken up again: would it hear what somebody has to say of it? A standalone activity."""

from typing import Any

from pydantic import AwareDatetime
from temporalio import activity

from activities.opening import TakingUp
from activities.ports.register import Register
from domain.case import ending
from domain.case.acts import Act
from domain.request.request import Request
from domain.review.assessed import AssessedCase
from domain.terms.case_number import kind_of
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused
from domain.view.kinds import cases_of


class TakingUpQuestion(Frozen):
    """A closed case, and what somebody has to say of it."""

    case: str
    act: TakingUp
    now: AwareDatetime


class Taken(Frozen):
    """The request that the case was opened with, when the act is heard, and what the case will answer."""

    request: Request
    at: AwareDatetime
    sentence: str
    due_at: AwareDatetime | None


class Reopening:
    def __init__(self, register: Register) -> None:
        self.register = register

    @activity.defn
    async def check_taking_up(self, question: TakingUpQuestion) -> Taken:
        """What the case would answer, open again; raises Refused where it would not hear it."""
        kind = cases_of(AssessedCase).get(kind_of(question.case))
        if kind is None:
            raise Refused(f"{question.case} has closed, and a case of its kind is not taken up again")
        state = await self.register.closed_case(question.case)
        if state is None:
            raise Refused(f"{question.case} cannot be taken up again: the register does not keep its state")
        case = kind.model_validate_json(state)
        at = max(
            question.now, case.log.events[-1].recorded_at
        )  # where time is virtual, the case may be ahead of us
        ending.take_up(case, at, question.act.actor)
        act: Act[Any] = question.act
        act.refuse_unless_allowed(case, at)
        sentence = act.apply(case, at)
        return Taken(request=case.request, at=at, sentence=sentence, due_at=case.due_at)
