"""What people do to the clock: extend it, expedite, refuse to expedite, correct what was keyed."""

from datetime import datetime
from typing import TypeVar

from pydantic import AwareDatetime

from domain.case.acts import Act, require_supervisor
from domain.case.extending import MoreTime
from domain.clock.duty import Duty
from domain.clock.ledger import Received
from domain.clock.timeframe import Urgency
from domain.parts.events import EventKind
from domain.request.given import NOT_URGENT
from domain.request.request import Request, RequestedBy
from domain.review import announcing, decision_clocks, identity, letters, notified
from domain.review.assessed import AssessedCase
from domain.review.notified import REFUSAL_LETTER
from domain.review.reviewed import ReviewedCase
from domain.terms.calendar import whole_seconds
from domain.terms.notice import NoticeKind
from domain.terms.people import Language, Words
from domain.terms.refusals import Refused

R = TypeVar("R", bound=ReviewedCase)


def tried(act: Act[R], case: R, now: datetime) -> R:
    """The case as the act would leave it; where a late clock would be in time, that takes a supervisor."""
    after = case.model_copy(deep=True)
    act.apply(after, now)
    calendar = case.policy.calendar
    late = [clock.id for clock in case.clocks.values() if clock.is_late(now, calendar)]
    if any(not after.clocks[name].is_late(now, calendar) for name in late):
        require_supervisor(act)
    return after


class Extend(MoreTime[AssessedCase]):
    """Take more time for whatever is undecided and whose row allows it."""

    def check(self, case: AssessedCase, now: datetime) -> None:
        self.check_clocks(case, decision_clocks.decision_clocks(case), case.extension, now)

    def apply(self, case: AssessedCase, now: datetime) -> str:
        case.extension = self.asked(case, now)
        if self.notice_sent_at:
            notified.extension_noticed(case, whole_seconds(self.notice_sent_at), now)
            return "extension recorded with the notice that was sent"
        announcing.owe(
            case,
            NoticeKind.EXTENSION,
            now,
            {
                language: letters.extension(case, self.until, self._words(case), language)
                for language in Language
            },
        )
        return "extension asked for; it stands once its notice has left in time"

    def _words(self, case: AssessedCase) -> Words:
        rows = [clock.row(case.policy.calendar) for clock in decision_clocks.decision_clocks(case)]
        return next(row.extension.grounds[self.ground] for row in rows if row.extension)


class Expedite(Act[ReviewedCase]):
    """Somebody states that waiting could do harm. The earlier of the two due dates governs."""

    asked_by: RequestedBy

    def check(self, case: ReviewedCase, now: datetime) -> None:
        if not case.is_undecided:
            raise Refused(f"{case.number} has been decided")
        if not case.may_be_expedited:
            raise Refused(f"{case.number} is about what was given already; it waits for nobody", NOT_URGENT)
        if not self.changes(case):
            raise Refused(f"{case.number} is expedited already")

    def changes(self, case: ReviewedCase) -> bool:
        """Is it more than what was said of the urgency before?"""
        return case.urgency is Urgency.STANDARD or self._binds_more_than(case.urgency_by)

    def _binds_more_than(self, word: RequestedBy) -> bool:
        """A physician's statement makes binding what a member only asked for."""
        return self.asked_by is RequestedBy.PHYSICIAN and word is not RequestedBy.PHYSICIAN

    def apply(self, case: ReviewedCase, now: datetime) -> str:
        at = self.happened_at(now)
        case.urgency_by = self.asked_by
        reason = f"expedited at the word of the {self.asked_by.value}"
        case.log.record(EventKind.URGENCY_CHANGED, reason, at=at, now=now, by=self.actor)
        if case.urgency is Urgency.STANDARD:
            decision_clocks.retime(case, Urgency.EXPEDITED, at, at=at, now=now, by=self.actor, reason=reason)
        return reason


class Downgrade(Act[AssessedCase]):
    """Refuse to expedite: back to the standard row, counted from the original receipt, and told at once."""

    act_name = "refuse to expedite"

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not case.is_undecided or case.urgency is not Urgency.EXPEDITED:
            raise Refused(f"{case.number} is not waiting as an expedited request")
        if decision_clocks.is_binding_urgency(case):
            raise Refused("a physician stated the urgency, and that binds the plan", "42 CFR 422.570")
        tried(self, case, now)

    def apply(self, case: AssessedCase, now: datetime) -> str:
        at = self.happened_at(now)
        words = "expedite refused; the standard time counts from the original receipt"
        case.log.record(EventKind.URGENCY_CHANGED, words, at=at, now=now, by=self.actor)
        decision_clocks.retime(
            case, Urgency.STANDARD, case.received_at, at=at, now=now, by=self.actor, reason="expedite refused"
        )
        row = case.policy.row(Duty.REFUSED_EXPEDITE_LETTER, case.received_at, Urgency.STANDARD)
        if row:
            case.clocks.begin(REFUSAL_LETTER, row, Received(at=at, recorded_at=now))
        announcing.owe_same(case, NoticeKind.EXPEDITE_REFUSED, now)
        announcing.owe_calls(case, "tell that the expedite was refused", now)
        return words


class CorrectReceipt(Act[ReviewedCase]):
    """The receipt was keyed wrong: clocks and breaches are computed again, and both entries stay."""

    act_name = "correct"
    received_at: AwareDatetime

    def check(self, case: ReviewedCase, now: datetime) -> None:
        if not self.reason:
            raise Refused("reason: a correction says why", "plan policy")
        true_receipt = whole_seconds(self.received_at)
        if true_receipt > now:
            raise Refused("received: nothing was received in the future")
        if true_receipt == case.received_at:
            raise Refused("received: that is the receipt the case already has")
        if case.policy.calendar.day_of(true_receipt) < (first := case.policy.plan.in_force_from):
            raise Refused(f"received: the pack has no timeframes for a receipt before {first}")
        tried(self, case, now)

    def apply(self, case: ReviewedCase, now: datetime) -> str:
        received_at = whole_seconds(self.received_at)
        calendar = case.policy.calendar
        words = f"receipt corrected from {calendar.show(case.received_at)} to {calendar.show(received_at)}"
        case.log.record(EventKind.CORRECTED, f"{words}: {self.reason}", now=now, by=self.actor)
        decision_clocks.correct_receipt(case, received_at, now=now, by=self.actor, reason=self.reason)
        return words


class CorrectRequest(Act[AssessedCase]):
    """Facts were keyed wrong: the request as it should have read. Clocks stay on their rows."""

    act_name = "correct"
    request: Request

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not self.reason:
            raise Refused("reason: a correction says why", "plan policy")
        if self.request.plan != case.request.plan:
            raise Refused(
                "plan: another line of business takes another policy; `plazo correct plan` gives it"
            )
        asked = {line.sequence: line for line in self.request.lines}
        if set(asked) != {line.sequence for line in case.request.lines}:
            raise Refused("lines: a correction keeps the lines of the request")
        if _is_retrospective(self.request) is not _is_retrospective(case.request):
            raise Refused(
                "visit: another kind of request is another case; enter it with its original receipt"
            )
        for line in case.lines:
            corrected = asked[line.sequence]
            if line.determination and corrected != line.asked:
                raise Refused(f"line {line.sequence} is decided and stays as it was asked")
            if case.policy.kind_in(self.request, corrected) is not line.kind:
                raise Refused(
                    f"line {line.sequence}: that service runs on another clock; enter a new request"
                )

    def apply(self, case: AssessedCase, now: datetime) -> str:
        asked = {line.sequence: line for line in self.request.lines}
        was_incomplete = bool(case.missing)
        kept = {"received_at": case.received_at, "visit": case.request.visit}  # each has its own correction
        case.request = self.request.model_copy(update=kept)
        case.corrections += 1
        for line in case.lines:
            line.asked = asked[line.sequence]
        case.coverage = None  # asked again: the contract number or the day of service may be another
        identity.is_right(case, now)
        case.is_compared, case.confirmed = False, ()
        case.work.finish((work for work in case.work.open if work.queue == "coverage"), now)
        case.log.record(EventKind.CORRECTED, f"request corrected: {self.reason}", now=now, by=self.actor)
        if was_incomplete:  # a contract number or a diagnosis comes only so
            case.complete_if_all_came(self.happened_at(now), now)
        return "request corrected"


def _is_retrospective(request: Request) -> bool | None:
    if request.unasked:
        return True
    return request.visit.retrospective if request.visit else None
