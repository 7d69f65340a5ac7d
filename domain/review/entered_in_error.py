"""Entered in error: a case that should never have been, for example one that was keyed for the wrong member.

It counts nowhere. What has not left is stopped; what has left is called back, as work for the supervisor, and until
that is done the case stays open. The right member's request is entered with its original receipt.
"""

from datetime import datetime
from typing import Literal

from domain.case.acts import Act
from domain.case.case import Case
from domain.case.events import EventKind
from domain.request.determination import Ending
from domain.review.assessed import Assessed
from domain.terms.refusals import Refused

FLAG = "entered_in_error"


class EnterInError(Act[Assessed]):
    """Close a case that should never have been opened."""

    deed = "enter in error"
    verb: Literal["enter_in_error"] = "enter_in_error"

    def check(self, case: Assessed, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: say what was entered wrong, without personal data", "plan policy")
        if case.entered_in_error:
            raise Refused(f"{case.number} is entered in error already; its letters are being called back")

    def apply(self, case: Assessed, now: datetime) -> str:
        at = self.happened_at(now)
        case.entered_in_error = True
        case.flags = [*case.flags, FLAG]
        words = f"entered in error, and counted nowhere: {self.reason}"
        case.record(EventKind.ENTERED_IN_ERROR, words, at=at, now=now, by=self.actor)
        case.stop(case.unsent, "the case was entered in error", now, self.actor)
        for line in case.lines:
            if line.authorization and line.authorization.ended_as is None:
                case.end_authorization(line, Ending.ENTERED_IN_ERROR, at, now, self.actor)
        case.finish_all(now)
        for clock in case.open_clocks:
            case.change_clock(clock.id, ended_at=now)
        left = [notice for notice in case.notices if notice.sent_at or notice.uncertain_at]
        if not left:
            return "entered in error; nothing had left"
        case.left_all_the_same(left, now)
        count = "1 letter had left and is" if len(left) == 1 else f"{len(left)} letters had left and are"
        return f"entered in error; {count} called back"


class RecordRecall(Act[Case]):
    """What became of the letters that had left; with it the case closes."""

    deed = "enter in error"

    def check(self, case: Case, now: datetime) -> None:
        if not case.work_in("privacy"):
            raise Refused(f"{case.number} has no letters to call back")
        if not self.reason:
            raise Refused("because: say what became of the letters, without personal data", "plan policy")

    def apply(self, case: Case, now: datetime) -> str:
        words = f"letters called back: {self.reason}"
        case.record(EventKind.RECALLED, words, at=self.happened_at(now), now=now, by=self.actor)
        case.finish((work for work in case.open_work if work.queue == "privacy"), now)
        return words
