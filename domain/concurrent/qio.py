"""The QIO looks at an end of coverage: asked in time or late, explained to, and followed."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from domain.case.acts import Act
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.concurrent import letters
from domain.concurrent.concurrent import Concurrent
from domain.parts.events import EventKind
from domain.review import announcing
from domain.terms.calendar import whole_seconds
from domain.terms.notice import NoticeKind
from domain.terms.refusals import Refused

EXPLANATION = "detailed explanation"


class AskQio(Act[Concurrent]):
    """The QIO was asked `at` an instant, in time or late, and told us: our explanation is due on that day."""

    verb: Literal["ask-qio"] = "ask-qio"
    told_at: AwareDatetime | None = None

    def check(self, case: Concurrent, now: datetime) -> None:
        ends = case.termination
        if ends is None or ends.review_until(case.policy.calendar) is None or ends.delivered_at is None:
            raise Refused(f"{case.number} has no notice that the QIO could be asked about")
        if ends.review_asked_at:
            raise Refused("the QIO is looking at it already")

    def apply(self, case: Concurrent, now: datetime) -> str:
        at, told_at, calendar = (
            self.happened_at(now),
            whole_seconds(self.told_at or now),
            case.policy.calendar,
        )
        if case.termination is None:  # pragma: no cover - the check came first
            raise AssertionError("the QIO is asked about a notice")
        case.termination = case.termination.model_copy(update={"review_asked_at": at})
        timely = case.termination.is_protected(calendar)
        words = (
            "the QIO was asked in time" if timely else "the QIO was asked late, and looks at it all the same"
        )
        case.log.record(EventKind.FORWARDED, words, at=at, now=now, by=self.actor)
        if row := case.policy.row(Duty.DETAILED_EXPLANATION, case.received_at):
            case.clocks.begin(EXPLANATION, row, Received(at=told_at, recorded_at=now))
            announcing.owe(case, NoticeKind.DETAILED_EXPLANATION, now, letters.explanation(case))
            case.need(
                "appeals", "send the file to the QIO", now, due_at=case.due_at_of(case.clocks[EXPLANATION])
            )
        return words


class AnswerOfQio(Act[Concurrent]):
    """What the QIO decided: for the member, and coverage goes on; or not, and it ends on its day."""

    act_name = "record an independent review"
    for_member: bool

    def check(self, case: Concurrent, now: datetime) -> None:
        if not case.is_asked_about:
            raise Refused(f"{case.number} is not with the QIO")

    def apply(self, case: Concurrent, now: datetime) -> str:
        at = self.happened_at(now)
        case.work.finish((one for one in case.work.open if one.queue == "appeals"), now)
        if self.for_member:
            words = "the QIO decided for the member: coverage goes on"
            case.reinstate(now)
            case.goes_on_after_all(words, at, now, self.actor)
            return words
        words = "the QIO decided for the plan: coverage ends on its day, and the member may ask again"
        case.log.record(EventKind.REVIEW_ANSWERED, words, at=at, now=now, by=self.actor)
        if case.termination:
            case.termination = case.termination.model_copy(update={"review_asked_at": None})
        return words
