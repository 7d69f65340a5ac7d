"""Rehearsing a case under another policy: what would be due when, and how the criteria would answer.

Nothing is changed. What happened to the case stays as it happened: its ledgers are added up again on the rows that
the candidate has for the same duty, regime, urgency and kind of service on the day of receipt, and its criteria are
asked again with the same facts. The case itself keeps the policy that it was received under, whatever comes out.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from pydantic import AwareDatetime

from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.ledger import Corrected, Entry, Received, Retimed
from domain.clock.timeframe import Services, Timeframe
from domain.parts.clocks import Clocks
from domain.policy.case_policy import CasePolicy
from domain.request import criteria
from domain.request.criteria import Answer
from domain.request.line import Line
from domain.review.reviewed import ReviewedCase
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen

C = TypeVar("C", bound=Case)
Swap = Callable[[Timeframe], Timeframe | None]

NEVER = datetime.max.replace(tzinfo=UTC)


class RehearsedClock(Frozen):
    """One clock's last instant in time under either policy; None where it has no end, or does not run."""

    clock: str
    before: AwareDatetime | None
    after: AwareDatetime | None


class Verdict(Frozen):
    """What the criteria say of a line (None: no table is for it), and whether software would approve on that."""

    answer: Answer | None
    approves: bool


class RehearsedLine(Frozen):
    """An undecided line; what is decided is not decided again."""

    line: int
    service: str
    before: Verdict
    after: Verdict


class Rehearsal(Frozen):
    """A case under the policy that it lives by and under a candidate, with the calendar to read its instants by."""

    case: str
    calendar: Calendar
    due_before: AwareDatetime | None
    due_after: AwareDatetime | None
    clocks: tuple[RehearsedClock, ...]
    lines: tuple[RehearsedLine, ...]

    @property
    def moved_clocks(self) -> list[RehearsedClock]:
        return [one for one in self.clocks if one.before != one.after]

    @property
    def moved_lines(self) -> list[RehearsedLine]:
        return [one for one in self.lines if one.before != one.after]

    @property
    def moves(self) -> bool:
        return bool(self.due_before != self.due_after or self.moved_clocks or self.moved_lines)


class Unanswered(Frozen):
    """A case that could not be rehearsed, and why."""

    case: str
    because: str


class Rehearsed(Frozen):
    """How a whole installation came out: the cases that would move, and how many would not."""

    moved: tuple[Rehearsal, ...] = ()
    unmoved: int = 0
    unreachable: tuple[Unanswered, ...] = ()


def rehearse(case: Case, candidate: CasePolicy) -> Rehearsal:
    """Compare the case with what it would be under the candidate."""
    after = under(case, candidate)
    old, new = _open_due_dates(case), _open_due_dates(after)
    return Rehearsal(
        case=case.number,
        calendar=candidate.calendar,
        due_before=case.due_at,
        due_after=after.due_at,
        clocks=tuple(
            RehearsedClock(clock=name, before=old.get(name), after=new.get(name)) for name in {**old, **new}
        ),
        lines=_lines(case, after),
    )


def _lines(case: Case, after: Case) -> tuple[RehearsedLine, ...]:
    if not (isinstance(case, ReviewedCase) and isinstance(after, ReviewedCase) and case.is_undecided):
        return ()
    return tuple(
        RehearsedLine(
            line=line.sequence,
            service=line.asked.service,
            before=_verdict(case, line),
            after=_verdict(after, other),
        )
        for line, other in zip(case.lines, after.lines, strict=True)
        if line.determination is None
    )


def _open_due_dates(case: Case) -> dict[str, datetime | None]:
    return {clock.id: case.due_at_of(clock) for clock in case.clocks.open}


def _verdict(case: ReviewedCase, line: Line) -> Verdict:
    table = case.policy.criteria_in(case.request, line.asked.service)
    if table is None:
        return Verdict(answer=None, approves=False)
    findings = criteria.check(table, case.facts)
    asked = line.model_copy(update={"findings": findings})
    approves = case.may_be_checked and case.meets_all_criteria(asked)
    return Verdict(answer=criteria.verdict(findings), approves=approves)


def under(case: C, candidate: CasePolicy) -> C:
    """A copy of the case with the candidate in the place of its policy, and its clocks on the candidate's rows."""
    after = case.model_copy(update={"policy": candidate})
    if isinstance(after, ReviewedCase):
        after.lines = [
            line.model_copy(update={"kind": candidate.kind_in(after.request, line.asked)})
            for line in after.lines
        ]
    clocks = [moved for clock in case.clocks.values() if (moved := _moved(clock, after))]
    if isinstance(case, ReviewedCase) and isinstance(after, ReviewedCase):
        clocks += _begun(case, after)
    after.clocks = Clocks(named={clock.id: clock for clock in clocks}, kept=case.clocks.kept)
    return after


def _moved(clock: Clock, case: Case) -> Clock | None:
    """The clock on the candidate's rows; None where it has none for it.

    Lines that shared the clock may be timed apart there: then the earliest governs.
    """
    lines = case.lines_of(clock) if isinstance(case, ReviewedCase) else []
    kinds = {line.kind for line in lines} or {Services.ANY}
    clocks = [_on_rows(clock, partial(_row_like, case, kind)) for kind in sorted(kinds)]
    running = [one for one in clocks if one]
    return min(running, key=lambda one: case.due_at_of(one) or NEVER, default=None)


def _on_rows(clock: Clock, swap: Swap) -> Clock | None:
    corrected = clock.correction  # perhaps to another line of business
    row = swap(corrected.row_for(clock.timeframe) if corrected else clock.timeframe)
    ledger = tuple(other for entry in clock.ledger if (other := _entry(entry, swap)))
    return clock.model_copy(update={"timeframe": row, "ledger": ledger}) if row else None


def _entry(entry: Entry, swap: Swap) -> Entry | None:
    """The entry with the candidate's rows; without a row for it, nothing would have been retimed."""
    match entry:
        case Retimed():
            row = swap(entry.timeframe)
            return entry.model_copy(update={"timeframe": row}) if row else None
        case Corrected():
            rows = tuple(row for old in entry.rows if (row := swap(old)))
            return entry.model_copy(update={"rows": rows})
        case _:
            return entry


def _row_like(case: Case, kind: Services, row: Timeframe) -> Timeframe | None:
    """The row of the same duty, regime and urgency that is in force on the day of receipt."""
    services = kind if row.times.depends_on_service else Services.ANY
    rows = case.policy.rows(row.times, case.received_at, row.urgency or case.urgency, services)
    return next((other for other in rows if other.regime is row.regime), None)


def _begun(case: ReviewedCase, after: ReviewedCase) -> Iterator[Clock]:
    """Clocks of regimes that time a line only under the candidate: they begin at receipt, as all do."""
    received = Received(at=case.received_at, recorded_at=case.received_at)
    for line, other in zip(case.lines, after.lines, strict=True):
        if case.is_undecided and line.determination is None:
            old, new = _decision_rows(case, line), _decision_rows(after, other)
            for row in new:
                if row.regime not in {one.regime for one in old}:
                    name = f"decision {row.regime.value} line {line.sequence}"
                    yield Clock(id=name, lines=(line.sequence,), timeframe=row, ledger=(received,))


def _decision_rows(case: ReviewedCase, line: Line) -> list[Timeframe]:
    return case.policy.rows(case.answers, case.received_at, case.urgency, line.kind)
