"""What a case hands over, by value, to the appeal of what it decided; and whether there is anything to appeal."""

from pydantic import AwareDatetime

from domain.authorization.authorization import LiveAuthorization
from domain.clock.duty import Duty
from domain.clock.timeframe import LegalEffect, Services
from domain.parts.events import EventKind
from domain.request.determination import Determination, Ending
from domain.request.line import Line
from domain.request.request import Request, ServiceLine
from domain.review.assessed import AssessedCase
from domain.review.decision_clocks import decision_clocks
from domain.review.notified import APPEAL
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.refusals import Refused

INVOLVED = {EventKind.DETERMINED, EventKind.REFERRED, EventKind.PEER_TO_PEER, EventKind.TAKEN_BACK}
INVOLVED |= {
    EventKind.SECOND_LOOK_AGREED,
    EventKind.SECOND_LOOK_DIFFERED,
}  # they have said what they think of it
ADVERSE = "42 CFR 422.566(b)"
SILENCES = {LegalEffect.ADVERSE_BY_LAW, LegalEffect.DENIAL_NOTICE_OWED, LegalEffect.DEEMED_EXHAUSTED}


class AppealedLine(Frozen):
    """One line that may be appealed. Without a determination, the plan was silent beyond its time."""

    asked: ServiceLine
    kind: Services
    determination: Determination | None


class AppealedDetermination(Frozen):
    """A determination as the case that made it hands it over.

    `adverse_since` is when a line was first answered, or its time ran out. `appeal_by` is the last instant at which
    an appeal is in time; None where no time runs. `seen_at` is that case's own time. `instead` are the numbers
    under which something can be appealed where nothing can under this one.
    """

    case: str
    kind: str
    plan: str
    member: str
    request: Request
    lines: tuple[AppealedLine, ...]
    approved: bool
    told_at: AwareDatetime | None
    adverse_since: AwareDatetime | None = None
    appeal_by: AwareDatetime | None
    window: str
    source: str
    involved: frozenset[str]
    linked: tuple[str, ...]
    instead: tuple[str, ...] = ()
    calendar: Calendar
    seen_at: AwareDatetime

    @property
    def is_silence(self) -> bool:
        return any(line.determination is None for line in self.lines)

    def refuse_unless_appealable(self, lines: tuple[int, ...] = ()) -> None:
        """Refuse where nothing was decided against anybody, or a line is named that was not."""
        if not self.lines and self.instead:
            raise Refused(
                f"{self.case} decided nothing against anybody; what was decided elsewhere is appealed there: "
                f"{' or '.join(f'plazo appeal open {number}' for number in self.instead)}",
                ADVERSE,
            )
        if not self.lines and self.kind == LiveAuthorization.kind:
            raise Refused(
                f"{self.case} was not voided for cause; by itself no other end of an authorization is a decision "
                "against anybody",
                ADVERSE,
            )
        if not self.lines and self.approved:
            raise Refused(
                f"{self.case} was approved as it was asked for; there is nothing to appeal",
                "42 CFR 422.566(b); 42 CFR 438.400(b); 29 CFR 2560.503-1(m)(4)",
            )
        if not self.lines:
            raise Refused(
                f"{self.case} has no adverse determination, and its time has not run out in silence",
                "42 CFR 422.566(b) and 422.568(f)",
            )
        known = {line.asked.sequence for line in self.lines}
        if strange := sorted(set(lines) - known):
            named = ", ".join(str(line) for line in strange)
            raise Refused(f"lines: {self.case} decided nothing against line {named}", ADVERSE)

    def refuse_before_the_answer(self, received_at: AwareDatetime) -> None:
        """Refuse a day of receipt on which there was nothing to appeal yet: it was mistyped."""
        since = self.adverse_since
        if since and self.calendar.day_of(received_at) < self.calendar.day_of(since):
            raise Refused(
                "received_at: what is appealed was decided, or its time ran out, later than that: "
                f"{self.calendar.show(since)}",
                ADVERSE,
            )


def appealed(case: AssessedCase | LiveAuthorization, seen_at: AwareDatetime) -> AppealedDetermination:
    """What an appeal takes along of this case, live or closed."""
    return _voided(case, seen_at) if isinstance(case, LiveAuthorization) else _determined(case, seen_at)


def _voided(case: LiveAuthorization, seen_at: AwareDatetime) -> AppealedDetermination:
    """That an authorization was voided: what had been approved is asked for again, and nothing of it was left."""
    window, row = case.clocks.get(APPEAL), case.appeal_row
    asked = next(line for line in case.request.lines if line.sequence == case.line)
    approved = {
        "service": case.permit.service,
        "units": case.permit.units,
        "from_day": case.permit.from_day,
    }
    line = AppealedLine(
        asked=asked.model_copy(update=approved), kind=case.services, determination=case.voided
    )
    told = [
        notice.sent_at for notice in case.letters.notices if notice.sent_at and case.window_begun_by(notice)
    ]
    by = case.voided.by if case.voided else None
    taken_away = case.permit.ended_as is Ending.VOIDED and case.voided is None
    return AppealedDetermination(
        case=case.number,
        kind=case.kind,
        plan=case.policy.plan.id,
        member=case.member,
        request=case.request,
        lines=(line,) if case.voided else (),
        approved=case.voided is None,
        told_at=max(told, default=None),
        adverse_since=case.voided.decided_at if case.voided else None,
        appeal_by=case.due_at_of(window) if window else None,
        window=row.id if row else "",
        source=row.source if row else "",
        involved=frozenset({by.id} if by else ()),
        linked=tuple(case.linked),
        instead=(case.parent,) if taken_away and case.parent else (),
        calendar=case.policy.calendar,
        seen_at=seen_at,
    )


def _determined(case: AssessedCase, seen_at: AwareDatetime) -> AppealedDetermination:
    window, row = case.clocks.get(APPEAL), case.policy.row(Duty.APPEAL_WINDOW, case.received_at, case.urgency)
    told = [
        notice.sent_at
        for notice in case.letters.notices
        if notice.recipient is Recipient.MEMBER and notice.sent_at and _opens_the_window(notice.kind)
    ]
    lines = [line for line in case.lines if line.is_adverse or _is_silence(case, line)]
    return AppealedDetermination(
        case=case.number,
        kind=case.kind,
        plan=case.policy.plan.id,
        member=case.member,
        request=case.request,
        lines=()
        if case.is_stopped
        else tuple(
            AppealedLine(
                asked=line.asked,
                kind=case.policy.kind_of_service(case.request, line.asked),
                determination=line.determination,
            )
            for line in lines
        ),
        approved=all(line.determination and not line.is_adverse for line in case.lines),
        told_at=max(told, default=None),
        adverse_since=_adverse_since(case),
        appeal_by=case.due_at_of(window) if window else None,
        window=row.id if row else "",
        source=row.source if row else "",
        involved=frozenset(event.by_id for event in case.log.events if event.kind in INVOLVED) - {"plazo"},
        linked=tuple(case.linked),
        instead=_voided_permits(case),
        calendar=case.policy.calendar,
        seen_at=seen_at,
    )


def _adverse_since(case: AssessedCase) -> AwareDatetime | None:
    """When a line was first answered, or its time ran out; an appeal of that may meet a corrected answer."""
    answered = [event.at for event in case.log.events if event.kind is EventKind.DETERMINED]
    silent = [clock.breached_at for clock in decision_clocks(case) if clock.breached_at]
    return min([*answered, *silent], default=None)


def _voided_permits(case: AssessedCase) -> tuple[str, ...]:
    """The authorizations of lines that stay approved: whoever voided one decided it there."""
    permits = [line.authorization for line in case.lines if line.authorization and not line.is_adverse]
    return tuple(permit.number for permit in permits if permit.ended_as is Ending.VOIDED)


def _opens_the_window(kind: NoticeKind) -> bool:
    return kind in {NoticeKind.DETERMINATION, NoticeKind.MISSED_DEADLINE}


def _is_silence(case: AssessedCase, line: Line) -> bool:
    """Has the time for this line run out without an answer, so that the law counts it as one?"""
    if line.determination:
        return False
    clocks = [clock for clock in decision_clocks(case) if line in case.lines_of(clock)]
    return any(
        clock.breached_at and clock.row(case.policy.calendar).expiry.effect in SILENCES for clock in clocks
    )
