"""A request that is assessed, from receipt to close: what precertifications and US-services referrals share.

The steps are those of a department: received, screened, covered, complete, criteria, nurse, physician, told, over.
Nothing here decides against anybody.
"""

from datetime import datetime
from typing import Self

from domain.case import dispatch, ending
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.timeframe import Satisfaction, Urgency
from domain.parts.events import EventKind
from domain.parts.happenings import (
    Happening,
    LetterLeft,
    LetterLeftAgain,
    NothingCame,
    RightsAreDue,
    StoppedLetterLeft,
    ToldApart,
    WindowEnded,
)
from domain.parts.papers import Papers
from domain.parts.queues import QUALITY
from domain.policy.case_policy import CasePolicy
from domain.policy.rows import AdverseReason
from domain.request.criteria import Finding
from domain.request.determination import ReasonClass
from domain.request.line import Coverage, Line
from domain.request.request import Document, Request
from domain.review import (
    announcing,
    answering,
    conversation,
    decision_clocks,
    identity,
    notified,
    records,
    screening,
    second_look,
)
from domain.review.notified import APPEAL
from domain.review.reviewed import ReviewedCase
from domain.terms.calendar import whole_seconds
from domain.terms.case_number import kind_of
from domain.terms.notice import Notice, NoticeKind, Recipient
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused

WAITED_FOR = ("calls", "privacy", "translation", QUALITY)
"""Queues whose work is done before a case closes."""


class AssessedCase(ReviewedCase):
    """A request on its way through the department, and what it does next."""

    differs: tuple[str, ...] = ()  # in what the member on the paper is not the one of that number
    is_compared: bool = False
    confirmed: tuple[str, ...] = ()  # in what they may differ: somebody looked

    @classmethod
    def received(
        cls,
        number: str,
        member: str,
        policy: CasePolicy,
        request: Request,
        *,
        now: datetime,
        by: Actor = SYSTEM,
    ) -> Self:
        """A request reached us; its clocks run. An emergency that nobody confirmed is an expedited request."""
        urgent = request.urgency is Urgency.EXPEDITED or request.emergency
        case = cls(
            number=number,
            member=member,
            policy=policy,
            received_at=whole_seconds(request.received_at),
            request=request,
            urgency=Urgency.EXPEDITED if urgent else Urgency.STANDARD,
            urgency_by=request.requested_by,
            lines=[Line(asked=line, kind=policy.kind_in(request, line)) for line in request.lines],
            papers=Papers(documents=list(request.documents)),
        )
        channel = request.channel.value.replace("_", " ")
        words = f"request received by {channel} from the {request.requested_by.value}"
        hashed = policy.content_hash[:12]
        case.log.record(EventKind.RECEIVED, words, at=case.received_at, now=now, by=by, policy=hashed)
        decision_clocks.start(case, now)
        for warning in request.warnings:
            case.warn(warning, now)
        case.begin(now)
        return case

    def begin(self, now: datetime) -> None:
        """What a kind adds to its receipt."""

    @property
    def awaits_a_look(self) -> bool:
        return identity.is_doubtful(self)

    def window_begun_by(self, notice: Notice) -> str | None:
        return APPEAL if notified.begins_appeal(self, notice) else None

    # Screened

    @property
    def needs_no_precertification(self) -> bool:
        """An emergency in an emergency setting; or nothing on any list, and nobody wants a decision."""
        only_asked = not self.request.wants_decision
        return screening.is_emergency(self.policy, self.request) or (
            only_asked
            and all(screening.never_required(self.policy, self.request, line) for line in self.lines)
        )

    # Covered

    def coverage_found(self, coverage: Coverage, now: datetime) -> None:
        """What the directory says; where it shows no coverage, a person decides on a listed ground."""
        self.coverage = coverage
        identity.compared(self, coverage.differs, now)
        self.log.record(EventKind.COVERAGE_CHECKED, coverage.because, now=now)
        if not coverage.is_covered:
            self.need("coverage", coverage.because, now)

    # Complete?

    def ask_for_what_is_missing(self, now: datetime) -> None:
        """A request for information that lists each missing item, owed at once."""
        titles = [row.title for row in self.missing]
        self.information_asked = True
        decision_clocks.start_incomplete_notice(self, now)
        self.need("intake", "what is missing was asked for; attach it when it comes", now)
        self.request_information(
            [title.en for title in titles], [title.es or title.en for title in titles], now
        )

    def attached(self, document: Document, now: datetime, by: Actor = SYSTEM) -> None:
        super().attached(document, now, by)
        decision_clocks.start_by_writing(self, now)
        for line in self.undecided:
            if line.peer and self.is_undecided:
                what = f"line {line.sequence}: look at what came for the peer-to-peer"
                conversation.need_of(self, line.peer.by, what, now)
        self.complete_if_all_came(document.received_at or now, now)

    def complete_if_all_came(self, at: datetime, now: datetime) -> None:
        """Was that the last of what was asked for?"""
        if self.information_asked and not self.missing:
            decision_clocks.information_came(self, at, now)

    # Criteria

    def criteria_checked(self, findings: dict[int, tuple[Finding, ...]], now: datetime) -> None:
        """What the clauses say now. Lines that meet them all are approved; the others wait for a nurse."""
        for line in self.undecided:
            line.findings = findings.get(line.sequence, ())
            if self.meets_all_criteria(line):
                answer = answering.approval_by_criteria(line, now)
                answering.decide(self, line, answer, "approved: every criterion is met")
        if any(not line.referred for line in self.undecided):
            self.need(self.first_review, "review the lines that criteria alone did not approve", now)

    def _told_apart(self, now: datetime) -> None:
        """What the criteria say of it counts again."""
        findings = {line.sequence: line.findings for line in self.undecided if line.findings}
        if findings and self.may_be_checked:
            self.criteria_checked(findings, now)

    def check_approval(self, line: Line) -> None:
        """What stands between a line and its approval, whoever approves. Raises `Refused`."""
        if self.coverage is not None and not self.coverage.is_covered:
            raise Refused(f"coverage is not shown ({self.coverage.because}); correct the facts first")

    def check_ground(self, reason: AdverseReason) -> None:
        """Does the case bear this reason? Raises `Refused`."""
        if reason.unasked and reason.unasked is not self.request.unasked:
            raise Refused(
                f"reason: {reason.id} is for what should have been asked and was not", reason.source
            )
        if reason.reason_class is ReasonClass.AVAILABILITY:
            raise Refused(f"reason: {reason.id} is for services in the United States", reason.source)

    # What comes of what happened

    def follow(self, happening: Happening, now: datetime) -> None:
        match happening:
            case LetterLeft(notice=notice) if notice.recipient is Recipient.MEMBER:
                notified.member_has(self, notice, now)
            case LetterLeft(notice=notice) if notice.kind is NoticeKind.RECORDS_REQUEST:
                kept, left = self.letter_times.kept_by(notice), notice.left_at(now)
                self.satisfy(Satisfaction.WRITTEN_NOTICE, kept, at=left, now=now)
            case LetterLeftAgain(notice=notice):
                notified.member_has_again(self, notice, now)
            case StoppedLetterLeft(notice=notice) if self.entered_in_error:
                dispatch.call_back(self, [notice], now)
            case RightsAreDue(clock=clock, appointment=appointment):
                notified.tell_rights(self, clock, appointment, now)
            case NothingCame():
                self._nothing_came(now)
            case WindowEnded(clock=clock, at=at):
                self._window_ended(clock, now)
                self.close_if_over(now, at)
            case ToldApart():
                self._told_apart(now)
            case _:
                super().follow(happening, now)

    def _window_ended(self, clock: Clock, now: datetime) -> None:
        match clock.timeframe.times:
            case Duty.INFORMATION_WINDOW if self.information_asked:
                self._nothing_came(now)
            case Duty.CALLS:
                announcing.calls_are_over(self, now)
            case _:
                pass

    # How it ends

    def _nothing_came(self, now: datetime) -> None:
        """What was asked for did not come. No timer denies for that: a physician decides on what is there."""
        for line in self.undecided:
            line.referred = True
        if self.undecided:
            self.need("physician-review", "what was asked for did not come; decide on what is there", now)
            self.finish_idle_reviews(now)

    def settle(self, now: datetime) -> None:
        """What follows by itself from where the case stands: the answers are announced; what is over ends."""
        records.look(self, now)
        if not (self.withdrawn or self.entered_in_error):
            announcing.announce(self, now)
            announcing.answer_instead(self, now)
            self.arrange(now)
        self.close_if_over(now)

    def after_all(self, now: datetime) -> None:
        """An appeal window that silence opened falls away when the late answer approves everything."""
        silence = self.clocks.get(APPEAL)
        if silence and silence.is_open and not self.undecided and not self.is_adverse:
            self.clocks.change(APPEAL, ended_at=now)

    def close_if_over(self, now: datetime, at: datetime | None = None) -> None:
        """Close once everybody was told, the calls are made or their time is over, and no window is open."""
        if self.is_closed or self.is_undecided or self.letters.unsent or self.letters.holds:
            return
        self.after_all(now)
        appeal = self.clocks.get(APPEAL)
        told = self.is_stopped or all(line.announced_at for line in self.lines)
        letters = self.letters.came_back or self.letters.stopped_too_late
        waits = letters or any(self.work.in_queue(queue) for queue in WAITED_FOR)
        if told and self.is_arranged and not waits and not (appeal and appeal.is_open):
            ending.close(self, self.outcome, now, at)

    def arrange(self, now: datetime) -> None:
        """What an approval sets in motion beyond telling it."""

    @property
    def is_arranged(self) -> bool:
        """Has that been done?"""
        return True

    # What is undone of it

    def undo_answer(self, line: Line, now: datetime) -> None:
        """Nobody was told of it: the line has no answer, and what its determination had satisfied is open again."""
        second_look.falls_away(self, line, now)
        untold = announcing.to_translate(line)
        self.work.finish((work for work in self.work.open if work.what == untold), now)
        line.determination = line.announced_at = line.authorization = None
        for clock in decision_clocks.decision_clocks(self):
            if line in self.lines_of(clock):
                self.clocks.change(clock.id, satisfied_at=None)

    def undo_withdrawal(self, at: datetime) -> None:
        """What a withdrawal at that instant had ended beyond the review goes on."""

    @property
    def outcome(self) -> str:
        """As what the case closes once nothing is left to do."""
        if self.entered_in_error:
            return "entered in error"
        if any(kind_of(number) == "appeal" for number in self.linked):
            return "appealed"
        return "appeal window ended" if self.is_adverse else self.status.text.lower()

    def withdraw(self, by: str, at: datetime, now: datetime, actor: Actor) -> None:
        """The requester takes the request back; what was decided before is still told."""
        ending.take_back(self, f"withdrawn by the {by}", at, now, actor)
        announcing.owe_same(self, NoticeKind.WITHDRAWAL, now, by=by)
        announcing.announce_what_is_decided(self, now)
