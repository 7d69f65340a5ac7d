"""The clocks on which a reviewed case must answer: one for each row of law or contract that times its lines.

Lines of different kinds (a Part B drug in 72 hours, an MRI in 7 days) each run on their own row; lines of one
kind share a clock. An accreditor's row runs beside the law's.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.ledger import Corrected, Received, Resumed, Retimed
from domain.clock.timeframe import Regime, Services, Timeframe, Urgency
from domain.parts.events import EventKind
from domain.review.complete import written_at
from domain.terms.people import Actor

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase

INCOMPLETE = "incomplete notice"
RECORDS = "records request"
INFORMATION = "information window"


def decision_clocks(case: "ReviewedCase") -> list[Clock]:
    """Every clock that times the answer, open or not."""
    return [clock for clock in case.clocks.values() if clock.timeframe.times is case.answers]


def clocks_of(case: "ReviewedCase", line: int) -> tuple[str, ...]:
    """The names of the decision clocks that time a line; lines with the same ones are told together."""
    return tuple(clock.id for clock in decision_clocks(case) if not clock.lines or line in clock.lines)


def start(case: "ReviewedCase", now: datetime) -> None:
    """Start the decision clocks from receipt, complete or not; a call may have to wait for the writing."""
    for name, (row, lines) in layout(case).items():
        begins_at = _begins_at(case, row.regime)
        received = Received(at=begins_at, recorded_at=now) if begins_at else None
        case.clocks.begin(name, row, received, lines)


def layout(case: "ReviewedCase") -> dict[str, tuple[Timeframe, tuple[int, ...]]]:
    """The decision clocks that the case's policy gives it: row and lines by name; no lines are all of them."""
    rows: dict[str, tuple[Timeframe, list[int]]] = {}
    for line in case.lines:
        for row in rows_of(case, Duty.DECISION, case.received_at, case.urgency, line.kind):
            rows.setdefault(row.id, (row, []))[1].append(line.sequence)
    clocks: dict[str, tuple[Timeframe, tuple[int, ...]]] = {}
    for row, lines in rows.values():
        name = "decision" if row.regime is case.policy.plan.regimes[0] else f"decision {row.regime.value}"
        if len(lines) == len(case.lines):
            clocks[name] = (row, ())
        else:
            clocks[f"{name} line {', '.join(str(sequence) for sequence in lines)}"] = (row, tuple(lines))
    return clocks


def rows_of(
    case: "ReviewedCase", duty: Duty, received_at: datetime, urgency: Urgency, kind: Services
) -> list[Timeframe]:
    """The rows that time such a line of this case: of what goes on beyond what was approved, some of its own."""
    concurrent, clean = case.asked_in_time, case.request.is_clean_claim
    return case.policy.rows(duty, received_at, urgency, kind, concurrent=concurrent, clean_claim=clean)


def _begins_at(case: "ReviewedCase", regime: Regime) -> datetime | None:
    """From when a regime counts: the receipt, or the writing after a call that does not start its clock."""
    if case.policy.call_starts_the_clock(regime, case.urgency):
        return case.received_at
    return written_at(case)


def start_by_writing(case: "ReviewedCase", now: datetime) -> None:
    """What waited for the writing counts from the instant at which that reached us."""
    for clock in decision_clocks(case):
        begins_at = _begins_at(case, clock.timeframe.regime)
        if clock.is_open and not clock.ledger and begins_at:
            case.clocks.enter(clock.id, Received(at=begins_at, recorded_at=now))
            words = f"{clock.timeframe.id} counts from the writing"
            case.log.record(EventKind.CLOCK_STARTED, words, at=begins_at, now=now, clock=clock.id)


def start_incomplete_notice(case: "ReviewedCase", now: datetime) -> None:
    """Some regimes give a clock of its own to telling the requester that an urgent request is incomplete."""
    row = case.policy.row(Duty.INCOMPLETE_NOTICE, case.received_at, case.urgency)
    if row:
        case.clocks.begin(INCOMPLETE, row, Received(at=case.received_at, recorded_at=now))


def retime(
    case: "ReviewedCase",
    urgency: Urgency,
    counts_from: datetime,
    *,
    at: datetime,
    now: datetime,
    by: Actor,
    reason: str,
) -> None:
    """Change the urgency: every open decision clock goes to the row for it.

    An expedite can only bring the due date nearer; a refused one goes back to the standard row from receipt.
    """
    case.urgency = urgency
    for clock in decision_clocks(case):
        row = _row_like(case, clock, case.received_at, urgency)
        if row and not clock.ledger:  # the word of urgency is a call too
            called = case.policy.call_starts_the_clock(row.regime, urgency)
            received = Received(at=counts_from, recorded_at=now, by=by.id, reason=reason) if called else None
            case.clocks.begin(clock.id, row, received, clock.lines)
        elif clock.is_open and row:
            entry = Retimed(
                at=at,
                recorded_at=now,
                by=by.id,
                reason=reason,
                timeframe=row,
                counts_from=counts_from,
                earlier_governs=urgency is Urgency.EXPEDITED,
            )
            case.clocks.enter(clock.id, entry)
            case.reconsider_breach(clock.id, now)


def correct_receipt(
    case: "ReviewedCase", received_at: datetime, *, now: datetime, by: Actor, reason: str
) -> None:
    """The receipt was keyed wrong: every clock that counts from it is computed again, by the row of that day."""
    counts_from_receipt, case.received_at = case.counts_from_receipt, received_at
    for clock in list(case.clocks.values()):
        if (
            counts_from_receipt
            and clock.ledger
            and clock.timeframe.times in {case.answers, Duty.INCOMPLETE_NOTICE, Duty.RECORDS_REQUEST}
        ):
            found = [_row_like(case, clock, received_at, urgency) for urgency in Urgency]
            rows = tuple(row for row in found if row)
            entry = Corrected(
                at=now, recorded_at=now, by=by.id, reason=reason, received_at=received_at, rows=rows
            )
            case.clocks.enter(clock.id, entry)
            case.reconsider_breach(clock.id, now)


def after_information(
    case: "ReviewedCase",
    counts_from: datetime,
    *,
    at: datetime,
    now: datetime,
    reason: str,
    earlier_governs: bool,
) -> None:
    """Where the regime has a row for it, the answer is due so long after what was missing came, or should have."""
    row = case.policy.row(Duty.AFTER_INFORMATION, case.received_at, case.urgency)
    for clock in decision_clocks(case):
        if row and clock.is_open and clock.ledger:
            entry = Retimed(
                at=at,
                recorded_at=now,
                reason=reason,
                timeframe=row,
                counts_from=counts_from,
                earlier_governs=earlier_governs,
            )
            case.clocks.enter(clock.id, entry)
            case.reconsider_breach(clock.id, now)


def _row_like(
    case: "ReviewedCase", clock: Clock, received_at: datetime, urgency: Urgency
) -> Timeframe | None:
    """The row of the same duty and regime for another day of receipt or another urgency."""
    kind = case.lines_of(clock)[0].kind
    rows = rows_of(case, clock.timeframe.times, received_at, urgency, kind)
    regime = clock.row(case.policy.calendar).regime  # a corrected line of business may be under another
    return next((row for row in rows if row.regime is regime), None)


def is_binding_urgency(case: "ReviewedCase") -> bool:
    """In Medicare Advantage a physician's word that the case is urgent binds the plan (42 CFR 422.570)."""
    from_physician = case.urgency_by.value == "physician"
    return Regime.MEDICARE_ADVANTAGE in case.policy.plan.regimes and from_physician


def resume(case: "ReviewedCase", at: datetime, now: datetime, reason: str) -> None:
    """End every running pause at `at`."""
    for clock in case.clocks.open:
        reckoning = clock.reckon(case.policy.calendar)
        if reckoning and reckoning.pause:
            case.clocks.enter(clock.id, Resumed(at=at, recorded_at=now, reason=reason))
            case.log.record(EventKind.RESUMED, reason, at=at, now=now, clock=clock.id)


def information_came(case: "ReviewedCase", at: datetime, now: datetime) -> None:
    """Everything asked for is here: a pause ends, and a row that counts from the answer takes over."""
    case.information_asked = False
    if case.clocks.is_open(INFORMATION):
        case.clocks.change(INFORMATION, satisfied_at=at)
    case.work.finish((work for work in case.work.open if work.queue == "intake"), now)
    resume(case, at, now, "what was asked for came")
    if INCOMPLETE in case.clocks:
        after_information(case, at, at=at, now=now, reason="counted from the answer", earlier_governs=True)
