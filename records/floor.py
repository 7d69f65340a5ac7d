"""What the floor's figures are made of: rows of plain columns, found by an index, of one plan and span."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from domain.authorization.authorization import LiveAuthorization
from domain.parts.events import EventKind
from domain.report.floor_rows import AppealedLine, Arrival, Letter, LookedAtAgain, OwedAnswer, Piece
from domain.report.public import Span
from domain.report.universe import Decided
from domain.terms.frozen import Frozen
from records.tables import AppealedLineRow, CaseRow, EventRow, NoticeRow, WorkRow

OF_A_CASE: tuple[Any, ...] = (col(CaseRow.number).label("case"), col(CaseRow.plan), col(CaseRow.kind))
KNOWN = col(CaseRow.sealed).is_not(None)  # a claim that no page followed is no case yet


def owed(span: Span) -> Select[Any]:
    """Cases whose answer was owed by then."""
    facts = (col(getattr(CaseRow, name)) for name in ("urgency", "owed_by", "told_at", "late", "left_out"))
    return select(*OF_A_CASE, *facts).where(*_within(span, CaseRow.owed_by))


def arrivals(span: Span) -> Select[Any]:
    """Cases that were received then; an authorization is issued, and nobody sent it in."""
    facts = (col(getattr(CaseRow, name)) for name in ("received_at", "decided_at", "at_once", "left_out"))
    return select(*OF_A_CASE, *facts).where(
        KNOWN, col(CaseRow.kind) != LiveAuthorization.kind, *_within(span, CaseRow.received_at)
    )


def pieces(span: Span) -> Select[Any]:
    """Work that was opened before the end, and was not finished before the beginning."""
    facts = (col(getattr(WorkRow, name)) for name in ("queue", "opened_at", "closed_at"))
    begun = col(WorkRow.opened_at) < span.ends_before
    lay = col(WorkRow.closed_at).is_(None) | (col(WorkRow.closed_at) >= span.begins_at)
    return (
        select(col(WorkRow.case_number).label("case"), *facts)
        .join(CaseRow, col(CaseRow.number) == col(WorkRow.case_number))
        .where(begun, lay, col(CaseRow.plan) == span.plan)
    )


def appealed_lines(span: Span) -> Select[Any]:
    """Lines of appeals that were answered then."""
    facts = (col(getattr(AppealedLineRow, name)) for name in ("line", "service", "first_decider", "result"))
    return (
        select(col(CaseRow.number).label("case"), *facts)
        .join(AppealedLineRow, col(AppealedLineRow.case_number) == col(CaseRow.number))
        .where(*_within(span, CaseRow.decided_at))
    )


def looked_at_again(span: Span) -> Select[Any]:
    """Second looks that were given then."""
    agreed = col(EventRow.kind) == EventKind.SECOND_LOOK_AGREED.value
    return (
        select(*OF_A_CASE[:2], agreed.label("agreed"), col(CaseRow.left_out))
        .join(EventRow, col(EventRow.case_number) == col(CaseRow.number))
        .where(
            col(EventRow.kind).in_(
                (EventKind.SECOND_LOOK_AGREED.value, EventKind.SECOND_LOOK_DIFFERED.value)
            ),
            *(col(EventRow.at) >= span.begins_at, col(EventRow.at) < span.ends_before),
            col(CaseRow.plan) == span.plan,
        )
    )


def letters(span: Span) -> Select[Any]:
    """Letters that became owed then."""
    facts = (col(getattr(NoticeRow, name)) for name in ("kind", "way", "state", "late"))
    return (
        select(col(NoticeRow.case_number).label("case"), *facts)
        .join(CaseRow, col(CaseRow.number) == col(NoticeRow.case_number))
        .where(
            *(col(NoticeRow.owed_at) >= span.begins_at, col(NoticeRow.owed_at) < span.ends_before),
            col(CaseRow.plan) == span.plan,
        )
    )


def _within(span: Span, instant: Any) -> tuple[Any, ...]:
    return col(CaseRow.plan) == span.plan, col(instant) >= span.begins_at, col(instant) < span.ends_before


def decided(span: Span) -> Select[Any]:
    """Cases that were decided then."""
    facts: tuple[Any, ...] = (col(CaseRow.number).label("case"), col(CaseRow.kind))
    found: Select[Any] = select(*facts).where(*_within(span, CaseRow.decided_at))
    return found.order_by(col(CaseRow.decided_at), col(CaseRow.number))


FOUND_BY: dict[type[Frozen], Callable[[Span], Select[Any]]] = {
    OwedAnswer: owed,
    Arrival: arrivals,
    Piece: pieces,
    AppealedLine: appealed_lines,
    LookedAtAgain: looked_at_again,
    Letter: letters,
    Decided: decided,
}
"""How the rows of each kind are found."""
