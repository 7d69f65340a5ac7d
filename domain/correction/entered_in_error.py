"""Entered in error: a case that should never have been, for example one that was keyed for the wrong member.

It counts nowhere. What has not left is stopped; what has left is called back, as work for the supervisor, and until
that is done the case stays open. The right member's request is entered with its original receipt.
"""

from datetime import datetime
from typing import Literal

from domain.case import dispatch
from domain.case.acts import Act
from domain.case.case import Case
from domain.parts.events import EventKind
from domain.request.determination import Ending
from domain.review.assessed import AssessedCase
from domain.terms.refusals import Refused

FLAG = "entered_in_error"


class EnterInError(Act[AssessedCase]):
    """Close a case that should never have been opened."""

    act_name = "enter in error"
    verb: Literal["enter_in_error"] = "enter_in_error"

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: say what was entered wrong, without personal data", "plan policy")
        if case.entered_in_error:
            raise Refused(f"{case.number} is entered in error already; its letters are being called back")

    def apply(self, case: AssessedCase, now: datetime) -> str:
        at = self.happened_at(now)
        case.entered_in_error = True
        case.log.flags = [*case.log.flags, FLAG]
        words = f"entered in error, and counted nowhere: {self.reason}"
        case.log.record(EventKind.ENTERED_IN_ERROR, words, at=at, now=now, by=self.actor)
        dispatch.stop(case, case.letters.unsent, "the case was entered in error", now, self.actor)
        for line in case.lines:
            if line.authorization and line.authorization.ended_as is None:
                case.end_authorization(line, Ending.ENTERED_IN_ERROR, at, now, self.actor)
        case.work.finish_all(now)
        for clock in case.clocks.open:
            case.clocks.change(clock.id, ended_at=now)
        left = [notice for notice in case.letters.notices if notice.sent_at or notice.uncertain_at]
        if not left:
            return "entered in error; nothing had left"
        dispatch.call_back(case, left, now)
        count = "1 letter had left and is" if len(left) == 1 else f"{len(left)} letters had left and are"
        return f"entered in error; {count} called back"


class RecordRecall(Act[Case]):
    """What became of the letters that had left; with it the case closes."""

    act_name = "enter in error"

    def check(self, case: Case, now: datetime) -> None:
        if not case.work.in_queue("privacy"):
            raise Refused(f"{case.number} has no letters to call back")
        if not self.reason:
            raise Refused("because: say what became of the letters, without personal data", "plan policy")

    def apply(self, case: Case, now: datetime) -> str:
        words = f"letters called back: {self.reason}"
        case.log.record(EventKind.RECALLED, words, at=self.happened_at(now), now=now, by=self.actor)
        case.work.finish((work for work in case.work.open if work.queue == "privacy"), now)
        return words
