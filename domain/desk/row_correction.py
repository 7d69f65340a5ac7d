"""Correcting a policy row or a day that was wrong: dated, authored, by a supervisor, in every case that has it.

The row takes the place of the wrong one in the policy that the case carries, and nothing else of the other pack
enters. Each clock on it gets an entry with the new row, so that `explain` shows both. A day is corrected in the
calendar that the case carries: every date is reckoned by it at once, and the event says which moved.
"""

from datetime import date, datetime

from domain.case.acts import Act
from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.ledger import Corrected, Retimed
from domain.clock.timeframe import Timeframe
from domain.parts.events import EventKind
from domain.policy.case_policy import CasePolicy
from domain.terms.refusals import Refused


def with_row(policy: CasePolicy, row: Timeframe) -> CasePolicy:
    """The policy with this row in the place of the one that has its id."""
    rows = tuple(row if old.id == row.id else old for old in policy.timeframe)
    return policy.model_copy(update={"timeframe": rows})


class CorrectRow(Act[Case]):
    """A row of the policy was wrong; this is how it should have read. `pack` names where it was taken from."""

    act_name = "correct a policy row"
    row: Timeframe
    pack: str

    def check(self, case: Case, now: datetime) -> None:
        _refuse_without_reason(self)
        old, row = self._old(case), self.row
        if old is None or old == row:
            return
        if (old.regime, old.times, old.services, old.urgency) != (
            *(row.regime, row.times),
            *(row.services, row.urgency),
        ):
            raise Refused(f"row: {row.id} as corrected times something else; that takes a new row")
        day = case.policy.calendar.day_of(case.received_at)
        if old.is_in_force(day) != row.is_in_force(day):
            raise Refused(
                f"row: {row.id} as corrected is in force on other days of receipt; that takes a new row"
            )

    def _old(self, case: Case) -> Timeframe | None:
        """The row that this case would live by, on its day of receipt."""
        day = case.policy.calendar.day_of(case.received_at)
        return next(
            (old for old in case.policy.timeframe if old.id == self.row.id and old.is_in_force(day)), None
        )

    def apply(self, case: Case, now: datetime) -> str:
        old, row = self._old(case), self.row
        if old is None:
            return f"does not live by {row.id}"
        if old == row:
            return f"{row.id} reads so already"
        case.policy = with_row(case.policy, row)
        living = [clock for clock in _running(case) if lives_by(clock, row)]
        before = {clock.id: case.due_at_of(clock) for clock in living}
        for clock in living:
            self._enter(case, clock, now)
        moved = [_moved(case, name, due) for name, due in before.items()]
        words = "; ".join([f"{row.id} corrected, {old.span} -> {row.span}", *moved])
        case.log.record(
            EventKind.CORRECTED,
            f"{words}: {self.reason}",
            now=now,
            by=self.actor,
            row=row.id,
            pack=self.pack,
        )
        for name in before:
            case.reconsider_breach(name, now)
        return words

    def _enter(self, case: Case, clock: Clock, now: datetime) -> None:
        reckoning = clock.reckon(case.policy.calendar)
        if reckoning is None:  # a window whose start is not known: it will begin on the new row
            case.clocks.change(clock.id, timeframe=self.row)
            return
        others = clock.correction.rows if clock.correction else ()
        entry = Corrected(
            at=now,
            recorded_at=now,
            by=self.actor.id,
            reason=self.reason,
            what="row",
            received_at=reckoning.started_at,
            rows=(self.row, *(one for one in others if one.id != self.row.id)),
        )
        case.clocks.enter(clock.id, entry)


class CorrectDay(Act[Case]):
    """A day was listed wrongly, or proclaimed a holiday later. `closed` names it by plan; others are open."""

    act_name = "correct a calendar day"
    day: date
    closed: dict[str, str]
    pack: str

    def check(self, case: Case, now: datetime) -> None:
        _refuse_without_reason(self)

    def apply(self, case: Case, now: datetime) -> str:
        calendar, name = case.policy.calendar, self.closed.get(case.policy.plan.id)
        if calendar.holidays.get(self.day) == name:
            return f"{self.day} is {name or 'no holiday'} already"
        before = {clock.id: case.due_at_of(clock) for clock in _running(case)}
        corrected = calendar.with_day(self.day, name)
        case.policy = case.policy.model_copy(update={"calendar": corrected})
        moved = [
            _moved(case, clock, due)
            for clock, due in before.items()
            if due != case.due_at_of(case.clocks[clock])
        ]
        words = "; ".join([f"{self.day} is {name or 'no holiday'}", *(moved or ["no date moves"])])
        case.log.record(
            EventKind.CORRECTED, f"{words}: {self.reason}", now=now, by=self.actor, pack=self.pack
        )
        for clock in before:
            case.reconsider_breach(clock, now)
        return words


def _refuse_without_reason(act: Act[Case]) -> None:
    if not act.reason:
        raise Refused("because: a correction says why", "plan policy")


def _running(case: Case) -> list[Clock]:
    return [clock for clock in case.clocks.values() if clock.ended_at is None]


def _moved(case: Case, name: str, before: datetime | None) -> str:
    calendar, after = case.policy.calendar, case.due_at_of(case.clocks[name])
    if before is None or after is None:
        return f"{name}: no end known"
    if before == after:
        return f"{name}: {calendar.show_due(after)} stands"
    return f"{name}: {calendar.show_due(before)} -> {calendar.show_due(after)}"


def lives_by(clock: Clock, row: Timeframe) -> bool:
    """Did this row, as it stands corrected, time the clock at any point of its ledger?"""
    rows = [clock.timeframe, *(entry.timeframe for entry in clock.ledger if isinstance(entry, Retimed))]
    newest = clock.correction
    return row.id in {(newest.row_for(one) if newest else one).id for one in rows}
