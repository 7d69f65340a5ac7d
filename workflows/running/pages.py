"""What the register is told of a case: its page."""

from datetime import datetime

from domain.case.case import Case
from domain.clock.agenda import Appointment
from domain.report.counted import counted_of
from domain.view.kinds import search_keys
from domain.view.notices import notices
from domain.view.page import Page
from domain.view.showing import is_overdue, sheet


def page_of(case: Case, written: int, upcoming: Appointment | None, at: datetime) -> Page:
    """The newest standing, and the events that the register does not have yet."""
    return Page(
        case=case.number,
        member=case.member,
        plan=case.policy.plan.id,
        outcome=case.closed_as,
        next_at=upcoming.at if upcoming else None,
        overdue=is_overdue(case),
        flags=tuple(case.log.flags),
        sheet=sheet(case, at),
        events=tuple(case.log.events[written:]),
        work=tuple(case.work.pieces),
        notices=tuple(case.letters.notices),
        letters=notices(case, at).notices,
        answered=case.answered,
        permits=case.authorizations,
        documents=tuple(case.papers.documents),
        payments=case.paid_out,
        counted=counted_of(case, at),
        search=search_keys(case),
        receipts=tuple(case.receipts),
        last_sequence=len(case.log.events),
        state=case.model_dump_json(),
    )
