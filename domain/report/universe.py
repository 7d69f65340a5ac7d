"""Audit universes of Part C (ODAG): a file for each, in CMS's layout, and which of its rows were late.

The layout is that of the program audit protocol CMS-10717 as far as it was seen: fields A to F, in a copy of it.
Every other column is as those name it who check such files, and unverified: it is to be held against the protocol
before a file is sent.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from domain.appeal.state import AppealState, ReviewOutcome
from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.timeframe import Regime
from domain.policy.rows import Plan
from domain.report.answered import Answered
from domain.report.layout import NONE, Column, T, clock, day, yes
from domain.request.request import Member
from domain.terms.frozen import Frozen
from domain.terms.sourced import Trust


class Universe(StrEnum):
    OD = "OD"  # organization determinations before the service
    RECON = "RECON"  # reconsiderations of them
    PYMT_C = "PYMT_C"  # determinations and reconsiderations of payment
    EFF_C = "EFF_C"  # what was overturned, and given effect
    GRV_C = "GRV_C"  # grievances: `complained.py`


def belongs(answered: Answered, universe: Universe) -> bool:
    """Is the case a row of this universe? Only what was decided, under Medicare Advantage, and stands."""
    case = answered.case
    stands = not (case.withdrawn or case.entered_in_error or case.not_required)
    if Regime.MEDICARE_ADVANTAGE not in case.policy.plan.regimes or not stands or answered.decided_at is None:
        return False
    is_appeal = isinstance(case, AppealState)
    match universe:
        case Universe.OD:
            return not (is_appeal or answered.is_payment)
        case Universe.RECON:
            return is_appeal and not answered.is_payment
        case Universe.PYMT_C:
            return answered.is_payment
        case Universe.EFF_C:
            return answered.is_overturned
        case Universe.GRV_C:
            return False


Of = Column[Answered]


def head(plan: Callable[[T], Plan], member: Callable[[T], Member]) -> tuple[Column[T], ...]:
    """Fields A to F: whose it is. A paper gives the name in one: the last one is all but its first word."""
    return tuple(
        Column(name, width, value, Trust.SOURCED)
        for name, width, value in (
            ("Enrollee First Name", 50, lambda of: member(of).name.split(maxsplit=1)[0]),
            ("Enrollee Last Name", 50, lambda of: member(of).name.partition(" ")[2]),
            ("Enrollee ID", 11, lambda of: member(of).mbi or ""),
            ("Contract ID", 5, lambda of: plan(of).contract or ""),
            ("Plan Benefit Package (PBP)", 3, lambda of: member(of).benefit_package or ""),
            ("First Tier, Downstream, and Related Entity", 70, lambda _: NONE),
        )
    )


def _timed(of: Answered) -> bool:
    """Hours matter to what is expedited and to drugs; elsewhere the layout wants no time of day."""
    return of.is_expedited or of.is_drug


HEAD = (
    *head(lambda of: of.case.policy.plan, lambda of: of.case.request.member),
    Of("Authorization or Claim Number", 40, lambda of: of.case.number),
)
RECEIVED = (
    Of("Date the request was received", 10, lambda of: day(of.calendar, of.case.received_at)),
    Of(
        "Time the request was received",
        8,
        lambda of: clock(of.calendar, of.case.received_at) if _timed(of) else NONE,
    ),
    Of("Part B Drug Request?", 1, lambda of: yes(of.is_drug)),
    Of("AOR/Equivalent notice Receipt Date", 10, lambda of: day(of.calendar, of.form_came_at)),
    Of(
        "AOR/Equivalent notice Receipt Time",
        8,
        lambda of: clock(of.calendar, of.form_came_at) if _timed(of) else NONE,
    ),
)
DECIDED = (
    Of("Request Determination", 9, lambda of: of.answer),
    Of("Was the request processed as Standard or Expedited?", 1, lambda of: "E" if of.is_expedited else "S"),
    Of("Was a timeframe extension taken?", 1, lambda of: yes(of.is_extended)),
    Of("Date of Determination", 10, lambda of: day(of.calendar, of.decided_at)),
    Of("Time of Determination", 8, lambda of: clock(of.calendar, of.decided_at) if _timed(of) else NONE),
)
TOLD = (
    Of("Date oral notification provided to enrollee", 10, lambda of: day(of.calendar, of.called_at)),
    Of(
        "Time oral notification provided to enrollee",
        8,
        lambda of: clock(of.calendar, of.called_at) if _timed(of) else NONE,
    ),
    Of("Date written notification provided to enrollee", 10, lambda of: day(of.calendar, of.written_at)),
    Of(
        "Time written notification provided to enrollee",
        8,
        lambda of: clock(of.calendar, of.written_at) if _timed(of) else NONE,
    ),
)
ABOUT = (
    Of("Who made the request?", 3, lambda of: of.asked_by),
    Of("Issue description and type of service", 2000, lambda of: of.issue),
    Of(
        "Was an expedited request made but processed as standard?",
        1,
        lambda of: yes(of.was_asked_expedited and not of.is_expedited),
    ),
    Of("Was the request denied for lack of medical necessity?", 1, lambda of: yes(of.is_of_necessity)),
    Of(
        "Date service authorization entered/effectuated in the system",
        10,
        lambda of: day(of.calendar, of.effect_at),
    ),
)
FURTHER = (Of("Date forwarded to IRE", 10, lambda of: day(of.calendar, of.forwarded_at)),)


def _whose_decision(of: Answered) -> str:
    reviewed = of.case.reviewed.values() if isinstance(of.case, AppealState) else ()
    return "IRE" if ReviewOutcome.OVERTURNED in reviewed else "Plan"


EFFECT = (
    Of("Who made the favorable decision?", 10, _whose_decision),
    Of("Date of the favorable decision", 10, lambda of: day(of.calendar, of.counted.decided_at)),
    Of("Time of the favorable decision", 8, lambda of: clock(of.calendar, of.counted.decided_at)),
    Of("Date effectuated", 10, lambda of: day(of.calendar, of.effect_at)),
    Of("Time effectuated", 8, lambda of: clock(of.calendar, of.effect_at)),
)

LAYOUTS: dict[Universe, tuple[Of, ...]] = {
    Universe.OD: (*HEAD, *RECEIVED, *DECIDED, *TOLD, *ABOUT),
    Universe.RECON: (*HEAD, *RECEIVED, *DECIDED, *TOLD, *ABOUT, *FURTHER),
    Universe.PYMT_C: (*HEAD, *RECEIVED, *DECIDED, *TOLD, *ABOUT, *FURTHER),
    Universe.EFF_C: (*HEAD, *RECEIVED[:2], *EFFECT),
}


class Decided(Frozen):
    """A case that was decided in a span, by its number."""

    case: str
    kind: str


class LateRow(Frozen):
    """A row that was late: by which rule, by when it was owed, when it was kept, and the notice that it owed."""

    case: str
    rule: str
    source: str
    owed_by: str
    told: str
    notice: str


def late_rows(rows: Iterable[Answered]) -> Iterator[LateRow]:
    """The self-audit of timeliness: each clock of each row that was not kept in time."""
    for of in rows:
        for one in of.late_clocks:
            yield late_row(of.case, one, of.notice_of_rights)


def late_row(case: Case, clock: Clock, notice: str = NONE) -> LateRow:
    calendar = case.policy.calendar
    row, due = clock.row(calendar), clock.due_at(calendar)
    return LateRow(
        case=case.number,
        rule=row.id,
        source=row.source,
        owed_by=calendar.show_due(due) if due else NONE,
        told=calendar.show(clock.satisfied_at) if clock.satisfied_at else "not told",
        notice=notice,
    )
