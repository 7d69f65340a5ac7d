"""The link between a case and the appeal of what it decided."""

from datetime import datetime

from pydantic import AwareDatetime

from domain.appeal.appealed import appealed
from domain.authorization.authorization import LiveAuthorization
from domain.case import ending
from domain.case.acts import Act
from domain.clock.duty import Duty
from domain.clock.timeframe import Satisfaction
from domain.parts.events import EventKind
from domain.policy.appeals import AppealBy
from domain.review.assessed import AssessedCase
from domain.review.notified import APPEAL


class AppealOpened(Act[AssessedCase | LiveAuthorization]):
    """An appeal of this case has reached the plan: its window is used, and what stays open there is decided there.

    A case whose every open line is appealed closes as appealed: the appeal's own case goes on from here.
    """

    number: str
    received_at: AwareDatetime
    by: AppealBy
    lines: tuple[int, ...]

    def apply(self, case: AssessedCase | LiveAuthorization, now: datetime) -> str:
        if self.number in case.linked:
            return f"{self.number} is linked already"
        in_time = self._is_in_time(case)
        case.link(self.number, f"appeal opened by the {self.by.value}", now, self.actor)
        if in_time:
            case.satisfy(Satisfaction.ACT, {Duty.APPEAL_WINDOW}, at=self.received_at, now=now)
        if in_time and isinstance(case, AssessedCase) and self._is_all_that_is_open(case):
            self._hand_over(case, now)
        return f"linked with {self.number}"

    def _is_all_that_is_open(self, case: AssessedCase) -> bool:
        open_lines = {line.sequence for line in case.undecided}
        return bool(open_lines) and open_lines <= set(self.lines)

    def _is_in_time(self, case: AssessedCase | LiveAuthorization) -> bool:
        last = appealed(case, now_of(case)).appeal_by
        return last is None or self.received_at <= last

    def _hand_over(self, case: AssessedCase, now: datetime) -> None:
        """What was left in silence counts as refused and is appealed: the answer is owed there now."""
        words = f"the answer that is still owed is given in {self.number}"
        case.log.record(EventKind.WINDOW_ENDED, words, now=now, clock=APPEAL)
        ending.close(case, case.outcome, now)


def now_of(case: AssessedCase | LiveAuthorization) -> datetime:
    """The instant of the last thing that happened to a case."""
    return case.log.events[-1].recorded_at
