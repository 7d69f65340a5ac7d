"""Grievances: who had a part in what one is about, and telling that case that somebody complains of it."""

from temporalio import activity

from activities.ports.cases import LiveCases
from activities.ports.register import Register
from domain.desk.desk import Link
from domain.terms.frozen import Frozen
from domain.terms.people import SYSTEM
from domain.view.kinds import case_of


class Involved(Frozen):
    """The ids of everybody who did something in a case."""

    people: frozenset[str] = frozenset()


class ToldOfGrievance(Frozen):
    """The case that is told of a grievance, or of care management, and what it is told."""

    case: str
    act: Link


class Grievances:
    def __init__(self, register: Register, cases: LiveCases) -> None:
        self.register = register
        self.cases = cases

    @activity.defn
    async def involved(self, case: str) -> Involved:
        """Whoever acted in it so far, as the register has it."""
        state = await self.register.kept_case(case)
        events = case_of(case, state).log.events if state else []
        return Involved(people=frozenset(event.by_id for event in events) - {SYSTEM.id})

    @activity.defn
    async def tell_of_grievance(self, told: ToldOfGrievance) -> bool:
        """Tell the case that another came out of it; False where it has closed, and hears no more."""
        return await self.cases.tell(told.case, told.act)
