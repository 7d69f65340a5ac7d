"""A case whose service lines are reviewed and answered one by one: what has its answer, and where it stands.

Precertification is one; the questions are kept apart from what happens next (`telling.py`, `precertification.py`).
"""

from datetime import datetime
from typing import ClassVar

from domain.case.answers import Answered, Permit
from domain.case.events import EventKind
from domain.case.stage import Stage
from domain.case.status import Status
from domain.clock.clock import Clock
from domain.clock.ledger import Resumed
from domain.clock.timeframe import Duty, Satisfaction, Services
from domain.policy.case_policy import CasePolicy
from domain.request import criteria
from domain.request.criteria import Answer
from domain.request.determination import Determination, Outcome
from domain.request.line import ExtensionAsked, Line
from domain.request.request import Request
from domain.request.visit import Visit
from domain.review.requested import Requested
from domain.terms.people import SYSTEM


class Reviewed(Requested):
    """Its answers, line by line."""

    answers: ClassVar[Duty] = Duty.DECISION  # the duty that an answer to every line keeps

    first_review: ClassVar[str] = "nurse-review"
    """The queue of whoever looks first at what criteria alone did not approve."""

    first_review_stage: ClassVar[Stage] = Stage.NURSE_REVIEW

    extension: ExtensionAsked | None = None
    not_required: bool = False
    entered_in_error: bool = False  # it should never have been: it counts nowhere
    had_closed_as: str | None = None  # of a case that was taken up again

    @property
    def counts_from_receipt(self) -> bool:
        """Does the time to answer count from the receipt, and not from something that came after it?"""
        return True

    # Criteria

    @property
    def undecided(self) -> list[Line]:
        return [line for line in self.lines if line.determination is None]

    @property
    def untold(self) -> list[Line]:
        """Lines whose answer nobody has been told, and somebody will be."""
        undecided = {line.sequence for line in self.undecided}
        waiting = [line for line in self.lines if line.determination or line.sequence in undecided]
        return [line for line in waiting if not (line.announced_at or self.is_stopped)]

    @property
    def is_undecided(self) -> bool:
        return bool(self.undecided) and not (self.is_stopped or self.is_closed)

    @property
    def is_stopped(self) -> bool:
        """Is no answer wanted any more, whatever lines have none?"""
        return self.withdrawn or self.not_required or self.entered_in_error

    @property
    def may_be_checked(self) -> bool:
        """Criteria are asked once the request is complete and covered."""
        return self.is_undecided and not self.missing and bool(self.coverage and self.coverage.is_covered)

    def meets_all_criteria(self, line: Line) -> bool:
        """May software approve? Only where the pack says so, every clause is met, and no other may be it."""
        table = self.policy.criteria_for(line.asked.service)
        met = criteria.verdict(line.findings) is Answer.MET
        alone = not (line.referred or self.may_be_a_second_one)
        return bool(table and table.approves and line.findings and met and alone)

    # What the outside is told

    @property
    def is_adverse(self) -> bool:
        return any(line.is_adverse for line in self.lines)

    @property
    def status(self) -> Status:
        """One table from the answers to the X12 306 code: all approved A1, all denied A3, none denied and some
        modified A6, every other mix A2; A4 while any line has no answer.
        """
        outcomes = {line.determination.outcome for line in self.lines if line.determination}
        match self:
            case Reviewed(withdrawn=True) | Reviewed(entered_in_error=True):
                return Status.CANCELLED
            case Reviewed(not_required=True):
                return Status.NO_ACTION
            case _ if self.undecided:
                return Status.PENDED
            case _ if outcomes == {Outcome.APPROVED}:
                return Status.CERTIFIED
            case _ if outcomes == {Outcome.DENIED}:
                return Status.NOT_CERTIFIED
            case _ if Outcome.DENIED not in outcomes and Outcome.MODIFIED in outcomes:
                return Status.MODIFIED
            case _:
                return Status.PARTIAL

    @property
    def stage(self) -> Stage:
        """What we are doing, derived from what is still open."""
        if self.is_closed:
            return Stage.CLOSED
        if self.entered_in_error:
            return Stage.RECALL
        if self.is_undecided:
            return self._review_stage
        if (
            self.unsent
            or self.withheld
            or any(line.announced_at is None for line in self.lines if line.determination)
        ):
            return Stage.DECIDED
        if self.work_in("calls"):
            return Stage.TELLING
        return Stage.APPEAL_WINDOW if self.is_adverse else Stage.DECIDED

    @property
    def _review_stage(self) -> Stage:
        if any(line.referred for line in self.undecided):
            return Stage.PHYSICIAN_REVIEW
        if self.missing:
            return Stage.AWAITING_INFORMATION
        if self.coverage is None:
            return Stage.RECEIVED
        return self.first_review_stage if self.coverage.is_covered else Stage.COVERAGE_REVIEW

    def decide(self, line: Line, answer: Determination, words: str) -> None:
        """Write one line's answer; an accreditor's clock may be kept by the determination itself."""
        line.determination = answer
        by = answer.by or SYSTEM
        self.record(
            EventKind.DETERMINED,
            f"line {line.sequence} {words}",
            at=answer.decided_at,
            now=answer.recorded_at,
            by=by,
            line=line.sequence,
            outcome=answer.outcome.value,
        )
        decided_at = max(one.determination.decided_at for one in self.lines if one.determination)
        self.satisfy(Satisfaction.DETERMINATION, {self.answers}, at=decided_at, now=answer.recorded_at)
        self.finish_idle_reviews(answer.recorded_at)

    def finish_idle_reviews(self, now: datetime) -> None:
        """A review that no line waits for any more leaves its queue."""
        idle = set()
        if all(line.referred for line in self.undecided):
            idle |= {self.first_review}
        if not any(line.referred for line in self.undecided):
            idle |= {"physician-review"}
        if not self.undecided:
            idle |= {"coverage", "intake", "care-management"}
        self.finish((work for work in self.open_work if work.queue in idle), now)

    def is_complete_for(self, clock: Clock, at: datetime) -> bool:
        """A decision clock waits for the answer to every line that it times; nobody is told before it is given."""
        if clock.timeframe.times is not self.answers:
            return True
        answers = [line.determination for line in self.lines_of(clock)]
        return all(answer is not None and answer.decided_at <= at for answer in answers)

    def outlives_the_answer(self, clock: Clock) -> bool:
        """The time to appeal an adverse answer that was given belongs to the member."""
        return clock.timeframe.times is Duty.APPEAL_WINDOW and self.is_adverse

    def resume_clocks(self, at: datetime, now: datetime, reason: str) -> None:
        """End every running pause at `at`."""
        for clock in self.open_clocks:
            reckoning = clock.reckon(self.policy.calendar)
            if reckoning and reckoning.pause:
                self.enter(clock.id, Resumed(at=at, recorded_at=now, reason=reason))
                self.record(EventKind.RESUMED, reason, at=at, now=now, clock=clock.id)

    @property
    def answered(self) -> tuple[Answered, ...]:
        return tuple(
            Answered(
                line=line.sequence,
                outcome=answer.outcome.value,
                decided_at=answer.decided_at,
                decider=answer.by.id if answer.by else None,
                reason=answer.reason.id if answer.reason else None,
                content=answer.model_dump(mode="json"),
            )
            for line in self.lines
            if (answer := line.determination)
        )

    @property
    def permits(self) -> tuple[Permit, ...]:
        return tuple(
            Permit(line=line.sequence, authorization=line.authorization)
            for line in self.lines
            if line.authorization
        )


def kind_in(policy: CasePolicy, request: Request, code: str) -> Services:
    """Which decision rows time a service of this request."""
    return kind_of_service(policy, code, request.visit, post_stabilization=request.post_stabilization)


def kind_of_service(
    policy: CasePolicy, code: str, visit: Visit | None = None, *, post_stabilization: bool = False
) -> Services:
    """Which decision rows time a service: a Part B drug, one on the list, or one that is not on it.

    In the United States everything needs leave beforehand; what was received without it has rows of its own, and so
    has post-stabilization care where the law has any.
    """
    if post_stabilization and any(row.services is Services.POST_STABILIZATION for row in policy.timeframe):
        return Services.POST_STABILIZATION
    if visit and visit.retrospective:
        return Services.POST_SERVICE
    rule = policy.service_rule(code)
    if rule and rule.part_b_drug:
        return Services.PART_B_DRUG
    return Services.LISTED if rule or visit else Services.UNLISTED
