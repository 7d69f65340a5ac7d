"""The story of a matter: from what came in to its close nothing happens but what people do and what falls due."""

from typing import Any, TypeVar

from activities.grievances import ToldOfGrievance
from activities.opening import MatterOpening
from domain.case.matter import Matter
from domain.desk.desk import Link
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.running.casework import now
from workflows.running.questions import Questions

M = TypeVar("M", bound=Matter)


class MatterStory(Questions[M], DeskActs[M]):
    async def story(self, opening: MatterOpening) -> str:
        case = await self.begin(opening)
        if case is None:
            return self.no_case
        async with self.kept():
            await self.at_first(case, goes_on=bool(opening.left_in))
            while not case.is_closed:
                await self.something_new(len(case.log.events))
        return str(case.closed_as)

    async def begin(self, opening: MatterOpening) -> M | None:
        """What came in as a case, or a case that goes on; None where it is no case of its own."""
        kind: type[Any] = opening.matter
        if opening.left_in:
            return await self.resumed_case(kind, opening.left_in)
        linked = {named} if (named := getattr(opening.came, "case", None)) else ()
        admitted = await self.admit(opening.application, opening.again, linked)
        if admitted is None:
            return None
        known = await self.looked_up(opening)
        by, policy = opening.by, admitted.policy
        case: M = kind.received(self.number, admitted.member, policy, opening.came, now=now(), by=by, **known)
        return self.take_in(case, admitted, case.linked)

    async def looked_up(self, opening: Any) -> dict[str, Any]:
        """What the case has to know of others as it begins."""
        return {}

    async def at_first(self, case: M, *, goes_on: bool) -> None:
        """What is done before anybody acts."""

    def link_to(self, case: M) -> ToldOfGrievance:
        """That the case it came out of keeps the link."""
        return ToldOfGrievance(case=str(case.parent), act=Link(actor=SYSTEM, to=case.number))
