"""Appeals: what the case decided that is appealed, and telling it that an appeal has reached the plan.

Nobody is believed for what was decided: the case itself says it, or the register where it closed long ago.
"""

from temporalio import activity

from activities.ports.cases import LiveCases
from activities.ports.register import Register
from domain.appeal.appealed import AppealedDetermination, appealed
from domain.appeal.linking import AppealOpened, now_of
from domain.authorization.authorization import LiveAuthorization
from domain.review.assessed import AssessedCase
from domain.terms.case_number import a_kind, authorization_number, kind_of
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse
from domain.view.kinds import cases_of

APPEALABLE: dict[str, type[AssessedCase] | type[LiveAuthorization]] = {
    **cases_of(AssessedCase),
    **cases_of(LiveAuthorization),
}
"""The kinds of case in which something is decided that can be appealed: an authorization may be voided."""


class ToldOfAppeal(Frozen):
    """The case that is told, and what it is told."""

    case: str
    act: AppealOpened


class Appeals:
    def __init__(self, register: Register, cases: LiveCases) -> None:
        self.register = register
        self.cases = cases

    @activity.defn
    async def appealed(self, case: str) -> AppealedDetermination:
        """What a case decided, live or closed. Raises Misuse where there is none, or none that can be appealed."""
        kind = APPEALABLE.get(kind_of(case))
        if kind is None:
            known = " or ".join(APPEALABLE)
            raise Misuse(f"case: {case} is {a_kind(case)}; what is appealed is a {known}.")
        if live := await self.cases.appealed(case):
            return await self._with_what_came_later(live)
        state = await self.register.closed_case(case)
        if state is None:
            raise Misuse(f"case: there is no case {case}.")
        closed = kind.model_validate_json(state)
        return await self._with_what_came_later(appealed(closed, now_of(closed)))

    async def _with_what_came_later(self, original: AppealedDetermination) -> AppealedDetermination:
        """A case that had closed did not hear that its authorization was voided: the authorization says it."""
        if original.lines or original.instead or original.kind == LiveAuthorization.kind:
            return original
        permits = [authorization_number(original.case, line.sequence) for line in original.request.lines]
        voided = [number for number in permits if await self._was_voided(number)]
        return original.model_copy(update={"instead": tuple(voided)})

    async def _was_voided(self, number: str) -> bool:
        try:
            return bool((await self.appealed(number)).lines)
        except Misuse:  # nothing was authorized for that line
            return False

    @activity.defn
    async def tell_of_appeal(self, told: ToldOfAppeal) -> bool:
        """Tell the case that is appealed; False where it has closed, and hears no more."""
        return await self.cases.tell(told.case, told.act)
