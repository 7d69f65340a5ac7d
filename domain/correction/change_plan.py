"""Another line of business than was keyed: the case takes its policy, and its clocks are computed again.

Nothing is overwritten. A clock that the other plan has too gets an entry with its rows; one that it does not have
never timed the case, and what was recorded as its breach was none.
"""

from datetime import datetime

from domain.case.acts import Act
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.ledger import Corrected, Received
from domain.clock.timeframe import Regime, Services, Timeframe, Urgency
from domain.determination.clock_acts import tried
from domain.parts.events import EventKind
from domain.policy.case_policy import CasePolicy
from domain.review import decision_clocks
from domain.review.assessed import AssessedCase
from domain.review.notified import APPEAL
from domain.terms.notice import NoticeKind
from domain.terms.refusals import Refused

KEPT_ON_RECEIPT = {decision_clocks.INCOMPLETE, decision_clocks.INFORMATION, decision_clocks.RECORDS}


class CorrectPlan(Act[AssessedCase]):
    """The request was keyed for the wrong line of business. `policy` is what the true one gives, by value."""

    act_name = "correct"
    plan: str
    policy: CasePolicy | None = None
    member: str | None = None  # the keyed hash is another in another plan

    def check(self, case: AssessedCase, now: datetime) -> None:
        if not self.reason:
            raise Refused("because: a correction says why", "plan policy")
        if self.plan == case.policy.plan.id:
            raise Refused(f"plan: {case.number} is a case of {self.plan} already")
        told = any(one.kind is NoticeKind.DETERMINATION and one.sent_at for one in case.letters.notices)
        if told or not case.is_undecided or any(line.determination for line in case.lines):
            raise Refused(
                f"plan: lines of {case.number} are decided; enter a new case with its original receipt"
            )
        if self.policy is not None:
            tried(self, case, now)

    def apply(self, case: AssessedCase, now: datetime) -> str:
        if self.policy is None:  # pragma: no cover - the workflow asks for it before it applies the act
            raise AssertionError("the policy of the other plan is taken before it is lived by")
        before, calendar = case.due_at, case.policy.calendar
        was = f"{case.policy.plan.id}, due {calendar.show_due(before)}" if before else case.policy.plan.id
        _take(case, self.policy, now)
        case.member = self.member or case.member
        _recompute(case, self, now)
        after = f", due {case.policy.calendar.show_due(case.due_at)}" if case.due_at else ""
        words = f"line of business corrected: {was} -> {self.plan}{after}"
        case.log.record(
            EventKind.CORRECTED, f"{words}: {self.reason}", now=now, by=self.actor, plan=self.plan
        )
        for clock in list(case.clocks.values()):
            case.reconsider_breach(clock.id, now)
        silence = case.clocks.get(APPEAL)
        if silence and silence.is_open and not any(clock.breached_at for clock in case.clocks.values()):
            case.clocks.change(APPEAL, ended_at=now)  # it was open only because of a breach that was none
        return words


def _take(case: AssessedCase, policy: CasePolicy, now: datetime) -> None:
    """The case lives by another policy: its lines are of other kinds, its coverage is another question."""
    case.policy = policy
    case.request = case.request.model_copy(update={"plan": policy.plan.id})
    for line in case.lines:
        line.kind = policy.kind_in(case.request, line.asked)
        line.findings = ()
    case.coverage = None
    case.work.finish((work for work in case.work.open if work.queue == "coverage"), now)


def _recompute(case: AssessedCase, act: CorrectPlan, now: datetime) -> None:
    layout = decision_clocks.layout(case)
    for clock in decision_clocks.decision_clocks(case):
        if clock.id in layout:
            row, _ = layout[clock.id]
            _correct(case, clock, _for_each_urgency(case, row.times, row.regime, clock), act, now)
        elif clock.is_open:
            case.clocks.change(clock.id, ended_at=case.received_at)
    for name, (row, lines) in layout.items():
        if name not in case.clocks:
            begins = Received(at=case.received_at, recorded_at=now, by=act.actor.id, reason=act.reason)
            case.clocks.begin(name, row, begins, lines)
    for name in KEPT_ON_RECEIPT & set(case.clocks):
        clock = case.clocks[name]
        rows = _for_each_urgency(case, clock.timeframe.times, None, clock)
        if rows:
            _correct(case, clock, rows, act, now)
        elif clock.is_open:
            case.clocks.change(name, ended_at=now)


def _for_each_urgency(
    case: AssessedCase, duty: Duty, regime: Regime | None, clock: Clock
) -> tuple[Timeframe, ...]:
    """The plan's rows of a duty, that for the case's own urgency first."""
    kind = case.lines_of(clock)[0].kind if duty is Duty.DECISION else Services.ANY
    urgencies = sorted(Urgency, key=lambda urgency: urgency is not case.urgency)
    duties = [duty, Duty.AFTER_INFORMATION] if duty is Duty.DECISION else [duty]
    found = {
        row.id: row
        for timed in duties
        for urgency in urgencies
        for row in case.policy.rows(timed, case.received_at, urgency, kind)
        if regime in {None, row.regime}
    }
    return tuple(found.values())


def _correct(
    case: AssessedCase, clock: Clock, rows: tuple[Timeframe, ...], act: CorrectPlan, now: datetime
) -> None:
    reckoning = clock.reckon(case.policy.calendar)
    if reckoning is None:  # what has not begun begins on the new row
        case.clocks.change(clock.id, timeframe=rows[0])
        return
    entry = Corrected(
        at=now,
        recorded_at=now,
        by=act.actor.id,
        reason=act.reason,
        what="plan",
        received_at=reckoning.started_at,
        rows=rows,
    )
    case.clocks.enter(clock.id, entry)
    if clock.ended_at == case.received_at:  # it fell away in a correction that was one too many
        case.clocks.change(clock.id, ended_at=None)
