"""Showing a case: from its state to what people and programs see (`view.py` has the shapes)."""

from datetime import datetime, timedelta

from domain.appeal.appeal import Appeal
from domain.authorization.authorization import LiveAuthorization
from domain.case.case import Case
from domain.case.keeping import as_if_nobody_acts
from domain.clock.clock import Clock
from domain.clock.timeframe import Urgency
from domain.message.message import Message
from domain.parts.stage import Stage
from domain.review.reviewed import ReviewedCase
from domain.terms.calendar import Calendar
from domain.view.kinds import lines_of
from domain.view.message_showing import call_back_clock, call_back_explained
from domain.view.referral_showing import coordination_of
from domain.view.view import (
    Coming,
    Explained,
    Explanation,
    ReviewedLine,
    ReviewSheet,
    Sheet,
    Shown,
    ShownClock,
    ShownStatus,
    ShownWork,
    Timeline,
)

NEXT_SHOWN = 3


def show(case: Case, now: datetime) -> Shown:
    """The case as other programs read it."""
    calendar, due_at, status = case.policy.calendar, case.due_at, case.status
    return Shown(
        case=case.number,
        stage=case.stage.value,
        status=ShownStatus(code=status.code, text=status.text),
        regime=case.policy.plan.regimes[0].value,
        urgency=case.urgency.value,
        received_at=case.received_at,
        due_at=due_at,
        clocks=(
            *(shown for clock in case.clocks.values() for shown in _clock(clock, calendar, now)),
            *(call_back_clock(case) if isinstance(case, Message) else ()),
        ),
        kind=case.kind,
        lines=lines_of(case),
        work=tuple(
            ShownWork(queue=work.queue, assignee=work.assignee, due_at=work.due_at or due_at)
            for work in case.work.open
        ),
        next=tuple(Coming(at=one.at, what=one.words) for one in case.agenda()[:NEXT_SHOWN]),
        linked=tuple(case.linked),
        parent=case.parent,
        coordination=coordination_of(case),
    )


def _clock(clock: Clock, calendar: Calendar, now: datetime) -> list[ShownClock]:
    """A clock line by line, folded once for all of them."""
    shown = ShownClock(
        timeframe=clock.row(calendar).id,
        line=None,
        due_at=clock.due_at(calendar),
        satisfied_at=clock.satisfied_at,
        ended_at=clock.ended_at,
        breached=clock.is_late(now, calendar) and not clock.timeframe.times.is_window,
    )
    return [shown.model_copy(update={"line": line}) for line in clock.lines] or [shown]


def sheet(case: Case, now: datetime) -> Sheet:
    return Sheet(
        shown=show(case, now),
        calendar=case.policy.calendar,
        plan=case.policy.plan.name,
        sentence=case.stage.sentence,
        why=why(case, now),
        flags=tuple(case.log.flags),
        warnings=(*case.warnings, *(f"{number} has {how.words}" for number, how in case.alike.items())),
        missing=tuple(row.title.en for row in case.missing),
        waiting=tuple(
            f"{work.queue}, with {work.assignee or 'nobody yet'}: {work.what}" for work in case.work.open
        ),
        outcome=case.closed_as,
        policy=case.policy.content_hash,
        holds=holds(case),
        alike=tuple(case.alike),
        appointed=is_appointed(case),
        member=member_of(case),
    )


def member_of(case: Case) -> str | None:
    """The member's name; None where the case knows no more than a contract number."""
    match case:
        case ReviewedCase() | LiveAuthorization():
            return case.request.member.name
        case _:
            return None


def is_appointed(case: Case) -> bool:
    """Does a form show that somebody may act for the member? Only appeals ask for one."""
    return isinstance(case, Appeal) and case.appeal.representative is not None and not case.awaits_form


def holds(case: Case) -> tuple[str, ...]:
    """Each hold that is on, since when and why; the clock knows nothing of it."""
    return tuple(f"{hold.words(case.policy.calendar)}: {hold.because}" for hold in case.letters.holds)


def why(case: Case, now: datetime) -> str:
    """One line: what the case waits for, and how much time is left. A hold keeps letters back, and no clock."""
    return f"{waits_for(case)}{time_left(case.due_at, now) if _is_ours(case) else ''}"


def waits_for(case: Case) -> str:
    """The same wherever it is read, and whenever: without the time that is left."""
    if case.letters.holds:
        kinds = " and ".join(hold.kind.value for hold in case.letters.holds)
        return f"on {kinds} hold: nothing leaves, and the clock runs; {_waits_for(case)}"
    return _waits_for(case)


def _is_ours(case: Case) -> bool:
    """Does it wait for us, so that time of ours runs?"""
    return not (case.is_closed or case.stage in WAITS or isinstance(case, LiveAuthorization))


WAITS = {
    Stage.TELLING: "told in writing; the calls are still to be made",
    Stage.APPEAL_WINDOW: "an appeal may be filed",
    Stage.FOLLOW_UP: "all is arranged; the service and the return to local care are awaited",
    Stage.SECOND_LEVEL_WINDOW: "answered; the health plan may be asked for a second-level review",
    Stage.AWAITING_FORM: "waiting for the form that shows who may appeal for the member",
    Stage.INDEPENDENT_REVIEW: "with the reviewer after the plan; the answer is awaited and followed",
    Stage.NEXT_LEVEL: "answered; it may be taken to the next level",
}
"""What a case waits for where no time of ours is running."""


def _waits_for(case: Case) -> str:
    if isinstance(case, LiveAuthorization) and not case.is_closed:
        return case.standing
    match case.stage:
        case Stage.CLOSED:
            return str(case.closed_as)
        case stage if stage in WAITS:
            return WAITS[stage]
        case Stage.DECIDED:
            return "decided, not yet told"
        case Stage.AWAITING_INFORMATION:
            return f"waiting for {', '.join(row.title.en.lower() for row in case.missing)}"
        case Stage.GOOD_CAUSE:
            return "it came late; a good cause is asked for and decided"
        case _:
            queues = ", ".join(dict.fromkeys(work.queue for work in case.work.open)) or "nothing"
            urgent = "expedited, " if case.urgency is Urgency.EXPEDITED else ""
            return f"{urgent}waiting for {queues}"


def time_left(due_at: datetime | None, now: datetime) -> str:
    if due_at is None:
        return ""
    left = due_at - now
    return f": {span(left)} left" if left >= timedelta() else f": {span(-left)} LATE"


def span(length: timedelta) -> str:
    """A length as people say it: `3 h 10 min`, `6 d 4 h`."""
    minutes = int(length.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min"


def explain(case: Case, now: datetime) -> Explanation:
    calendar = case.policy.calendar
    return Explanation(
        case=case.number,
        calendar=calendar,
        policy=case.policy.content_hash,
        holds=holds(case),
        clocks=(
            *(
                Explained(
                    clock=clock.id,
                    timeframe=clock.row(calendar).id,
                    title=clock.row(calendar).title,
                    standing=clock.row(calendar).standing.value,
                    is_window=clock.timeframe.times.is_window,
                    due_at=clock.due_at(calendar),
                    satisfied_at=clock.satisfied_at,
                    ended_at=clock.ended_at,
                    breached=clock.is_late(now, calendar) and not clock.timeframe.times.is_window,
                    steps=clock.explain(calendar),
                )
                for clock in case.clocks.values()
            ),
            *(call_back_explained(case) if isinstance(case, Message) else ()),
        ),
    )


def forecast(case: Case, now: datetime) -> Timeline:
    """What happens on which day if nobody acts: the same functions that the timers call, run ahead."""
    future = as_if_nobody_acts(case, now)
    coming = future.log.events[len(case.log.events) :]
    return Timeline(case=case.number, calendar=case.policy.calendar, events=tuple(coming))


def timeline(case: Case) -> Timeline:
    return Timeline(case=case.number, calendar=case.policy.calendar, events=tuple(case.log.events))


def review_sheet(case: ReviewedCase) -> ReviewSheet:
    order = case.request.order
    return ReviewSheet(
        case=case.number,
        justification=order.justification if order else None,
        lines=tuple(
            ReviewedLine(
                sequence=line.sequence,
                service=line.asked.service,
                units=line.asked.units,
                diagnoses=line.asked.diagnoses,
                table=table.title
                if (table := case.policy.criteria_in(case.request, line.asked.service))
                else None,
                outcome=line.determination.outcome.value if line.determination else None,
                first=case.first_answered(line),
                findings=case.findings_on(line),
            )
            for line in case.lines
        ),
    )


def is_overdue(case: Case) -> bool:
    """Is anything late that is still to be done?"""
    late_duty = any(clock.breached_at for clock in case.clocks.duties)
    late_call = isinstance(case, Message) and case.call_was_late and case.is_undecided
    return late_duty or late_call or any(letter.breached_at for letter in case.letters.unsent)
