"""Absences: who is away, kept where every worker and every command can ask. Standalone activities."""

from datetime import date

from temporalio import activity

from activities.ports.register import Register
from domain.parts.absence import Away
from domain.terms.frozen import Frozen


class AbsencesFrom(Frozen):
    """Absences that are not over by this day."""

    day: date


class Absences:
    def __init__(self, register: Register) -> None:
        self.register = register

    @activity.defn
    async def keep_absence(self, away: Away) -> None:
        """Keep it; one person's absence from one day on is one, and the newer word stands."""
        await self.register.keep_absence(away)

    @activity.defn
    async def absences(self, question: AbsencesFrom) -> tuple[Away, ...]:
        return await self.register.absences(question.day)
