"""Lines as people and programs see them: what was asked on each, and what was answered."""

from domain.authorization.authorization import LiveAuthorization
from domain.request.determination import Authorization, Outcome
from domain.request.line import Line
from domain.request.request import ServiceLine
from domain.review.reviewed import ReviewedCase
from domain.terms.notice import NoticeKind
from domain.view.view import ShownAuthorization, ShownLine


def reviewed_lines(case: ReviewedCase) -> tuple[ShownLine, ...]:
    """What was asked, line by line, and what was answered."""
    told = (*(_line(line) for line in case.lines), *map(_informed, case.informed))
    return tuple(sorted(told, key=lambda line: line.sequence))


def authorized_line(case: LiveAuthorization) -> tuple[ShownLine]:
    """The line that an authorization is for, as far as it is authorized."""
    line = ShownLine(
        sequence=case.line,
        service=case.permit.service,
        outcome=Outcome.APPROVED.value,
        reason=None,
        units=case.permit.units,
        authorization=_authorization(case.permit),
    )
    return (line,)


def _line(line: Line) -> ShownLine:
    answer, permit = line.determination, line.authorization
    return ShownLine(
        sequence=line.sequence,
        service=line.service,
        outcome=answer.outcome.value if answer else None,
        reason=answer.because if answer else None,
        units=answer.units if answer else line.asked.units,
        authorization=_authorization(permit) if permit else None,
    )


def _informed(asked: ServiceLine) -> ShownLine:
    """None is needed for it, and nobody wanted a decision."""
    return ShownLine(
        sequence=asked.sequence,
        service=asked.service,
        outcome=NoticeKind.NOT_REQUIRED.value,
        reason=None,
        units=asked.units,
        authorization=None,
    )


def _authorization(issued: Authorization) -> ShownAuthorization:
    return ShownAuthorization(
        number=issued.number,
        from_day=issued.from_day,
        through=issued.through,
        ends_when=issued.ends_when.en if issued.ends_when else None,
        ended_as=issued.ended_as.value if issued.ended_as else None,
    )
