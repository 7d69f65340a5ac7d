"""What is sensitive is read by those who work on it, and by whoever a supervisor's or a physician's word lets in.

Such a case is marked. Whoever has taken work of it or recorded something in it works on it; everybody else finds
its number, its queue and its dates, and nothing of the member. That it is so is our own choice, after the minimum
that is necessary (45 CFR 164.502(b)).
"""

from datetime import datetime
from typing import Literal

from domain.case.acts import Act
from domain.case.case import Case
from domain.parts.events import EventKind
from domain.request.request import Request
from domain.request.standing import Condition
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused

SENSITIVE = "sensitive"  # the flag
MARKED = "sensitive: read only as far as the work needs it"
MASKED = "sensitive"  # what stands in a list in the place of what it is about
CLOSED_TO = (
    "this case is sensitive, and read by those who work on it: claim its work; a supervisor or a physician says "
    "why they read it (plazo look-into)"
)
SOURCE = "plan policy, assumed; after 45 CFR 164.502(b)"


def mark(case: Case, request: Request, now: datetime) -> None:
    """A case about HIV or AIDS is marked, and so is what comes out of it."""
    if request.standing and request.standing.condition is Condition.HIV_AIDS:
        case.log.flag(SENSITIVE, MARKED, now)


def is_marked(case: Case) -> bool:
    return SENSITIVE in case.log.flags


def is_open_to(case: Case, who: Actor) -> bool:
    """May they read it? Whoever works on it may; so may everybody where nothing is sensitive."""
    return not is_marked(case) or who.id in {*_workers(case), *case.known_to}


def known_to(case: Case) -> tuple[str, ...]:
    """To whom what comes out of a sensitive case is open from its beginning: those who work on the case."""
    return tuple(sorted(_workers(case))) if is_marked(case) else ()


def _workers(case: Case) -> set[str]:
    taken = {work.assignee for work in case.work.pieces if work.assignee}
    return taken | {event.by_id for event in case.log.events} - {SYSTEM.id}


class LookInto(Act[Case]):
    """A supervisor or a physician reads a sensitive case, and says why; from then on it is open to them."""

    verb: Literal["look-into"] = "look-into"
    act_name = "look into a sensitive case"

    def check(self, case: Case, now: datetime) -> None:
        if not is_marked(case):
            raise Refused(f"{case.number} is not marked as sensitive; it is read without")
        if not self.reason:
            raise Refused("because: say why you read it", SOURCE)

    def apply(self, case: Case, now: datetime) -> str:
        words = f"looked into, because: {self.reason}"
        case.log.record(EventKind.NOTED, words, at=self.happened_at(now), now=now, by=self.actor)
        return "it is open to you from now on"
