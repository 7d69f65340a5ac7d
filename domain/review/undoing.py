"""What can be undone of a request: an answer that nobody was told, a withdrawal, a close."""

from datetime import datetime

from domain.case.events import EventKind
from domain.request.line import Line
from domain.review import decision_clocks
from domain.review.owing import to_translate
from domain.review.peered import Peered
from domain.terms.people import Actor


class Undoing(Peered):
    """The steps back, which the acts of `second_thoughts.py` and its neighbours take."""

    def undo_answer(self, line: Line, now: datetime) -> None:
        """Nobody was told of it: the line has no answer, and what its determination had satisfied is open again."""
        self.finish((work for work in self.open_work if work.what == to_translate(line)), now)
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
