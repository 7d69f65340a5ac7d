"""The board, asked of the register. Standalone activities."""

from pydantic import AwareDatetime
from temporalio import activity

from activities.desk.attestations import Attestations
from activities.ports.register import Register
from activities.ports.world import Policies
from domain.desk.attestation import asked
from domain.terms.frozen import Frozen
from domain.view.board import Board, days_of


class BoardQuestion(Frozen):
    now: AwareDatetime


class Boards:
    def __init__(self, register: Register, policies: Policies) -> None:
        self.register = register
        self.policies = policies

    @activity.defn
    async def board(self, question: BoardQuestion) -> Board:
        """How much waits where, by each plan's own day."""
        today = question.now.date()
        calendars = {plan.id: self.policies.calendar(plan, today) for plan in self.policies.pack().plan}
        board = await self.register.board(days_of(calendars, question.now), question.now)
        owed = asked(await Attestations(self.register, self.policies).on(question.now))
        return board.model_copy(update={"to_attest": tuple(one.words for one in owed)})
