"""A dispute as it is received: its clocks, whose it is, whether it came in time, and when it was complete."""

from datetime import datetime
from typing import Self

from domain.case.events import EventKind
from domain.clock.agenda import ONE_SECOND
from domain.clock.ledger import Corrected, Received
from domain.clock.timeframe import CountsFrom, Duty
from domain.dispute.disputed import DECISION, FILING, INFORMATION
from domain.dispute.filing import Filing
from domain.dispute.letters import midnight
from domain.dispute.line import DisputeLine
from domain.dispute.standing import Standing
from domain.dispute.telling import DisputeTold
from domain.dispute.triage import triage
from domain.dispute.work import DISMISS_OR_DECIDE, ON_WHAT_IS_THERE, WHOSE
from domain.policy.case_policy import CasePolicy
from domain.remittance.notification import NoticeOfPayment, notification_date
from domain.terms.calendar import whole_seconds
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM, Actor


class DisputeReceived(DisputeTold):
    """A dispute that is being received, looked up and completed."""

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
            documents=list(filing.documents),
        )
        case._begin(now, by)
        return case

    def _begin(self, now: datetime, by: Actor) -> None:
        filing = self.filing
        first = f", first at {filing.arrived_at}" if filing.arrived_at else ""
        words = f"dispute received by {filing.channel.value.replace('_', ' ')}{first}"
        hashed = self.policy.content_hash[:12]
        self.record(EventKind.RECEIVED, words, at=self.received_at, now=now, by=by, policy=hashed)
        self._start_deciding(None if self.missing else self.received_at, now)
        self.start_filing_window(FILING, filing.remittance, (), now)
        if not self.missing:
            self._complete(self.received_at)
        self._say_whether_in_time(now)
        if self.notification.day > self.policy.calendar.day_of(self.received_at):
            self.warn("the remittance is dated after the receipt of the dispute", now)
        for warning in filing.warnings:
            self.warn(warning, now)

    def _start_deciding(self, completed_at: datetime | None, now: datetime) -> None:
        """The first level counts from receipt, complete or not, unless the plan's row counts from completion."""
        row = self.policy.row(Duty.DISPUTE_DECISION, self.received_at)
        if row is None:
            return
        start = completed_at if row.counts_from is CountsFrom.INFORMATION else self.received_at
        self.start_clock(DECISION, row, Received(at=start, recorded_at=now) if start else None)

    def start_filing_window(
        self, name: str, notice: NoticeOfPayment, lines: tuple[int, ...], now: datetime
    ) -> None:
        """The time to file, from the day on which the provider was told; past, it ended when it ended."""
        row = self.policy.row(Duty.DISPUTE_FILING, self.received_at)
        if row is None:
            return
        calendar = self.policy.calendar
        told = notification_date(notice, later_governs=self.terms.later_date_governs)
        measured = "the last paper too" if self.terms.completion_is_timed else "the first receipt alone"
        reason = f"{told.words}; {self.terms.id} measures {measured}"
        entry = Received(at=midnight(told.day, calendar), recorded_at=now, reason=reason)
        self.start_clock(name, row, entry, lines)
        due_at = self.due_at_of(self.clocks[name])
        if due_at and due_at < self.received_at:
            self.change_clock(name, ended_at=due_at + ONE_SECOND)

    def _say_whether_in_time(self, now: datetime) -> None:
        """The case says which day it counted from, and which day of the time the receipt was."""
        told, clock = self.notification, self.clocks.get(FILING)
        due_at = self.due_at_of(clock) if clock else None
        if clock is None or due_at is None:
            return
        timely = "late" if self.received_at > due_at else "in time"
        number = self.day_number(self.received_at)
        last = self.policy.calendar.show_due(due_at)
        days = clock.timeframe.span.length
        words = f"received on day {number} of {days}, {timely}: last day {last}, {told.words}"
        self.record(EventKind.TIMELINESS, words, at=self.received_at, now=now, clock=FILING)

    def received_before(self, at: datetime, now: datetime, by: Actor) -> None:
        """It had reached us earlier than the filing that was keyed first: the time to file is kept by that."""
        before, self.received_at = self.received_at, at
        reason = "the same had reached us earlier"
        decision = self.clocks.get(DECISION)
        if decision and decision.ledger and decision.ledger[0].at == before:
            rows = (decision.timeframe,)
            corrected = Corrected(at=now, recorded_at=now, by=by.id, reason=reason, received_at=at, rows=rows)
            self.enter(DECISION, corrected)
            self.reconsider_breach(DECISION, now)
        for clock in self.filing_clocks:
            due_at = self.due_at_of(clock)
            if due_at and clock.ended_at and self.filed_at <= due_at:
                self.change_clock(clock.id, ended_at=None, satisfied_at=at if self.completed_at else None)
        self._say_whether_in_time(now)
        self.given_more_time(now)

    # One of ours?

    def standing_found(self, standing: Standing, now: datetime) -> None:
        """What remittance and directory say; what they do not know is work for an analyst."""
        self.standing = standing
        self.record(EventKind.STANDING_CHECKED, standing.because, now=now)
        match standing.is_ours:
            case True:
                self.ours = True
            case False:
                self.send_elsewhere(
                    "not_ours" if standing.in_medicare_advantage is False else "contract", now
                )
            case None:
                self.need("dispute-triage", f"{WHOSE}: {standing.because}", now)

    def send_elsewhere(self, where: str, now: datetime) -> None:
        """Not a dispute that is answered here: told so, with the way to whoever answers it."""
        words = {language: self.terms.contract_process.in_language(language) for language in self.languages}
        if where == "not_ours":
            self.elsewhere = "not_ours"
            self.owe_provider(NoticeKind.NOT_OURS, now, lambda _: {})
        else:
            self.elsewhere = "contract"
            self.owe_provider(
                NoticeKind.CONTRACT_PROCESS, now, lambda language: {"process": words.get(language)}
            )
        self.finish_all(now)

    # Complete

    def information_came(self, at: datetime, now: datetime) -> None:
        """Everything that was asked for is here; whether that was in time is said, never passed over."""
        self.information_asked = False
        window = self.clocks.get(INFORMATION)
        if window and window.is_open:
            self.change_clock(INFORMATION, satisfied_at=at)
        self.finish((work for work in self.open_work if work.queue == "dispute-information"), now)
        self.finish_work(DISMISS_OR_DECIDE, ON_WHAT_IS_THERE, now=now)
        if self.completed_at is None:
            self._complete(at)
            self._say_whether_completed_in_time(at, now)
            if DECISION in self.clocks and not self.clocks[DECISION].ledger:
                self.enter(DECISION, Received(at=at, recorded_at=now, reason="counted from completion"))

    def _complete(self, at: datetime) -> None:
        self.completed_at = at
        for clock in self.filing_clocks:
            if clock.is_open:
                self.change_clock(clock.id, satisfied_at=at)

    def _say_whether_completed_in_time(self, at: datetime, now: datetime) -> None:
        due_at = self.due_at_of(self.clocks[FILING])
        row = self.terms.id
        if due_at is None or whole_seconds(at) <= due_at:
            words = "completed within the time to file"
        elif self.terms.completion_is_timed:
            words = f"completed after the time to file: late, because {row} measures the last paper too"
        else:
            words = (
                f"completed after the time to file: in time, because {row} measures the first receipt alone"
            )
        self.record(EventKind.TIMELINESS, words, at=at, now=now, row=row)

    def decide_from(self, at: datetime, now: datetime) -> None:
        """A first level that counts from completion is owed all the same when nothing completes it."""
        if DECISION in self.clocks and not self.clocks[DECISION].ledger:
            reason = "nothing came; counted from the end of the time to answer"
            self.enter(DECISION, Received(at=at, recorded_at=now, reason=reason))

    def finish_work(self, *about: str, now: datetime) -> None:
        self.finish((work for work in self.open_work if work.what in about), now)
