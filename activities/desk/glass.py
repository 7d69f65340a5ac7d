"""Breaking the glass: a supervisor is lent a token that reads one case, once that is kept where others look."""

from typing import Protocol

from temporalio import activity

from activities.ports.register import Register
from domain.desk.glass import BrokenGlass, GlassReason
from domain.terms.frozen import Frozen
from domain.terms.people import Actor


class GlassQuestion(Frozen):
    """The case that somebody asks to read, and why."""

    case: str
    reason: GlassReason
    actor: Actor


class Lent(Frozen):
    """A token that reads one case more than its bearer's own."""

    token: str
    glass: BrokenGlass


class Lender(Protocol):
    """Whoever signs tokens."""

    def lend(self, case: str, reason: GlassReason) -> Lent:
        """For whoever asks now."""
        ...


class Glass:
    def __init__(self, register: Register, lender: Lender) -> None:
        self.register = register
        self.lender = lender

    @activity.defn
    async def break_glass(self, question: GlassQuestion) -> Lent:
        """Keep that it was broken, and only then let them read."""
        lent = self.lender.lend(question.case, question.reason)
        await self.register.keep_glass(lent.glass)
        return lent
