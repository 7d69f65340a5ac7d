"""The plan of care as it changes: what is agreed is told, and what waits for somebody because of a goal."""

from datetime import datetime

from domain.care import letters
from domain.care.ahead import AGREE, DUE, OVER, QUEUE, TASK
from domain.care.care import CareManagement
from domain.case import dispatch
from domain.program.plan import Goal
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM


def agree(case: CareManagement, goals: tuple[Goal, ...], at: datetime, now: datetime) -> None:
    """Member and physician are told the plan of care as it is by now; an older one does not leave any more."""
    told = {one.id: one for one in (*case.goals, *goals)}
    case.goals, case.agreed_at = tuple(told.values()), at
    older = [one for one in case.letters.unsent if one.kind is NoticeKind.CARE_PLAN]
    dispatch.stop(case, older, "a newer plan takes its place", now, SYSTEM)
    case.work.finish((one for one in case.work.open if one.what in {AGREE, OVER}), now)
    look_at_goals(case, now)
    for to in (case.addressee, *case.physician):
        case.owe(to, NoticeKind.CARE_PLAN, now, letters.plan(case, to))


def look_at_goals(case: CareManagement, now: datetime) -> None:
    """What waits because of them: nothing overdue any more, or somebody who ends it where every goal has ended."""
    today = case.policy.calendar.day_of(now)
    if not any(day <= today for goal in case.goals for day in goal.days):
        case.work.finish((one for one in case.work.open if one.what == DUE[TASK]), now)
    if case.goals and not case.open_goals:
        case.need(QUEUE, OVER, now)
