"""A request about which a physician may talk with the ordering clinician before deciding against a line."""

from datetime import datetime, timedelta

from domain.case.events import EventKind
from domain.case.work import Work
from domain.clock.agenda import Appointment, Occasion
from domain.request.determination import Determination
from domain.request.line import Line, PeerOutcome
from domain.review import decision_clocks
from domain.review.telling import Told
from domain.terms.people import SYSTEM, Actor

A_SECOND = timedelta(seconds=1)
PEER_TO_PEER = "peer-to-peer"


class Peered(Told):
    """What a conversation that was offered sets in motion; its end decides nothing."""

    @staticmethod
    def about_peer(line: Line) -> str:
        return f"a peer-to-peer conversation about line {line.sequence}, before it is decided"

    def before_the_answer_is_due(self, line: Line, end: datetime) -> datetime:
        """An end, or the instant at which the answer to the line is due, where that comes first."""
        clocks = [one for one in decision_clocks.decision_clocks(self) if one.is_open]
        dues = [self.due_at_of(clock) for clock in clocks if line in self.lines_of(clock)]
        return min([end, *(due for due in dues if due)])

    @property
    def calls_to_make(self) -> list[Work]:
        """A call that offers a conversation has the conversation's time."""
        offers = tuple(self.about_peer(line) for line in self.lines)
        return [work for work in super().calls_to_make if not work.what.endswith(offers)]

    def need_of(self, person: Actor, what: str, now: datetime, due_at: datetime | None = None) -> None:
        """Work for a physician who has it already."""
        self.need("physician-review", what, now, due_at=due_at)
        for work in self.open_work:
            if (work.queue, work.what) == ("physician-review", what) and work.assignee is None:
                self.change_work(work, assignee=person.id)

    def peer_came_out(
        self, line: Line, outcome: PeerOutcome, *, said: str, at: datetime, now: datetime, by: Actor
    ) -> None:
        """The conversation was held, missed or declined: the same physician decides now."""
        if line.peer is None:
            return
        line.peer = line.peer.model_copy(update={"outcome": outcome})
        self._end_work_on_peer(line, now)
        words = f"line {line.sequence}: peer-to-peer {outcome.value}" + (f"; {said}" if said else "")
        self.record(EventKind.PEER_TO_PEER, words, at=at, now=now, by=by, line=line.sequence)
        self.need_of(line.peer.by, f"line {line.sequence}: decide; the peer-to-peer was {outcome.value}", now)

    def decide(self, line: Line, answer: Determination, words: str) -> None:
        """A conversation that was offered about the line has no purpose any more."""
        super().decide(line, answer, words)
        self._end_work_on_peer(line, answer.recorded_at)

    def _end_work_on_peer(self, line: Line, now: datetime) -> None:
        self.finish((work for work in self.open_work if work.what.endswith(self.about_peer(line))), now)

    def follow_ups(self) -> list[Appointment]:
        """The ends of the windows in which a conversation may be held."""
        return [
            Appointment(
                at=self.before_the_answer_is_due(line, line.peer.ends_at) + A_SECOND,
                occasion=Occasion.FOLLOW_UP,
                clock=f"line {line.sequence}",
                rung=PEER_TO_PEER,
                words=f"line {line.sequence}: the time for a peer-to-peer conversation ends",
            )
            for line in self.lines
            if self.is_undecided and line.determination is None and line.peer and not line.peer.outcome
        ]

    def follow_up(self, appointment: Appointment, now: datetime) -> None:
        line = next(one for one in self.lines if f"line {one.sequence}" == appointment.clock)
        if appointment.rung == PEER_TO_PEER:
            ended = "its time has ended"
            self.peer_came_out(line, PeerOutcome.MISSED, said=ended, at=appointment.at, now=now, by=SYSTEM)
