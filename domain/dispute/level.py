"""The second level, which is the health plan's: what we learn of it, what we send, what its answer makes us pay."""

from datetime import date, datetime
from decimal import Decimal

from domain.case.acts import Act
from domain.dispute import announcing, receipt
from domain.dispute.dispute import Dispute
from domain.dispute.disputed import SECOND_LEVEL
from domain.dispute.facts import SecondLevel
from domain.dispute.line import NOTHING
from domain.dispute.work import FOLLOW, REOPENED_FOR
from domain.parts.events import EventKind
from domain.policy.disputes import DisputeOutcome
from domain.terms.money import Money
from domain.terms.refusals import Refused


class SecondLevelFiled(Act[Dispute]):
    """The provider asked the health plan; recorded when learned, and never refused for being late.

    A request that reached us by mistake is forwarded the same day; the file is sent when the plan wants it.
    """

    act_name = "work on a dispute"
    filed_on: date
    with_us: bool = False
    learned: str
    file_wanted: bool = False

    def check(self, case: Dispute, now: datetime) -> None:
        calendar = case.policy.calendar
        if self.filed_on > calendar.day_of(now):
            raise Refused("filed-on: nothing was filed in the future")
        if self.filed_on < calendar.day_of(case.received_at):
            raise Refused("filed-on: that is before the dispute itself was received")
        if case.second_level and case.second_level.outcome:
            raise Refused(f"the health plan's answer is recorded already: {case.second_level.outcome.value}")

    def apply(self, case: Dispute, now: datetime) -> str:
        calendar, at = case.policy.calendar, self.happened_at(now)
        before = case.second_level
        case.second_level = SecondLevel(
            filed_on=self.filed_on, with_us=self.with_us, learned=self.learned, recorded_at=now
        )
        window = case.clocks.get(SECOND_LEVEL)
        due_at = case.due_at_of(window) if window else None
        late = due_at is not None and self.filed_on > calendar.day_of(due_at)
        words = (
            f"second level filed on {self.filed_on}{', after its last day' if late else ''}: {self.learned}"
        )
        case.log.record(
            EventKind.SECOND_LEVEL_FILED, words, at=at, now=now, by=self.actor, with_us=self.with_us
        )
        if window and window.is_open:
            case.clocks.change(SECOND_LEVEL, satisfied_at=min(calendar.end_of(self.filed_on), now))
        case.reopened = False
        receipt.finish_work(case, REOPENED_FOR, now=now)
        if self.with_us and not (before and before.with_us):
            announcing.forward(case, "request", calendar.day_of(at), now)
        if self.file_wanted:
            announcing.forward(case, "file", calendar.day_of(case.received_at), now)
        case.need("dispute-review", FOLLOW, now)
        return words


class SecondLevelAnswered(Act[Dispute]):
    """What the health plan decided. It is followed: money that it gave is paid."""

    act_name = "work on a dispute"
    outcome: DisputeOutcome
    amount: Money | None = None
    answered_on: date

    def check(self, case: Dispute, now: datetime) -> None:
        filed = case.second_level
        if filed is None:
            raise Refused(f"no request to the health plan is known for {case.number}; record that first")
        if filed.outcome:
            raise Refused(f"the health plan's answer is recorded already: {filed.outcome.value}")
        if self.answered_on > case.policy.calendar.day_of(now) or self.answered_on < filed.filed_on:
            raise Refused("answered-on: between the day of filing and today")
        self._amount(case)

    def _amount(self, case: Dispute) -> Decimal:
        if self.outcome is DisputeOutcome.UPHELD:
            if self.amount:
                raise Refused("amount: an answer that upholds gives none")
            return NOTHING
        if self.amount is None or self.amount <= 0:
            raise Refused("amount: say how much more the health plan gave")
        return self.amount

    def apply(self, case: Dispute, now: datetime) -> str:
        amount = self._amount(case)
        words = f"the health plan answered: {self.outcome.value}" + (f", {amount} more" if amount else "")
        at = self.happened_at(now)
        case.log.record(EventKind.SECOND_LEVEL_ANSWERED, words, at=at, now=now, by=self.actor)
        case.second_level_answered(self.outcome, amount, self.answered_on, now)
        return words
