"""Treatment received: what a review may look at beside necessity and appropriateness, and no ground to deny.

Whoever sees something about the quality of care hands it to clinical quality. No answer and no clock changes by it;
the case does not close, and a request that is taken back does not end it, before somebody there has looked.
"""

from datetime import datetime
from typing import Literal

from domain.case.acts import Act
from domain.parts.events import EventKind
from domain.parts.queues import QUALITY
from domain.request.request import Prose
from domain.review.assessed import AssessedCase
from domain.terms.refusals import Refused

CONCERN = "a concern about the treatment that was received: see the notes"


class RaiseConcern(Act[AssessedCase]):
    """Something about the treatment is for clinical quality to look into; what it is stands in a note of staff."""

    verb: Literal["raise-concern"] = "raise-concern"
    concern: Prose

    def apply(self, case: AssessedCase, now: datetime) -> str:
        at, words = self.happened_at(now), f"concern about treatment: {self.concern}"
        case.log.record(EventKind.NOTED, words, at=at, now=now, by=self.actor)
        case.need(QUALITY, CONCERN, now)
        return "it is with clinical quality; no answer changes by it"


class AnswerConcern(Act[AssessedCase]):
    """Clinical quality looked into it, and says what came of it."""

    act_name = "look into the quality of treatment"
    came_of_it: Prose

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not case.work.in_queue(QUALITY):
            raise Refused(f"{case.number} has no concern about treatment that waits")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        at, words = self.happened_at(now), f"concern about treatment looked into: {self.came_of_it}"
        case.log.record(EventKind.NOTED, words, at=at, now=now, by=self.actor)
        case.work.finish((work for work in case.work.open if work.queue == QUALITY), now)
        return "the concern about treatment is looked into"
