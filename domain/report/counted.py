"""A case as reports count it: plain facts that name nobody, read off the case whenever its page is written.

No figure is kept. Whatever changes a case (a correction, an appeal, an entry in error) changes its facts with the
next page, and every figure with them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from pydantic import AwareDatetime

from domain.appeal.state import AppealState, ReviewOutcome
from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.clock.timeframe import Services
from domain.dispute.disputed import Disputed
from domain.grievance.grievance import Grievance
from domain.parts.events import EventKind
from domain.request.determination import Outcome
from domain.request.line import Line
from domain.review.reviewed import ReviewedCase
from domain.terms.frozen import Frozen


class Answer(StrEnum):
    """The answer to a whole request. `PARTIAL` is every mix: some lines, fewer units, another service."""

    APPROVED = "approved"
    PARTIAL = "partial"
    DENIED = "denied"


class LeftOut(StrEnum):
    """Why a case stands in no figure of prior authorization."""

    ENTERED_IN_ERROR = "entered in error"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    NOT_REQUIRED = "no prior authorization was required"
    DRUG = "Part B drugs only"
    UNLISTED = "on no list of services that need prior authorization"
    POST_STABILIZATION = "post-stabilization care"
    RECEIVED_ALREADY = "the service had been received already"


class AppealResult(StrEnum):
    """What an appeal made of the first answer to a line."""

    UPHELD = "upheld"
    IN_PART = "overturned in part"
    OVERTURNED = "overturned"


class ReviewedAgain(Frozen):
    """A line of an appeal that was answered, beside who had decided it first."""

    line: int
    service: str
    first_decider: str | None  # None: the time had run out in silence
    result: AppealResult


class Counted(Frozen):
    """What a case counts as. An instant is missing while nothing of the kind has happened.

    `decided_at` is the first answer to the last of the lines that count: a later correction moves the answer to
    another figure and the day to no other year. `owed_by` and `told_at` are of the duty to answer; `late` compares
    the two.
    """

    parent: str | None = None
    answer: Answer | None = None
    decided_at: AwareDatetime | None = None
    extended: bool = False
    at_once: bool = False  # every line approved by criteria alone
    left_out: LeftOut | None = None
    owed_by: AwareDatetime | None = None
    told_at: AwareDatetime | None = None
    late: bool = False
    appealed: tuple[ReviewedAgain, ...] = ()


def counted_of(case: Case, now: datetime) -> Counted:
    """The facts of a case as it stands."""
    match case:
        case AppealState():
            return _appeal(case).model_copy(update=_timed(case, case.answers, now))
        case ReviewedCase():
            return _request(case).model_copy(update=_timed(case, case.answers, now))
        case Disputed():
            return Counted().model_copy(update=_timed(case, Duty.DISPUTE_DECISION, now))
        case Grievance():
            answered = [event.at for event in case.log.events if event.kind is EventKind.DETERMINED]
            facts = Counted(parent=case.parent, decided_at=max(answered, default=None))
            return facts.model_copy(update=_timed(case, Duty.DECISION, now))
        case _:
            return Counted()


# Requests


def _request(case: ReviewedCase) -> Counted:
    counting = [line for line in case.lines if line.kind is Services.LISTED]
    left_out, lines = _why_left_out(case, counting), counting or case.lines
    if _was_left_in_silence(case):
        ran_out = max(due for clock in _answering(case, case.answers) if (due := case.due_at_of(clock)))
        return Counted(parent=case.parent, answer=Answer.DENIED, decided_at=ran_out, left_out=left_out)
    decided = dict(_decided(case))
    answers = [line.determination for line in lines]
    if None in answers:
        return Counted(parent=case.parent, left_out=left_out)
    return Counted(
        parent=case.parent,
        answer=_together(answer.outcome for answer in answers if answer),
        decided_at=max(decided[line.sequence] for line in lines),
        extended=any(clock.is_extended(case.policy.calendar) for clock in _answering(case, case.answers)),
        at_once=all(answer.by is None for answer in answers if answer),
        left_out=left_out,
    )


def _why_left_out(case: ReviewedCase, counting: list[Line]) -> LeftOut | None:
    if case.entered_in_error:
        return LeftOut.ENTERED_IN_ERROR
    if case.withdrawn:
        return LeftOut.WITHDRAWN
    if case.not_required:
        return LeftOut.NOT_REQUIRED
    if case.request.post_stabilization:
        return LeftOut.POST_STABILIZATION
    return None if counting else _OTHERS.get(case.lines[0].kind)


_OTHERS = {
    Services.PART_B_DRUG: LeftOut.DRUG,
    Services.UNLISTED: LeftOut.UNLISTED,
    Services.POST_SERVICE: LeftOut.RECEIVED_ALREADY,
}


def _was_left_in_silence(case: ReviewedCase) -> bool:
    """Did it close without any answer, because the answer that was owed is given in its appeal?"""
    silent = case.is_closed and not any(line.determination for line in case.lines)
    return silent and any(clock.breached_at for clock in _answering(case, case.answers))


def _decided(case: ReviewedCase) -> Iterator[tuple[int, datetime]]:
    """Each line with the instant of its decision. What was taken back was none; a correction is a later one."""
    known: set[int] = set()
    for before, event in pairwise(case.log.events):
        if event.kind is EventKind.DETERMINED:
            line = int(str(event.details["line"]))
            corrects = before.kind is EventKind.CORRECTED and before.recorded_at == event.recorded_at
            if not (corrects and line in known):
                known.add(line)
                yield line, event.at


def _together(outcomes: Iterable[Outcome]) -> Answer:
    alike = set(outcomes)
    if alike == {Outcome.APPROVED}:
        return Answer.APPROVED
    return Answer.DENIED if alike == {Outcome.DENIED} else Answer.PARTIAL


# Appeals


def _appeal(case: AppealState) -> Counted:
    """An appeal is answered by the plan, and after it by a reviewer; what gives more than before is approved."""
    dismissed = LeftOut.DISMISSED if case.dismissed_as else None
    left_out = LeftOut.WITHDRAWN if case.withdrawn else dismissed
    lines = tuple(_reviewed_again(case, line) for line in case.lines)
    answered = {EventKind.DETERMINED, EventKind.REVIEW_ANSWERED, EventKind.FORWARDED}
    instants = [event.at for event in case.log.events if event.kind in answered]
    if case.dismissed_as:
        dismissed_at = max(event.at for event in case.log.events if event.kind is EventKind.DISMISSED)
        return Counted(parent=case.original.case, decided_at=dismissed_at, left_out=left_out)
    if case.undecided or not instants or not lines:
        return Counted(parent=case.original.case, left_out=left_out)
    return Counted(
        parent=case.original.case,
        answer=_together(_GIVES[line.result] for line in lines),
        decided_at=max(instants),
        left_out=left_out,
        appealed=() if left_out else lines,
    )


_GIVES = {
    AppealResult.UPHELD: Outcome.DENIED,
    AppealResult.IN_PART: Outcome.PARTIAL,
    AppealResult.OVERTURNED: Outcome.APPROVED,
}


def _reviewed_again(case: AppealState, line: Line) -> ReviewedAgain:
    first = case.first_answer(line)
    return ReviewedAgain(
        line=line.sequence,
        service=line.asked.service,
        first_decider=first.by.id if first and first.by else None,
        result=_result(case, line),
    )


def _result(case: AppealState, line: Line) -> AppealResult:
    if case.reviewed.get(line.sequence) is ReviewOutcome.OVERTURNED:
        return AppealResult.OVERTURNED
    if not case.is_improved(line):
        return AppealResult.UPHELD
    approved = line.determination is not None and line.determination.outcome is Outcome.APPROVED
    return AppealResult.OVERTURNED if approved else AppealResult.IN_PART


# The duty to answer


def _answering(case: Case, duty: Duty) -> list[Clock]:
    return [clock for clock in case.clocks.values() if clock.timeframe.times is duty]


def _timed(case: Case, duty: Duty, now: datetime) -> dict[str, object]:
    """By when the answer was owed, and when it was told; a duty that fell away was not owed."""
    clocks = [clock for clock in _answering(case, duty) if clock.ended_at is None or clock.breached_at]
    dues = [due for clock in clocks if (due := case.due_at_of(clock))]
    told = [clock.satisfied_at for clock in clocks if clock.satisfied_at]
    return {
        "owed_by": min(dues, default=None),
        "told_at": max(told) if told and len(told) == len(clocks) else None,
        "late": any(clock.is_late(now, case.policy.calendar) for clock in clocks),
    }
