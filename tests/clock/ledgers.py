"""Ledgers in the plan's own wall clock: `received("2026-06-01 09:00")` is an entry once it knows its policy."""

from collections.abc import Callable
from datetime import date, datetime, time

from domain.clock.clock import Clock
from domain.clock.ledger import (
    Corrected,
    Entry,
    Extended,
    Paused,
    Received,
    Resumed,
    Retimed,
    Tolled,
    TollUndone,
)
from domain.clock.span import Span, Unit
from domain.clock.timeframe import Timeframe
from domain.policy.case_policy import CasePolicy
from domain.terms.calendar import END_OF_DAY, Calendar
from tests.builders import policy

Entered = Callable[[CasePolicy], Entry]


def of(plan: str) -> CasePolicy:
    """The plan's policy as cases of 2025 and 2026 carry it."""
    return policy(plan, 2026)


def row_of(rules: CasePolicy, row: str | Timeframe) -> Timeframe:
    """A row of the pack by its id; a row that a test made itself is that row."""
    if isinstance(row, Timeframe):
        return row
    return next(each for each in rules.timeframe if each.id == row)


def a_row_of(length: int, unit: Unit, *, like: tuple[str, str]) -> Timeframe:
    """A row of another length than the pack has, like one that it has in everything else."""
    plan, row = like
    span = Span(length=length, unit=unit)
    return row_of(of(plan), row).model_copy(update={"id": f"{span}", "span": span})


def instant(calendar: Calendar, wall: str) -> datetime:
    """`2026-06-10 10:00`, or `2026-06-10 eod` for the last second of the day."""
    day, _, clock = wall.partition(" ")
    return calendar.at(date.fromisoformat(day), END_OF_DAY if clock == "eod" else time.fromisoformat(clock))


def wall(calendar: Calendar, at: datetime | None) -> str:
    """As `instant` reads it, with the zone."""
    if at is None:
        return "no end"
    local = calendar.local(at)
    clock = "eod" if local.time() == END_OF_DAY else f"{local:%H:%M:%S}".removesuffix(":00")
    return f"{local:%Y-%m-%d} {clock} {local.tzname()}"


def a_clock(plan: str, row: str | Timeframe, *entries: Entered) -> Clock:
    rules = of(plan)
    ledger = tuple(entry(rules) for entry in entries)
    return Clock(id="decision", timeframe=row_of(rules, row), ledger=ledger)


def received(at: str) -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        begun = instant(rules.calendar, at)
        return Received(at=begun, recorded_at=begun)

    return entry


def extended(
    until: str,
    *,
    noticed: str,
    ground: str = "beyond_control",
    asked_by: str = "plan",
) -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        left = instant(rules.calendar, noticed)
        return Extended(
            at=left,
            recorded_at=left,
            until=instant(rules.calendar, until),
            ground=ground,
            asked_by=asked_by,
            notice_sent_at=left,
        )

    return entry


def paused(at: str, *, until: str) -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        begun = instant(rules.calendar, at)
        return Paused(at=begun, recorded_at=begun, until=instant(rules.calendar, until))

    return entry


def resumed(at: str) -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        came = instant(rules.calendar, at)
        return Resumed(at=came, recorded_at=came)

    return entry


def retimed(
    row: str | Timeframe, *, counts_from: str, at: str | None = None, earlier: bool = False
) -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        begun = instant(rules.calendar, counts_from)
        moved = instant(rules.calendar, at) if at else begun
        return Retimed(
            at=moved,
            recorded_at=moved,
            timeframe=row_of(rules, row),
            counts_from=begun,
            earlier_governs=earlier,
        )

    return entry


def corrected(to: str, *rows: str, at: str) -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        found = instant(rules.calendar, at)
        return Corrected(
            at=found,
            recorded_at=found,
            reason="keyed wrong",
            received_at=instant(rules.calendar, to),
            rows=tuple(row_of(rules, row) for row in rows),
        )

    return entry


def tolled(until: str, *, at: str, authority: str = "CN-2026-12") -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        known = instant(rules.calendar, at)
        return Tolled(at=known, recorded_at=known, until=instant(rules.calendar, until), authority=authority)

    return entry


def toll_undone(*, at: str, authority: str = "CN-2026-12") -> Entered:
    def entry(rules: CasePolicy) -> Entry:
        known = instant(rules.calendar, at)
        return TollUndone(at=known, recorded_at=known, authority=authority)

    return entry
