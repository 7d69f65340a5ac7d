"""A request that is assessed, from receipt to close: what precertifications and US-services referrals share.

The steps are those of a department: received, screened, covered, complete, criteria, nurse, physician, told, over.
Nothing here decides against anybody.
"""

from datetime import datetime
from typing import Self

from pydantic import JsonValue

from domain.case.events import EventKind
from domain.clock.clock import Clock
from domain.clock.timeframe import Duty, Urgency
from domain.policy.case_policy import CasePolicy
from domain.policy.rows import AdverseReason
from domain.request.criteria import Finding
from domain.request.determination import Determination, Outcome, ReasonClass
from domain.request.line import Coverage, Line
from domain.request.request import Document, Request
from domain.review import decision_clocks
from domain.review.identified import Identified
from domain.review.reviewed import kind_in
from domain.review.telling import APPEAL
from domain.terms.calendar import whole_seconds
from domain.terms.case_number import kind_of
from domain.terms.notice import Notice, NoticeKind
from domain.terms.people import SYSTEM, Actor
from domain.terms.refusals import Refused

CONFIRM_EMERGENCY = "confirm the emergency, or review as expedited"


class Assessed(Identified):
    """A request on its way through the department, and what it does next."""

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
            lines=[Line(asked=line, kind=kind_in(policy, request, line.service)) for line in request.lines],
            documents=list(request.documents),
        )
        channel = request.channel.value.replace("_", " ")
        words = f"request received by {channel} from the {request.requested_by.value}"
        hashed = policy.content_hash[:12]
        case.record(EventKind.RECEIVED, words, at=case.received_at, now=now, by=by, policy=hashed)
        decision_clocks.start(case, now)
        for warning in request.warnings:
            case.warn(warning, now)
        return case

    # Screened

    @property
    def needs_no_precertification(self) -> bool:
        """An emergency in an emergency setting; or nothing on any list, and nobody wants a decision."""
        only_asked = not self.request.wants_decision
        return is_emergency(self.policy, self.request) or (
            only_asked and all(never_required(self.policy, self.request, line) for line in self.lines)
        )

    @property
    def why_none_is_needed(self) -> str:
        if is_emergency(self.policy, self.request):
            return "an emergency in an emergency setting"
        return "on no list of this plan, and no decision was asked for"

    def inform_not_required(self, why: str, now: datetime) -> None:
        """Tell the requester that no precertification is required. Nothing was decided, so no clock is kept."""
        self.not_required = True
        self.record(EventKind.SCREENED, f"no precertification required: {why}", now=now)
        self.end_clocks(now)
        services: list[JsonValue] = [line.asked.service for line in self.lines]
        verify_at = self.policy.plan.eligibility_telephone if self.request.visit else None
        self.owe_same(NoticeKind.NOT_REQUIRED, now, services=services, eligibility_telephone=verify_at)

    @property
    def is_emergency_unconfirmed(self) -> bool:
        """Somebody ticked it, and nothing shows it yet."""
        return self.request.emergency and not self.not_required

    def ask_to_confirm_emergency(self, now: datetime) -> None:
        """A tick is not a confirmation: a nurse looks, and meanwhile the request is an expedited one."""
        self.need("nurse-review", CONFIRM_EMERGENCY, now)

    # Covered

    def coverage_found(self, coverage: Coverage, now: datetime) -> None:
        """What the directory says; where it shows no coverage, a person decides on a listed ground."""
        self.coverage = coverage
        self.member_compared(coverage.differs, now)
        self.record(EventKind.COVERAGE_CHECKED, coverage.because, now=now)
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
                self.need_of(
                    line.peer.by, f"line {line.sequence}: look at what came for the peer-to-peer", now
                )
        self.complete_if_all_came(document.received_at or now, now)

    def complete_if_all_came(self, at: datetime, now: datetime) -> None:
        """Was that the last of what was asked for?"""
        if self.information_asked and not self.missing:
            self.information_came(at, now)

    def information_came(self, at: datetime, now: datetime) -> None:
        """Everything asked for is here: a pause ends, and a row that counts from the answer takes over."""
        self.information_asked = False
        window = self.clocks.get(decision_clocks.INFORMATION)
        if window and window.is_open:
            self.change_clock(window.id, satisfied_at=at)
        self.finish((work for work in self.open_work if work.queue == "intake"), now)
        self.resume_clocks(at, now, "what was asked for came")
        if decision_clocks.INCOMPLETE in self.clocks:
            reason = "counted from the answer"
            decision_clocks.after_information(self, at, at=at, now=now, reason=reason, earlier_governs=True)

    # Criteria

    def criteria_checked(self, findings: dict[int, tuple[Finding, ...]], now: datetime) -> None:
        """What the clauses say now. Lines that meet them all are approved; the others wait for a nurse."""
        for line in self.undecided:
            line.findings = findings.get(line.sequence, ())
            if self.meets_all_criteria(line):
                self.decide(line, self._approval_by_criteria(line, now), "approved: every criterion is met")
        if any(not line.referred for line in self.undecided):
            self.need(self.first_review, "review the lines that criteria alone did not approve", now)

    def told_apart(self, now: datetime) -> None:
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
        if reason.reason_class is ReasonClass.AVAILABILITY:
            raise Refused(f"reason: {reason.id} is for services in the United States", reason.source)

    def _approval_by_criteria(self, line: Line, now: datetime) -> Determination:
        return Determination(
            outcome=Outcome.APPROVED,
            by=None,
            service=line.asked.service,
            units=line.asked.units,
            because="every criterion is met",
            findings=line.findings,
            decided_at=now,
            recorded_at=now,
        )

    # How it ends

    def nothing_came(self, now: datetime) -> None:
        """What was asked for did not come. No timer denies for that: a physician decides on what is there."""
        for line in self.undecided:
            line.referred = True
        if self.undecided:
            self.need("physician-review", "what was asked for did not come; decide on what is there", now)
            self.finish_idle_reviews(now)

    def window_ended(self, clock: Clock, at: datetime, now: datetime) -> None:
        """The end of a window is an event with a named outcome."""
        match clock.timeframe.times:
            case Duty.INFORMATION_WINDOW if self.information_asked:
                self.nothing_came(now)
            case Duty.CALLS if not self.holds:  # during a hold nobody could call: the calls stay owed
                self.finish(self.calls_to_make, now)
            case _:
                pass
        self.close_if_over(now, at)

    def settle(self, now: datetime) -> None:
        """What follows by itself from where the case stands: the answers are announced; what is over ends."""
        if not (self.withdrawn or self.entered_in_error):
            self.announce(now)
            self.answer_instead(now)
            self.arrange(now)
        self.close_if_over(now)

    def left_all_the_same(self, letters: list[Notice], now: datetime) -> None:
        if self.entered_in_error:
            self.call_back(letters, now)

    def after_all(self, now: datetime) -> None:
        """An appeal window that silence opened falls away when the late answer approves everything."""
        silence = self.clocks.get(APPEAL)
        if silence and silence.is_open and not self.undecided and not self.is_adverse:
            self.change_clock(APPEAL, ended_at=now)

    def close_if_over(self, now: datetime, at: datetime | None = None) -> None:
        """Close once everybody was told, the calls are made or their time is over, and no window is open."""
        if self.is_closed or self.is_undecided or self.unsent or self.holds:
            return
        self.after_all(now)
        appeal = self.clocks.get(APPEAL)
        told = self.is_stopped or all(line.announced_at for line in self.lines)
        letters = self.came_back or self.stopped_too_late
        waits = letters or any(self.work_in(queue) for queue in ("calls", "privacy", "translation"))
        if told and self.is_arranged and not waits and not (appeal and appeal.is_open):
            self.close(self.outcome, now, at)

    def arrange(self, now: datetime) -> None:
        """What an approval sets in motion beyond telling it."""

    @property
    def is_arranged(self) -> bool:
        """Has that been done?"""
        return True

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
        self.withdrawn = True
        self.record(EventKind.WITHDRAWN, f"withdrawn by the {by}", at=at, now=now, by=actor)
        self.end_clocks(now, at)
        self.finish_all(now)
        self.owe_same(NoticeKind.WITHDRAWAL, now, by=by)
        self.announce_what_is_decided(now)


def is_emergency(policy: CasePolicy, request: Request) -> bool:
    """Service in an emergency setting; a tick alone is not enough."""
    listed = any(row.emergency for row in policy.never_required)
    return listed and request.emergency and request.is_in_emergency_setting


def never_required(policy: CasePolicy, request: Request, line: Line) -> bool:
    """Does the pack list this service as never needing precertification? What is on the list always does."""
    if policy.service_rule(line.asked.service) is not None:
        return False
    role = request.requesting_provider.role.value
    return any(line.asked.service in row.codes or role in row.provider_roles for row in policy.never_required)
