"""The kinds of case, each on one row: its class, the lines that people and programs see of it, and what it
is found by.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from domain.appeal.appeal import Appeal
from domain.authorization.authorization import LiveAuthorization
from domain.care.care import CareManagement
from domain.case.case import Case
from domain.cob.cob import CoordinationOfBenefits
from domain.concurrent.concurrent import Concurrent
from domain.dispute.dispute import Dispute
from domain.grievance.grievance import Grievance
from domain.guideline.guideline import Guideline
from domain.message.message import Message
from domain.referral.form import refuse_wrong_days
from domain.referral.referral import Referral
from domain.request.given import refuse_what_does_not_stand, refuse_what_is_no_stay, refuse_what_was_not
from domain.request.request import Request
from domain.review.precertification import Precertification
from domain.review.retrospective import Retrospective
from domain.standing.standing import StandingReferral
from domain.technology.technology import Technology
from domain.terms.case_number import kind_of
from domain.view.dispute_showing import disputed_lines
from domain.view.found_by import of_appeal, of_dispute, of_matter, of_message, of_request
from domain.view.lines import authorized_line, reviewed_lines
from domain.view.search import SearchKey
from domain.view.view import ShownDisputedLine, ShownLine

C = TypeVar("C", bound=Case)


@dataclass(frozen=True)
class Door:
    """Where such requests come in: the field that only they have, and what is refused on the day of receipt."""

    field: str
    refuse: Callable[[Request, date], None]


@dataclass(frozen=True)
class CaseKind(Generic[C]):
    """A kind of case in the domain: the class of its cases, their lines, by what one is found, and its door."""

    case: type[C]
    lines: Callable[[C], tuple[ShownLine | ShownDisputedLine, ...]]
    found_by: Callable[[C], tuple[SearchKey, ...]]
    door: Door | None = None


def none_listed(_: Case) -> tuple[ShownLine, ...]:
    """Nothing was asked for line by line."""
    return ()


CASES: dict[str, CaseKind[Any]] = {
    row.case.kind: row
    for row in (
        CaseKind(Precertification, reviewed_lines, of_request),
        CaseKind(Referral, reviewed_lines, of_request, Door("visit", refuse_wrong_days)),
        CaseKind(Concurrent, reviewed_lines, of_request, Door("stay", refuse_what_is_no_stay)),
        CaseKind(StandingReferral, reviewed_lines, of_request, Door("standing", refuse_what_does_not_stand)),
        CaseKind(Retrospective, reviewed_lines, of_request, Door("unasked", refuse_what_was_not)),
        CaseKind(Dispute, disputed_lines, of_dispute),
        CaseKind(Appeal, reviewed_lines, of_appeal),
        CaseKind(Grievance, none_listed, of_matter),
        CaseKind(CoordinationOfBenefits, none_listed, of_matter),
        CaseKind(Message, none_listed, of_message),
        CaseKind(CareManagement, none_listed, of_matter),
        CaseKind(Technology, none_listed, of_matter),
        CaseKind(Guideline, none_listed, of_matter),
        CaseKind(LiveAuthorization, authorized_line, of_request),
    )
}
"""Every kind, by its name."""


def cases_of(base: type[C]) -> dict[str, type[C]]:
    """The classes of the kinds that are such cases, by the names of the kinds."""
    return {name: row.case for name, row in CASES.items() if issubclass(row.case, base)}


def case_of(number: str, state: str) -> Case:
    """The case of this number, from its state as JSON."""
    case: Case = CASES[kind_of(number)].case.model_validate_json(state)
    return case


def kind_asked_for(request: Request) -> str:
    """The kind of a request, by the field that only such have; without any it is a precertification."""
    doors = ((name, row.door) for name, row in CASES.items() if row.door)
    return next((name for name, door in doors if getattr(request, door.field)), Precertification.kind)


def lines_of(case: Case) -> tuple[ShownLine | ShownDisputedLine, ...]:
    """What was asked, line by line, and what was answered."""
    return CASES[case.kind].lines(case)


def search_keys(case: Case) -> tuple[SearchKey, ...]:
    """By what it is found."""
    return CASES[case.kind].found_by(case)
