"""Confirming that the person on the paper is the member of that number, though the directory says otherwise."""

from datetime import datetime

from domain.case.acts import Act
from domain.parts.events import EventKind
from domain.review import identity
from domain.review.assessed import AssessedCase
from domain.terms.refusals import Refused


class ConfirmMember(Act[AssessedCase]):
    """Somebody looked: it is the same person, and what was kept back may leave."""

    act_name = "correct"

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not case.differs:
            raise Refused(f"the member of {case.number} is the one of the directory, as far as is known")
        if not self.reason:
            raise Refused("because: say how it was found out, without personal data", "plan policy")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        case.confirmed = case.differs
        words = f"the member is confirmed, though {' and '.join(case.differs)} differ: {self.reason}"
        identity.is_right(case, now)
        case.letters.wait_for_next_run(case.letter_times, now)
        at = self.happened_at(now)
        case.log.record(EventKind.MEMBER_COMPARED, words, at=at, now=now, by=self.actor)
        return words
