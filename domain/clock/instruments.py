"""Instruments: dated acts of an authority that relieve people of time limits, and the windows that they may move.

A plan cannot toll its own decision clock because of a hurricane. It may hold open the windows in which members
and providers file, and its own clocks only under an instrument that names their very rows.
"""

from datetime import date
from enum import StrEnum

from domain.clock.duty import Duty
from domain.clock.timeframe import Regime, Timeframe
from domain.terms.sourced import Sourced


class Window(StrEnum):
    """Whose time is held open, as people say it at the desk."""

    FILING = "filing"  # whatever members and providers file: disputes, appeals, second levels
    DISPUTE = "dispute"
    APPEAL = "appeal"
    SECOND_LEVEL = "second_level"
    INFORMATION = "information"
    GOOD_CAUSE = "good_cause"
    DECISION = "decision"  # no window at all: the plan's own time to answer

    @property
    def duties(self) -> frozenset[Duty]:
        """What the timeframes of this window time."""
        return DUTIES[self]

    @property
    def text(self) -> str:
        return f"{self.value.replace('_', ' ')} {'clock' if self is Window.DECISION else 'window'}"


DUTIES = {
    Window.DISPUTE: frozenset({Duty.DISPUTE_FILING}),
    Window.APPEAL: frozenset(
        {Duty.APPEAL_WINDOW, Duty.HEALTH_PLAN_APPEAL, Duty.NEXT_LEVEL, Duty.DISMISSAL_REVIEW}
    ),
    Window.SECOND_LEVEL: frozenset({Duty.SECOND_LEVEL}),
    Window.INFORMATION: frozenset(
        {Duty.INFORMATION_WINDOW, Duty.DISPUTE_INFORMATION, Duty.APPEAL_FORM, Duty.APPEAL_WAIVER}
    ),
    Window.GOOD_CAUSE: frozenset({Duty.GOOD_CAUSE, Duty.APPEAL_GOOD_CAUSE}),
    Window.DECISION: frozenset({Duty.DECISION, Duty.DISPUTE_DECISION, Duty.APPEAL_DECISION}),
}
DUTIES[Window.FILING] = DUTIES[Window.DISPUTE] | DUTIES[Window.APPEAL] | DUTIES[Window.SECOND_LEVEL]


class Instrument(Sourced):
    """A waiver, a declaration, a normative letter: whose limits it may move, and to which last day.

    It is for the plans that it names and for every plan of its regimes. `duties` are windows; a plan's own clock
    moves only where its row is named in `rows`. In force from its first day through `through`, inclusive.
    """

    id: str
    title: str
    issued_on: date
    plans: tuple[str, ...] = ()
    regimes: tuple[Regime, ...] = ()
    duties: tuple[Duty, ...] = ()
    rows: tuple[str, ...] = ()
    through: date

    def may_move(self, row: Timeframe) -> bool:
        """Does it name this row, or windows of its kind?"""
        return row.id in self.rows or (row.times.is_window and row.times in self.duties)

    def is_for(self, plan: str, regimes: tuple[Regime, ...]) -> bool:
        return plan in self.plans or bool(set(regimes) & set(self.regimes))
