"""Where a reviewed case stands: what the outside is told of it, and what we are doing."""

from typing import TYPE_CHECKING

from domain.parts.stage import Stage
from domain.parts.status import Status
from domain.request.determination import Outcome

if TYPE_CHECKING:
    from domain.review.reviewed import ReviewedCase


def status_of(case: "ReviewedCase") -> Status:
    """One table from the answers to the X12 306 code: all approved A1, all denied A3, none denied and some
    modified A6, every other mix A2; A4 while any line has no answer.
    """
    if case.withdrawn or case.entered_in_error:
        return Status.CANCELLED
    if case.not_required:
        return Status.NO_ACTION
    if case.undecided:
        return Status.PENDED
    outcomes = {line.determination.outcome for line in case.lines if line.determination}
    if outcomes == {Outcome.APPROVED}:
        return Status.CERTIFIED
    if outcomes == {Outcome.DENIED}:
        return Status.NOT_CERTIFIED
    if Outcome.DENIED not in outcomes and Outcome.MODIFIED in outcomes:
        return Status.MODIFIED
    return Status.PARTIAL


def stage_of(case: "ReviewedCase") -> Stage:
    """What we are doing, derived from what is still open."""
    if case.is_closed:
        return Stage.CLOSED
    if case.entered_in_error:
        return Stage.RECALL
    if case.is_undecided:
        return case.review_stage
    untold = [line for line in case.lines if line.determination and line.announced_at is None]
    if case.letters.unsent or case.letters.withheld or untold:
        return Stage.DECIDED
    if case.work.in_queue("calls"):
        return Stage.TELLING
    return Stage.APPEAL_WINDOW if case.is_adverse else Stage.DECIDED
