"""The answer to a line: written once, with what it ends."""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.clock.timeframe import Satisfaction
from domain.parts.events import EventKind
from domain.request.determination import Determination, Outcome
from domain.request.line import Line
from domain.review import conversation, second_look
from domain.terms.people import SYSTEM

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase


def decide(case: "ReviewedCase", line: Line, answer: Determination, words: str) -> None:
    """Write one line's answer; an accreditor's clock may be kept by the determination itself."""
    line.determination = answer
    case.log.record(
        EventKind.DETERMINED,
        f"line {line.sequence} {words}",
        at=answer.decided_at,
        now=answer.recorded_at,
        by=answer.by or SYSTEM,
        line=line.sequence,
        outcome=answer.outcome.value,
    )
    decided_at = max(one.determination.decided_at for one in case.lines if one.determination)
    case.satisfy(Satisfaction.DETERMINATION, {case.answers}, at=decided_at, now=answer.recorded_at)
    case.finish_idle_reviews(answer.recorded_at)
    conversation.end_work(case, line, answer.recorded_at)
    second_look.sample(case, line, answer.recorded_at)


def approval_by_criteria(line: Line, now: datetime) -> Determination:
    """Nobody decided it: the pack lets software approve what meets every clause."""
    return Determination(
        outcome=Outcome.APPROVED,
        by=None,
        service=line.asked.service,
        units=line.asked.units,
        because="every criterion is met",
        findings=line.findings,
        decided_at=now,
        recorded_at=now,
    )
