"""Cases that look alike: whoever submits is told before anything is opened, and the older one is told after it."""

from contextlib import suppress
from typing import Any

from temporalio import activity

from activities.admission import Application, claim_of, policy_for
from activities.ports.cases import LiveCases
from activities.ports.register import Register
from activities.ports.world import Policies, Pseudonyms
from domain.desk.likeness import FoundAlike
from domain.parts.alike import Alike
from domain.terms.frozen import Frozen
from domain.terms.refusals import Unreachable


class Looked(Frozen):
    """What the register knows of something that came in.

    `same` is the case that it is already, or was received again for; `alike` are those that look like it.
    """

    same: str | None = None
    alike: tuple[Alike, ...] = ()


class ToldOfLike(Frozen):
    """The case that is told, and of which other."""

    case: str
    act: FoundAlike


class CameAgain(Frozen):
    """What came in for one of these open cases, that may be the same: the act by its class, and what it says."""

    cases: tuple[str, ...]
    act: str
    says: dict[str, Any]


class Joined(Frozen):
    """The case that took note of what came in, and what it said; nothing of what it had said before."""

    case: str
    sentence: str | None = None


class Likenesses:
    def __init__(
        self, register: Register, policies: Policies, pseudonyms: Pseudonyms, cases: LiveCases
    ) -> None:
        self.register = register
        self.policies = policies
        self.pseudonyms = pseudonyms
        self.cases = cases

    @activity.defn
    async def look_for(self, application: Application) -> Looked:
        """Is it there already, and what looks like it? Nothing is claimed by asking."""
        number = application.number
        if await self.register.written([number]):
            await self.register.remembered(number)  # whoever may not read it is refused
            return Looked(same=number)
        if same := await self.register.case_of(number):
            return Looked(same=same)
        claim = claim_of(application, policy_for(application, self.policies), self.pseudonyms)
        return Looked(alike=await self.register.alike(claim))

    @activity.defn
    async def join(self, came: CameAgain) -> Joined | None:
        """The first that takes note of what came again; none has other content, or its answer, or is deaf."""
        for case in came.cases:
            with suppress(Unreachable):
                if sentence := await self.cases.receive(case, came.act, came.says):
                    return Joined(case=case, sentence=sentence)
        return None

    async def words_of(self, application: Application) -> tuple[str, ...]:
        """What looks like it and lives, in words."""
        alike = (await self.look_for(application)).alike
        return tuple(f"{other.case} has {other.likeness.words}" for other in alike if other.lives)

    @activity.defn
    async def tell_of_like(self, told: ToldOfLike) -> bool:
        """Tell the older case; False where it has closed meanwhile."""
        return await self.cases.tell(told.case, told.act)
