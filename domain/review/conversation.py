"""A peer-to-peer conversation that was offered about a line: what it sets in motion. Its end decides nothing."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.clock.agenda import Appointment, Occasion
from domain.parts.events import EventKind
from domain.request.line import Line, PeerOutcome
from domain.review import decision_clocks
from domain.terms.people import SYSTEM, Actor

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase

A_SECOND = timedelta(seconds=1)
PEER_TO_PEER = "peer-to-peer"


def about(line: Line) -> str:
    return f"a peer-to-peer conversation about line {line.sequence}, before it is decided"


def before_the_answer_is_due(case: "ReviewedCase", line: Line, end: datetime) -> datetime:
    """An end, or the instant at which the answer to the line is due, where that comes first."""
    clocks = [one for one in decision_clocks.decision_clocks(case) if one.is_open]
    dues = [case.due_at_of(clock) for clock in clocks if line in case.lines_of(clock)]
    return min([end, *(due for due in dues if due)])


def need_of(
    case: "ReviewedCase", person: Actor, what: str, now: datetime, due_at: datetime | None = None
) -> None:
    """Work for a physician who has it already."""
    case.need("physician-review", what, now, due_at=due_at)
    for work in case.work.open:
        if (work.queue, work.what) == ("physician-review", what) and work.assignee is None:
            case.work.change(work, assignee=person.id)


def came_out(
    case: "ReviewedCase",
    line: Line,
    outcome: PeerOutcome,
    *,
    said: str,
    at: datetime,
    now: datetime,
    by: Actor,
) -> None:
    """The conversation was held, missed or declined: the same physician decides now."""
    if line.peer is None:
        return
    line.peer = line.peer.model_copy(update={"outcome": outcome})
    end_work(case, line, now)
    words = f"line {line.sequence}: peer-to-peer {outcome.value}" + (f"; {said}" if said else "")
    case.log.record(EventKind.PEER_TO_PEER, words, at=at, now=now, by=by, line=line.sequence)
    need_of(case, line.peer.by, f"line {line.sequence}: decide; the peer-to-peer was {outcome.value}", now)


def end_work(case: "ReviewedCase", line: Line, now: datetime) -> None:
    """A conversation about a line has no purpose once it was held, or the line is decided."""
    case.work.finish((work for work in case.work.open if work.what.endswith(about(line))), now)


def ends(case: "ReviewedCase") -> list[Appointment]:
    """The ends of the windows in which a conversation may be held."""
    return [
        Appointment(
            at=before_the_answer_is_due(case, line, line.peer.ends_at) + A_SECOND,
            occasion=Occasion.FOLLOW_UP,
            clock=f"line {line.sequence}",
            rung=PEER_TO_PEER,
            words=f"line {line.sequence}: the time for a peer-to-peer conversation ends",
        )
        for line in case.lines
        if case.is_undecided and line.determination is None and line.peer and not line.peer.outcome
    ]


def time_is_over(case: "ReviewedCase", appointment: Appointment, now: datetime) -> None:
    """It did not come about in its time."""
    line = next(one for one in case.lines if f"line {one.sequence}" == appointment.clock)
    said = "its time has ended"
    came_out(case, line, PeerOutcome.MISSED, said=said, at=appointment.at, now=now, by=SYSTEM)
