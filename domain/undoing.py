"""What can be undone of a request: an answer that nobody was told, an authorization, a withdrawal, a close."""

from datetime import datetime

from domain import decision_clocks
from domain.determination import Ending
from domain.events import EventKind
from domain.line import Line
from domain.peered import Peered
from domain.people import Actor


class Undoing(Peered):
    """The steps back, which the acts of `second_thoughts.py` and its neighbours take."""

    def end_authorization(self, line: Line, ending: Ending, at: datetime, now: datetime, by: Actor) -> None:
        """The authorization of a line ends by that name."""
        if line.authorization is None:
            return
        line.authorization = line.authorization.model_copy(update={"ended_as": ending, "ended_at": at})
        words = f"{line.authorization.number} ended: {ending.text}"
        self.record(EventKind.AUTHORIZATION_ENDED, words, at=at, now=now, by=by, ending=ending.value)

    def undo_answer(self, line: Line, now: datetime) -> None:
        """Nobody was told of it: the line has no answer, and what its determination had satisfied is open again."""
        line.determination = line.announced_at = line.authorization = None
        for clock in decision_clocks.decision_clocks(self):
            if line in self.lines_of(clock):
                self.change_clock(clock.id, satisfied_at=None)

    def undo_withdrawal(self, at: datetime) -> None:
        """What a withdrawal at that instant had ended beyond the review goes on."""

    def take_up(self, now: datetime, by: Actor) -> None:
        """Taken up again from the register, for what somebody has to say of it."""
        self.had_closed_as, self.closed_as = self.closed_as, None
        self.record(EventKind.REOPENED, f"taken up; it had closed: {self.had_closed_as}", now=now, by=by)
