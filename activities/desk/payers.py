"""Who pays first for the member of a case: looked up among the cases that are found by the same contract number."""

from temporalio import activity

from activities.ports.register import Register
from domain.case.authority import require
from domain.case.case import Case
from domain.terms.frozen import Frozen
from domain.terms.key_kind import KeyKind
from domain.terms.people import Actor
from domain.terms.refusals import Misuse
from domain.view.kinds import case_of, search_keys
from domain.view.payers import WhoPays, who_pays
from domain.view.search import Wanted

MOST = 200  # cases of one member that are looked through


class PayersQuestion(Frozen):
    """The case whose member is meant, and who asks."""

    case: str
    actor: Actor


class Payers:
    def __init__(self, register: Register) -> None:
        self.register = register

    @activity.defn
    async def payers_of(self, question: PayersQuestion) -> WhoPays:
        """What their case of coordination has. Raises Misuse where there is no case of that number."""
        require(question.actor, "work on cases")
        state = await self.register.kept_case(question.case)
        if state is None:
            raise Misuse(f"case: there is no case {question.case}.")
        return await self.of(case_of(question.case, state))

    async def of(self, case: Case) -> WhoPays:
        """The same, of a case that is at hand."""
        contract = tuple(key for key in search_keys(case) if key.kind is KeyKind.CONTRACT)
        if not contract:
            return who_pays(case, ())
        found = await self.register.find([Wanted(keys=contract)], skip=0, most=MOST)
        cobs = [one.case for one in found.cases if one.kind == "cob"]
        kept = await self.register.kept_cases(cobs)
        return who_pays(case, [case_of(number, whole) for number, whole in kept.items()])
