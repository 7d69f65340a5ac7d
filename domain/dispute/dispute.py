"""A payment dispute: the plan paid a provider without a contract less than Original Medicare would have paid.

1. Received: the clock of the first level runs from receipt, or from completion where the plan's row says so.
2. One of ours? Medicare Advantage, and no contract, on the date of service. Then each line is sorted: an amount
   stays, a denial goes to the health plan's appeal, and no decision is made here on it.
3. In time? Late is received and answered: good cause is asked for, and a person decides.
4. Complete? What is missing is asked for, item by item. No timer dismisses.
5. First level, line by line; a missed limit opens the second level, and the answer stays owed.
6. The second level is the health plan's. 7. Money that was given is instructed once.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Self

from pydantic import JsonValue

from domain.case import ending
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.dispute import announcing, answering, letters, money, next_steps, receipt
from domain.dispute.disputed import GOOD_CAUSE, SECOND_LEVEL, STATEMENT_OF_CAUSE, Disputed
from domain.dispute.filing import Filing
from domain.dispute.line import DisputeLine
from domain.dispute.triage import triage
from domain.dispute.work import (
    DISMISS_OR_DECIDE,
    GOOD_CAUSE_STATED,
    NO_CAUSE_CAME,
    ON_WHAT_IS_THERE,
    REOPENED_FOR,
)
from domain.parts.events import EventKind
from domain.parts.happenings import (
    EverythingLeft,
    Happening,
    LetterLeft,
    LetterLeftAgain,
    MoreTimeGiven,
    NothingCame,
    RightsAreDue,
    WindowEnded,
    WindowIsEnding,
)
from domain.parts.papers import Papers
from domain.policy.case_policy import CasePolicy
from domain.policy.disputes import DisputeOutcome
from domain.request.request import Document
from domain.terms.calendar import whole_seconds
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor


class Dispute(Disputed):
    """A payment dispute on its way through the department."""

    kind: ClassVar[str] = "dispute"

    @classmethod
    def received(
        cls,
        number: str,
        member: str,
        policy: CasePolicy,
        filing: Filing,
        *,
        now: datetime,
        by: Actor = SYSTEM,
    ) -> Self:
        """A dispute reached us, wherever it reached us first: that is its receipt."""
        received_at = whole_seconds(filing.received_at)
        rows, day = policy.dispute.triage if policy.dispute else (), policy.calendar.day_of(received_at)
        case = cls(
            number=number,
            member=member,
            policy=policy,
            received_at=received_at,
            filing=filing,
            lines=[
                DisputeLine(asked=line, triage=triage(line, filing.claim, rows, day)) for line in filing.lines
            ],
            papers=Papers(documents=list(filing.documents)),
        )
        receipt.begin(case, now, by)
        return case

    # What follows by itself

    def settle(self, now: datetime) -> None:
        if self.is_undecided and self.ours:
            next_steps.acknowledge(self, now)
            next_steps.redirect(self, now)
            next_steps.ask_for_sorting(self, now)
            next_steps.ask_why_late(self, now)
            next_steps.ask_for_what_is_missing(self, now)
            next_steps.ask_for_decisions(self, now)
        if self.ours and not self.withdrawn:
            answering.announce(self, now)
        self.close_if_over(now)

    # Complete

    def attached(self, document: Document, now: datetime, by: Actor = SYSTEM) -> None:
        super().attached(document, now, by)
        at = document.received_at or now
        self.said_more(at, now, cause=document.kind == STATEMENT_OF_CAUSE)

    def said_more(self, at: datetime, now: datetime, *, cause: bool) -> None:
        """What had been left out of the filing was said after all."""
        if cause and self.late_lines:
            self._cause_stated(at, now)
        if not self.missing and (self.information_asked or self.completed_at is None):
            receipt.information_came(self, at, now)

    def _cause_stated(self, at: datetime, now: datetime) -> None:
        if self.clocks.is_open(GOOD_CAUSE):
            self.clocks.change(GOOD_CAUSE, satisfied_at=at)
        receipt.finish_work(self, NO_CAUSE_CAME, now=now)
        if self.good_cause_asked:
            self.need("supervisor", GOOD_CAUSE_STATED, now)

    # What time brings

    def follow(self, happening: Happening, now: datetime) -> None:
        """The end of a window is an event with a named outcome, and a person's work; it decides nothing."""
        match happening:
            case LetterLeft(notice=notice) if notice.recipient is Recipient.PROVIDER:
                announcing.provider_has(self, notice, now)
            case LetterLeftAgain(notice=notice):
                announcing.provider_has_again(self, notice, now)
            case RightsAreDue(clock=clock):
                announcing.tell_rights(self, clock, now)
            case WindowIsEnding(clock=clock, appointment=appointment):
                announcing.remind(self, clock, appointment, now)
            case WindowEnded(clock=clock, at=at):
                self._window_ended(clock, at, now)
                self.close_if_over(now, at)
            case MoreTimeGiven() if not self.late_lines:
                self._no_line_is_late(now)
            case NothingCame():
                self._nothing_came(now)
            case EverythingLeft():
                for owed in self.may_be_paid:
                    money.instructed(self, owed.key, "forecast", now)
                self.settle(now)
            case _:
                pass

    def _window_ended(self, clock: Clock, at: datetime, now: datetime) -> None:
        match clock.timeframe.times:
            case Duty.DISPUTE_FILING if self.missing and self.is_undecided:
                lacking = ", ".join(row.title.en.lower() for row in self.missing)
                words = f"the time to file ended and the dispute is incomplete: {lacking}"
                self.log.record(EventKind.TIMELINESS, words, at=at, now=now, row=self.terms.id)
                if self.terms.completion_is_timed or not self.information_is_awaited:
                    self.need("supervisor", DISMISS_OR_DECIDE, now)
            case Duty.DISPUTE_INFORMATION if self.information_asked and self.is_undecided:
                self._nothing_came(now)
                receipt.decide_from(self, at, now)
            case Duty.GOOD_CAUSE if self.late_lines:
                self.need("supervisor", NO_CAUSE_CAME, now)
            case _:
                pass

    def _nothing_came(self, now: datetime) -> None:
        """What was asked for did not come: a person dismisses, or decides on what is there."""
        self.need("dispute-review", ON_WHAT_IS_THERE, now)
        self.need("supervisor", DISMISS_OR_DECIDE, now)

    def _no_line_is_late(self, now: datetime) -> None:
        """After more time was given nobody has to say why it came late."""
        if self.clocks.is_open(GOOD_CAUSE):
            self.clocks.change(GOOD_CAUSE, ended_at=now)
        receipt.finish_work(self, GOOD_CAUSE_STATED, NO_CAUSE_CAME, now=now)

    def dated(self, notice: Notice, now: datetime) -> Notice:
        return announcing.with_its_days(self, super().dated(notice, now), now)

    def at_the_head(self, now: datetime) -> dict[str, JsonValue]:
        return letters.about(self, now)

    def request_information(
        self, english: list[str], spanish: list[str], now: datetime, by: Actor = SYSTEM
    ) -> None:
        announcing.request_information(self, english, spanish, now, by)

    # The answer

    # How it ends

    def close_if_over(self, now: datetime, at: datetime | None = None) -> None:
        """Over when all are told and paid, and nobody's time for the second level runs."""
        window, filed = self.clocks.get(SECOND_LEVEL), self.second_level
        if (
            self.is_closed
            or self.is_undecided
            or self.letters.unsent
            or self.unpaid
            or self.reopened
            or self.letters.holds
        ):
            return
        if self.letters.came_back or self.work.in_queue("calls") or (filed and filed.outcome is None):
            return
        if window and window.is_open and not (self.withdrawn or (filed and filed.outcome)):
            return
        ending.close(self, self._outcome, now, at)

    @property
    def _outcome(self) -> str:
        filed = self.second_level
        if self.withdrawn or self.elsewhere:
            return self.status.in_a_sentence
        if filed and filed.outcome:
            return f"second level: {filed.outcome.value}"
        if SECOND_LEVEL in self.clocks:
            return "window closed, no request known"
        return self.status.in_a_sentence

    def second_level_answered(
        self, outcome: DisputeOutcome, amount: Decimal, answered_on: date, now: datetime
    ) -> None:
        """The health plan decided; what it gave is paid."""
        assert self.second_level is not None
        given = amount if amount > 0 else None
        answer = {"outcome": outcome, "amount": given, "answered_on": answered_on}
        self.second_level = self.second_level.model_copy(update=answer)
        money.owe_payment(self, 2, amount, (), now)
        self.work.finish_all(now)

    def reopen(self, now: datetime) -> None:
        """Taken up again from the register, for what somebody has to tell of it."""
        ending.take_up(self, now, words="reopened")
        self.reopened = True
        self.need("dispute-review", REOPENED_FOR, now)

    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        """The provider takes the dispute back; what was redirected stays with the health plan."""
        ending.take_back(self, f"withdrawn by the {by}", at, now, actor)
        announcing.owe_provider(self, NoticeKind.DISPUTE_WITHDRAWN, now, lambda _: {})
