"""How a case ends, and goes on: its clocks fall away, it closes, it is taken up for what somebody has to say."""

from datetime import datetime

from domain.case.case import Case
from domain.parts.events import EventKind
from domain.parts.queues import POST
from domain.terms.people import SYSTEM, Actor


def end_clocks(case: Case, now: datetime, at: datetime | None = None) -> None:
    """What runs falls away at `at` (now, unless it happened earlier), but for what outlives the answer."""
    for clock in case.clocks.open:
        if not case.outlives_the_answer(clock):
            case.clocks.change(clock.id, ended_at=at or now)
            case.reconsider_breach(clock.id, now)


def close(case: Case, outcome: str, now: datetime, at: datetime | None = None) -> None:
    """Nothing is left to do: clocks and work end, and the case says as what it closed."""
    end_clocks(case, now, at)
    asked = {POST} if case.letters.uncertain else set()  # whether a letter left is worth knowing afterwards
    case.work.finish((work for work in case.work.open if work.queue not in asked), now)
    case.closed_as = outcome
    case.log.record(EventKind.CLOSED, f"closed: {outcome}", now=now, at=at)


def take_up(case: Case, now: datetime, by: Actor = SYSTEM, *, words: str = "taken up") -> None:
    """It had closed, and somebody has something to say of it: it goes on."""
    case.had_closed_as, case.closed_as = case.closed_as, None
    words = f"{words}; it had closed: {case.had_closed_as}"
    case.log.record(EventKind.REOPENED, words, now=now, by=by)


def take_back(case: Case, words: str, at: datetime, now: datetime, by: Actor) -> None:
    """Whoever asked takes it back: nothing of it runs or waits for anybody any more."""
    case.withdrawn = True
    case.log.record(EventKind.WITHDRAWN, words, at=at, now=now, by=by)
    end_clocks(case, now, at)
    case.work.finish_all(now)


def withdraw(case: Case, by: str, at: datetime, now: datetime, actor: Actor) -> None:
    """Whoever asked takes it back, and nothing is left that anybody would have to be told."""
    take_back(case, f"withdrawn by the {by}", at, now, actor)
    close(case, case.status.in_a_sentence, now, at)
