"""A provider's payment dispute: what was filed, its lines, and the questions that a department asks of it.

What happens next is kept apart (`telling.py`, `dispute.py`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime

from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.dispute.facts import GoodCause, LaterRemittance, SecondLevel
from domain.dispute.filing import Filing
from domain.dispute.line import DisputeLine
from domain.dispute.standing import Standing, StandingQuestion
from domain.parts.answers import Answered
from domain.parts.payment import Payment
from domain.parts.stage import Stage
from domain.parts.status import DisputeStatus
from domain.policy.disputes import DisputePolicy, DisputeTerms, Route
from domain.policy.rows import Requirement
from domain.rates.pricing import PaidLine
from domain.remittance.claim_codes import COVERAGES, MEDICARE_ADVANTAGE
from domain.remittance.notification import NotificationDate, notification_date
from domain.terms.calendar import whole_seconds
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import Language

DECISION = "decision"
FILING = "filing window"
INFORMATION = "information window"
GOOD_CAUSE = "good cause window"
SECOND_LEVEL = "second level window"
STATEMENT_OF_CAUSE = "good_cause_statement"  # a kind of paper


class Disputed(Case):
    """A filing, its lines, and where they stand."""

    filing: Filing
    lines: list[DisputeLine]
    standing: Standing | None = None
    ours: bool = False  # Medicare Advantage, and no contract: by the directory, or a person's word
    elsewhere: Literal["not_ours", "contract"] | None = None
    acknowledged: bool = False
    good_cause_asked: bool = False
    good_cause: GoodCause | None = None
    completed_at: AwareDatetime | None = None
    second_level: SecondLevel | None = None
    reopened: bool = False  # and what it was reopened for is not recorded yet
    payments: list[Payment] = []
    later: LaterRemittance | None = None

    @property
    def disputes(self) -> DisputePolicy:
        """The plan's rows for disputes; every dispute takes them along."""
        assert self.policy.dispute is not None
        return self.policy.dispute

    @property
    def terms(self) -> DisputeTerms:
        return self.disputes.terms

    # Is it one of ours?

    @property
    def standing_by_remittance(self) -> Standing | None:
        """Where the claim filing indicator names another coverage, nobody else is asked."""
        indicator = self.filing.claim.filing_indicator
        if indicator is None or indicator not in self.terms.other_coverages:
            return None
        because = f"the remittance names another coverage: {COVERAGES.get(indicator, indicator)}"
        return Standing(in_medicare_advantage=False, has_contract=None, because=because)

    @property
    def standing_question(self) -> StandingQuestion | None:
        """What the directory is asked; None where no line names a day of service."""
        days = [line.asked.day for line in self.lines if line.asked.day]
        if not days:
            return None
        filing = self.filing
        return StandingQuestion(
            plan=filing.plan,
            member=filing.claim.member,
            npi=filing.provider.npi,
            tax_id=filing.provider.tax_id,
            day=min(days),
        )

    def beside_the_remittance(self, found: Standing) -> Standing:
        """What the directory found, where the remittance itself says that it was Medicare Advantage."""
        if self.filing.claim.filing_indicator != MEDICARE_ADVANTAGE:
            return found
        because = f"the remittance says Medicare Advantage; {found.because}"
        return found.model_copy(update={"in_medicare_advantage": True, "because": because})

    # In time?

    @property
    def notification(self) -> NotificationDate:
        """The day on which the provider was told of the payment."""
        return notification_date(self.filing.remittance, later_governs=self.terms.later_date_governs)

    @property
    def filed_at(self) -> datetime:
        """What timely filing is measured by: the first receipt, or the last paper where the plan's row says so."""
        if self.terms.completion_is_timed and self.completed_at:
            return self.completed_at
        return self.received_at

    @property
    def filing_clocks(self) -> list[Clock]:
        """The time to file, and what corrected remittances gave to lines of their own, the newest last."""
        return [clock for clock in self.clocks.values() if clock.timeframe.times is Duty.DISPUTE_FILING]

    def last_instants(self, lines: Iterable[DisputeLine]) -> list[tuple[DisputeLine, datetime | None]]:
        """Each line with the end of its time to file. A clock that many lines share is folded once."""
        ends = {clock.id: self.due_at_of(clock) for clock in self.filing_clocks}
        own = {line: clock.id for clock in self.filing_clocks for line in clock.lines}
        return [(line, ends[own.get(line.sequence, FILING)]) for line in lines]

    @property
    def late_lines(self) -> list[DisputeLine]:
        """Open lines that came too late, and whose good cause was not accepted."""
        if self.good_cause and self.good_cause.accepted:
            return []
        open_lines = (line for line in self.amount_lines if line.is_open)
        filed_at = whole_seconds(self.filed_at)
        return [line for line, last in self.last_instants(open_lines) if last and filed_at > last]

    @property
    def cause_was_stated(self) -> bool:
        """Did the provider say why it came late?"""
        return bool(self.filing.good_cause) or any(
            paper.kind == STATEMENT_OF_CAUSE for paper in self.papers.documents
        )

    # Complete?

    @property
    def missing(self) -> list[Requirement]:
        kinds = {document.kind for document in self.papers.documents}
        held = kinds | ({"statement_of_basis"} if self.filing.statement else set())
        return [row for row in self.policy.requirement if row.id not in held]

    @property
    def information_is_awaited(self) -> bool:
        """Does the time to send what is missing still run, or is its letter on the way?"""
        window = self.clocks.get(INFORMATION)
        return self.information_asked and (window is None or window.is_open)

    # Lines

    def line(self, sequence: int) -> DisputeLine | None:
        return next((line for line in self.lines if line.sequence == sequence), None)

    @property
    def amount_lines(self) -> list[DisputeLine]:
        return [line for line in self.lines if not line.is_redirected]

    @property
    def unsorted(self) -> list[DisputeLine]:
        return [line for line in self.lines if line.is_open and line.triage.route is Route.ANALYST]

    @property
    def reviewable(self) -> list[DisputeLine]:
        """Lines that may be decided now."""
        late = {line.sequence for line in self.late_lines}
        return [
            line
            for line in self.lines
            if line.is_open and line.triage.route is Route.AMOUNT and line.sequence not in late
        ]

    @property
    def is_undecided(self) -> bool:
        over = self.withdrawn or self.elsewhere is not None or self.is_closed
        return not over and any(line.is_open for line in self.lines)

    @property
    def languages(self) -> set[Language]:
        return {self.filing.provider.language}

    def is_complete_for(self, clock: Clock, at: datetime) -> bool:
        """The duty is to tell: every line has its letter, or was sent elsewhere with the whole case."""
        return all(line.told_at is not None and line.told_at <= at for line in self.lines)

    # Where it stands

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        if not self.is_undecided:
            return self._after_the_answer()
        if self.standing is None:
            return Stage.RECEIVED
        if not self.ours or self.unsorted:
            return Stage.DISPUTE_TRIAGE
        if self.late_lines:
            return Stage.GOOD_CAUSE
        return Stage.AWAITING_INFORMATION if self.information_is_awaited else Stage.DISPUTE_REVIEW

    def _after_the_answer(self) -> Stage:
        if self.reopened or (self.second_level and self.second_level.outcome is None):
            return Stage.SECOND_LEVEL
        window = self.clocks.get(SECOND_LEVEL)
        told = window is not None and window.is_open and not self.letters.unsent
        return Stage.SECOND_LEVEL_WINDOW if told else Stage.DECIDED

    @property
    def status(self) -> DisputeStatus:
        """What the provider is told: the plan's answer at the second level, else ours, line by line."""
        if self.withdrawn:
            return DisputeStatus.WITHDRAWN
        if self.elsewhere:
            return DisputeStatus.NOT_OURS if self.elsewhere == "not_ours" else DisputeStatus.CONTRACT
        if self.second_level and self.second_level.outcome:
            return DisputeStatus[self.second_level.outcome.name]
        if any(line.is_open for line in self.lines):
            return DisputeStatus.OPEN
        return self._by_lines()

    def _by_lines(self) -> DisputeStatus:
        outcomes = {line.resolution.outcome for line in self.lines if line.resolution}
        if len(outcomes) == 1:
            return DisputeStatus[outcomes.pop().name]
        if outcomes:
            return DisputeStatus.PARTLY
        grounds = {line.dismissed for line in self.lines if line.dismissed}
        if not grounds:
            return DisputeStatus.REDIRECTED
        return DisputeStatus.UNTIMELY if "untimely" in grounds else DisputeStatus.INCOMPLETE

    @property
    def unpaid(self) -> list[Payment]:
        """Payments whose instruction has not left yet."""
        return [payment for payment in self.payments if payment.proof is None]

    @property
    def may_be_paid(self) -> list[Payment]:
        """The instructions that may go now: none while a hold is on."""
        return [] if self.letters.holds else self.unpaid

    @property
    def paid_out(self) -> tuple[Payment, ...]:
        return tuple(self.payments)

    @property
    def answered(self) -> tuple[Answered, ...]:
        return tuple(
            Answered(
                line=line.sequence,
                outcome=answer.outcome.value,
                decided_at=answer.decided_at,
                decider=answer.by.id,
                reason=answer.reason_id,
                content=answer.model_dump(mode="json"),
            )
            for line in self.lines
            if (answer := line.resolution)
        )

    def window_begun_by(self, notice: Notice) -> str | None:
        answers = notice.recipient is Recipient.PROVIDER and notice.kind is NoticeKind.DISPUTE_DETERMINATION
        return SECOND_LEVEL if answers else None

    # What Original Medicare would have paid

    @property
    def to_price(self) -> dict[int, PaidLine]:
        """The lines that may be decided now, as the rate tables are asked about them."""
        return {line.sequence: line.to_price(self.filing.claim) for line in self.reviewable}

    @property
    def codes(self) -> set[str]:
        """What is looked up for them: their own codes, and all of the claim where it is known."""
        of_claim = {service.split()[0].upper() for service in self.filing.claim.services}
        return of_claim | {line.code for line in self.to_price.values()}

    @property
    def is_priced(self) -> bool:
        """Was everything that may be decided now looked up, as it is disputed now?"""
        return all(line.reference for line in self.reviewable)

    def day_number(self, at: datetime) -> int:
        """How many days after the provider was told; the day of the notice is day 0."""
        return (self.policy.calendar.day_of(at) - self.notification.day) // timedelta(days=1)
