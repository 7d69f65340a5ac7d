"""Tolling: windows of cases held open until a day by a dated instrument, and let go again.

Nothing is overwritten: the ledger of each clock takes an entry that names the instrument, and another when it is
undone. A case is tolled once under an instrument, however often somebody asks.
"""

from collections.abc import Iterable
from datetime import date, datetime

from domain.case.acts import Act
from domain.case.case import Case
from domain.clock.agenda import ONE_SECOND
from domain.clock.clock import Clock
from domain.clock.instruments import Instrument, Window
from domain.clock.ledger import Tolled, TollUndone
from domain.clock.timeframe import Timeframe
from domain.parts.events import EventKind
from domain.parts.happenings import MoreTimeGiven
from domain.policy.rows import Plan
from domain.terms.refusals import Refused

TIME_TAKEN_BACK = "a window that was held open is over again: look at what came in it"
RULE = "a window is held open only under a dated instrument that the pack names"


def lawful_rows(
    instrument: Instrument | None, window: Window, plan: Plan, timeframes: Iterable[Timeframe]
) -> list[Timeframe]:
    """The rows of a plan that the instrument may move for this window. Refused where there are none."""
    timed = [row for row in timeframes if row.regime in plan.regimes and row.times in window.duties]
    if instrument and not instrument.is_for(plan.id, plan.regimes):
        raise Refused(f"authority: {instrument.id} is not for {plan.name}", instrument.source)
    rows = [row for row in timed if instrument and instrument.may_move(row)]
    if rows:
        return rows
    if window is Window.DECISION:
        raise Refused(_lawful_route(instrument, timed))
    if instrument is None:
        raise Refused(f"authority: {RULE}")
    raise Refused(f"window: {instrument.id} moves no {window.text} of {plan.name}", instrument.source)


def _lawful_route(instrument: Instrument | None, timed: list[Timeframe]) -> str:
    """Why a plan's own clock stays, and what the plan may do instead."""
    extensions = [row.extension for row in timed if row.extension]
    clauses = dict.fromkeys(more.in_disaster for more in extensions if more.in_disaster)
    sources = list(clauses or dict.fromkeys(more.source for more in extensions))
    unnamed = (
        f"{instrument.id} does not name" if instrument else "no instrument of the pack is given that names"
    )
    refusal = f"window: a decision clock moves only under an instrument that names its row, and {unnamed} it"
    if not sources:
        return refusal
    return f"{refusal}; the lawful route is an extension with notice, case by case ({'; '.join(sources)})"


class Toll(Act[Case]):
    """Hold the named windows of a case open through a day, under an instrument."""

    act_name = "toll"
    instrument: Instrument
    window: Window
    until: date

    def check(self, case: Case, now: datetime) -> None:
        instrument, calendar = self.instrument, case.policy.calendar
        if any(row.times in self.window.duties for row in case.policy.timeframe):  # else it is no such case
            lawful_rows(instrument, self.window, case.policy.plan, case.policy.timeframe)
        if calendar.day_of(now) < instrument.issued_on:
            raise Refused(
                f"authority: {instrument.id} is issued on {instrument.issued_on}", instrument.source
            )
        if self.until > instrument.through:
            raise Refused(
                f"until: {instrument.id} holds open through {instrument.through}", instrument.source
            )
        for clock in self._matching(case):
            stands = toll_under(clock, instrument.id, case)
            if stands and calendar.day_of(stands) != self.until:
                raise Refused(
                    f"until: the {clock.id} is tolled under {instrument.id} to "
                    f"{calendar.show_due(stands)} already; undo that first"
                )

    def _matching(self, case: Case) -> list[Clock]:
        """Clocks of the window that the instrument may move and that had not run out when it began."""
        calendar = case.policy.calendar
        return [
            clock
            for clock in case.clocks.values()
            if clock.timeframe.times in self.window.duties
            and self.instrument.may_move(clock.row(calendar))
            and (due_at := case.due_at_of(clock))
            and calendar.day_of(due_at) >= self.instrument.in_force_from
            and (clock.is_open or (case.is_undecided and ran_out(clock, due_at)))
        ]

    def apply(self, case: Case, now: datetime) -> str:
        matching = self._matching(case)
        if not matching:
            return f"no {self.window.text} is open that {self.instrument.id} could move"
        told = [self._toll(case, clock, now) for clock in matching]
        return "; ".join(told)

    def _toll(self, case: Case, clock: Clock, now: datetime) -> str:
        calendar, instrument = case.policy.calendar, self.instrument
        if stands := toll_under(clock, instrument.id, case):
            return f"{clock.id} already tolled under {instrument.id} to {calendar.show_due(stands)}"
        before, until = case.due_at_of(clock), calendar.end_of(self.until)
        if before and until <= before:
            return f"{clock.id} ends {calendar.show_due(before)}, which is later"
        entry = Tolled(
            at=self.happened_at(now),
            recorded_at=now,
            by=self.actor.id,
            reason=f"{instrument.title}; {self.reason}" if self.reason else instrument.title,
            until=until,
            authority=instrument.id,
        )
        case.clocks.enter(clock.id, entry)
        if not clock.is_open:  # the agenda ends it again where its last day has passed
            case.clocks.change(clock.id, ended_at=None)
        was = calendar.show_due(before) if before else "no end"
        words = f"{clock.id} held open under {instrument.id}: {was} -> {calendar.show_due(until)}"
        case.log.record(
            EventKind.TOLLED, words, now=now, by=self.actor, clock=clock.id, authority=instrument.id
        )
        case.reconsider_breach(clock.id, now)
        case.follow(MoreTimeGiven(), now)
        return words


class UndoToll(Act[Case]):
    """Let go of what was held open under an instrument; what was kept in the meantime stays kept."""

    act_name = "toll"
    authority: str
    window: Window | None = None

    def apply(self, case: Case, now: datetime) -> str:
        tolled = [
            clock
            for clock in case.clocks.open
            if toll_under(clock, self.authority, case)
            and (self.window is None or clock.timeframe.times in self.window.duties)
        ]
        if not tolled:
            return f"nothing is tolled under {self.authority}"
        return "; ".join(self._undo(case, clock, now) for clock in tolled)

    def _undo(self, case: Case, clock: Clock, now: datetime) -> str:
        entry = TollUndone(
            at=now, recorded_at=now, by=self.actor.id, reason=self.reason, authority=self.authority
        )
        case.clocks.enter(clock.id, entry)
        due_at = case.due_at_of(case.clocks[clock.id])
        words = f"{clock.id} no longer held open under {self.authority}"
        if due_at:
            over = "ended" if clock.timeframe.times.is_window else "LATE since"
            verb = over if due_at < now else "due"
            words += f"; {verb} {case.policy.calendar.show_due(due_at)}"
            if due_at < now and case.is_undecided and clock.timeframe.times.is_window:
                case.need("supervisor", TIME_TAKEN_BACK, now)
        case.log.record(
            EventKind.TOLL_UNDONE, words, now=now, by=self.actor, clock=clock.id, authority=self.authority
        )
        return words


def ran_out(clock: Clock, due_at: datetime) -> bool:
    """Did the window end unused, with its last day? What came after that came late, unless more time is given."""
    return clock.timeframe.times.is_window and clock.ended_at == due_at + ONE_SECOND


def toll_under(clock: Clock, authority: str, case: Case) -> datetime | None:
    """Until when an instrument holds a clock open; None where it does not."""
    reckoning = clock.reckon(case.policy.calendar)
    return reckoning.tolls.get(authority) if reckoning else None
