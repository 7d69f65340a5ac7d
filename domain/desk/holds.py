"""Putting a case on hold and letting it go. A hold is not a pause: letters and calls wait, the clock does not."""

from datetime import datetime
from typing import ClassVar

from domain.case.acts import Act
from domain.case.case import Case
from domain.parts.events import EventKind
from domain.parts.happenings import HoldsLifted
from domain.parts.hold import Hold, HoldKind
from domain.terms.refusals import Refused


class PutOnHold(Act[Case]):
    """From now on nothing leaves the house; what is owed stays owed, and late is late."""

    act_name = "hold a case"
    kind: HoldKind

    def check(self, case: Case, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: a hold says why", "plan policy")

    def apply(self, case: Case, now: datetime) -> str:
        if any(hold.kind is self.kind for hold in case.letters.holds):
            return f"the {self.kind.value} hold is on already"
        case.letters.holds.append(Hold(kind=self.kind, since=now, by=self.actor.id, because=self.reason))
        case.log.raise_flag(self.kind.flag)
        words = f"{self.kind.value} hold: nothing leaves the house, and the clock runs on"
        case.log.record(
            EventKind.HELD, f"{words}: {self.reason}", now=now, by=self.actor, hold=self.kind.value
        )
        return words


class LiftHold(Act[Case]):
    """What waited may leave, unless another hold is on."""

    act_name = "hold a case"
    hears_when_closed: ClassVar[bool] = True  # letters of a closed case may still wait for it
    kind: HoldKind

    def check(self, case: Case, now: datetime) -> None:
        if all(hold.kind is not self.kind for hold in case.letters.holds):
            raise Refused(f"no {self.kind.value} hold is on {case.number}")

    def apply(self, case: Case, now: datetime) -> str:
        case.letters.holds = [hold for hold in case.letters.holds if hold.kind is not self.kind]
        case.log.lower_flag(self.kind.flag)
        if not case.letters.holds:
            case.letters.wait_for_next_run(case.letter_times, now)
            case.follow(HoldsLifted(), now)
        waiting = len(case.may_leave)
        what_follows = f"; {waiting} letters that waited may leave" if waiting else ""
        words = f"{self.kind.value} hold lifted{what_follows}"
        why = f": {self.reason}" if self.reason else ""
        case.log.record(EventKind.HOLD_LIFTED, words + why, now=now, by=self.actor, hold=self.kind.value)
        return words
