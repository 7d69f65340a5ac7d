"""Grievances as auditors ask for them: what was complained of, how it was answered, and when that was told.

The columns are named after second hand; fields A to F alone were seen in a copy of the protocol (CMS-10717).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from domain.clock.timeframe import Regime, Urgency
from domain.grievance.complaint import BY_VOICE
from domain.grievance.grievance import ANSWER, Grievance
from domain.parts.events import EventKind
from domain.report.layout import Column, clock, day, yes
from domain.report.universe import LateRow, head, late_row

Of = Column[Grievance]


def belongs(case: Grievance) -> bool:
    """Is it under Medicare Advantage, and answered?"""
    return Regime.MEDICARE_ADVANTAGE in case.policy.plan.regimes and case.found is not None


def _hours_count(case: Grievance) -> bool:
    return case.urgency is Urgency.EXPEDITED


def _told_at(case: Grievance, *, by_voice: bool) -> datetime | None:
    """When the member was told so, if it was so."""
    return case.clocks[ANSWER].satisfied_at if case.told_by_voice is by_voice else None


def _time(case: Grievance, instant: datetime | None) -> str:
    return clock(case.policy.calendar, instant if _hours_count(case) else None)


HEAD: tuple[Of, ...] = head(lambda case: case.policy.plan, lambda case: case.complaint.member)
COLUMNS: tuple[Of, ...] = (
    *HEAD,
    Of("Date the grievance was received", 10, lambda case: day(case.policy.calendar, case.received_at)),
    Of("Time the grievance was received", 8, lambda case: _time(case, case.received_at)),
    Of(
        "How was the grievance received?",
        7,
        lambda case: "Oral" if case.complaint.channel in BY_VOICE else "Written",
    ),
    Of("Was it processed as Standard or Expedited?", 1, lambda case: "E" if _hours_count(case) else "S"),
    Of("Category of the grievance", 50, lambda case: case.about.value.replace("_", " ")),
    Of("Grievance description", 1800, lambda case: case.complaint.says),
    Of(
        "Was a timeframe extension taken?",
        1,
        lambda case: yes(any(event.kind is EventKind.EXTENDED for event in case.log.events)),
    ),
    Of(
        "Date oral notification provided to enrollee",
        10,
        lambda case: day(case.policy.calendar, _told_at(case, by_voice=True)),
    ),
    Of(
        "Time oral notification provided to enrollee",
        8,
        lambda case: _time(case, _told_at(case, by_voice=True)),
    ),
    Of(
        "Date written notification provided to enrollee",
        10,
        lambda case: day(case.policy.calendar, _told_at(case, by_voice=False)),
    ),
    Of(
        "Time written notification provided to enrollee",
        8,
        lambda case: _time(case, _told_at(case, by_voice=False)),
    ),
    Of("Resolution", 1800, lambda case: case.status.text),
)


def late_rows(cases: Iterable[Grievance]) -> Iterator[LateRow]:
    """Answers that were told late, and those that are owed still."""
    for case in cases:
        now = case.log.events[-1].recorded_at
        answer = case.clocks[ANSWER]
        if answer.is_late(now, case.policy.calendar):
            yield late_row(case, answer)
