"""What came in and belongs to no case yet, kept where every clerk can ask. Standalone activities."""

from temporalio import activity

from activities.ports.register import Register
from domain.case.authority import require
from domain.desk.unmatched import Unmatched
from domain.terms.frozen import Frozen
from domain.terms.people import Actor


class Keeping(Frozen):
    """Something to keep, and who does; what `is_new` leaves alone what is known of the same."""

    one: Unmatched
    actor: Actor
    is_new: bool = False


class UnmatchedPapers:
    def __init__(self, register: Register) -> None:
        self.register = register

    @activity.defn
    async def keep_unmatched(self, keeping: Keeping) -> Unmatched:
        """Keep it, and answer what stands; asked twice, it is kept once."""
        require(keeping.actor, "work on cases")
        if keeping.is_new and (known := await self.register.unmatched_of(keeping.one.id)):
            return known
        await self.register.keep_unmatched(keeping.one)
        return keeping.one

    @activity.defn
    async def unmatched(self, actor: Actor) -> tuple[Unmatched, ...]:
        """What still belongs to nothing; only for whoever works on cases."""
        require(actor, "work on cases")
        return await self.register.unmatched()
