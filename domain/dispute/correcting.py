"""A corrected remittance: nobody loses days on lines that the payer changed after all."""

from datetime import datetime

from domain.case.acts import Act
from domain.dispute import receipt
from domain.dispute.acts import open_lines
from domain.dispute.dispute import Dispute
from domain.dispute.disputed import FILING
from domain.dispute.filing import ContendedLine, DisputedClaim
from domain.dispute.triage import triage
from domain.dispute.work import FILED_AGAIN
from domain.parts.events import EventKind
from domain.parts.happenings import MoreTimeGiven
from domain.remittance.notification import NoticeOfPayment, notification_date
from domain.request.lines import in_words
from domain.terms.refusals import Refused


def _whole(claim: DisputedClaim) -> tuple[object, ...]:
    """What of the claim touches each of its lines; an adjustment of 0.00 does not."""
    return claim.status, [one for one in claim.adjustments if one.amount]


class CorrectRemittance(Act[Dispute]):
    """A corrected remittance: the lines that it changed have new days, from its own notification date."""

    act_name = "work on a dispute"
    notice: NoticeOfPayment
    claim: DisputedClaim | None = None  # None: as a case of an earlier version heard it, by its lines alone
    lines: tuple[ContendedLine, ...]

    def check(self, case: Dispute, now: datetime) -> None:
        if not self.reason:
            raise Refused("reason: a correction says why")
        open_lines(case, tuple(asked.sequence for asked in self.lines))
        if not self._changed(case):
            raise Refused("lines: the corrected remittance changes none of the disputed lines")
        told = notification_date(self.notice, later_governs=case.terms.later_date_governs)
        if told.day > case.policy.calendar.day_of(now):
            raise Refused("notice: the corrected remittance lies in the future")

    def _changed(self, case: Dispute) -> list[ContendedLine]:
        now_asked = {line.sequence: line.asked for line in case.lines}
        if self.claim and _whole(self.claim) != _whole(case.filing.claim):
            return list(self.lines)
        return [asked for asked in self.lines if now_asked.get(asked.sequence) != asked]

    def apply(self, case: Dispute, now: datetime) -> str:
        day = case.policy.calendar.day_of(case.received_at)
        changed = sorted(self._changed(case), key=lambda asked: asked.sequence)
        sequences = tuple(asked.sequence for asked in changed)
        if self.claim:
            numbers = {"payer_number", "patient_account", "member"}  # it stays the claim that it is filed as
            kept = case.filing.claim.model_dump(include=numbers)
            claim = self.claim.model_copy(update=kept)
            case.filing = case.filing.model_copy(update={"claim": claim})
            for line in case.lines:
                line.reference = None  # what one is paid may depend on the rest of its claim
            for warning in claim.warnings:
                case.warn(warning, now)
        for line, asked in zip(open_lines(case, sequences), changed, strict=True):
            line.asked, line.reference = asked, None
            line.triage = triage(asked, case.filing.claim, case.disputes.triage, day)
        self._start_window(case, sequences, now)
        receipt.finish_work(case, FILED_AGAIN, now=now)
        words = f"corrected remittance for {in_words(sequences)}: {self.reason}"
        case.log.record(
            EventKind.REMITTANCE_CORRECTED, words, at=self.happened_at(now), now=now, by=self.actor
        )
        case.follow(MoreTimeGiven(), now)
        return words

    def _start_window(self, case: Dispute, lines: tuple[int, ...], now: datetime) -> None:
        """One time to file for all lines that it changed; the newest of a line is the one that counts."""
        one = f"line {lines[0]}"
        name = f"{FILING} {one if len(lines) == 1 else f'{len(case.filing_clocks) + 1}, {len(lines)} lines'}"
        case.clocks.named.pop(name, None)  # it is the newest now
        receipt.start_filing_window(case, name, self.notice, lines, now)
        clock = case.clocks[name]
        if case.completed_at and clock.is_open:
            case.clocks.change(name, satisfied_at=max(case.filed_at, clock.ledger[0].at))
