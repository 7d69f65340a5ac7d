"""What is told of a case wherever it is looked for: the register's page, and the screen of the Temporal UI."""

from datetime import datetime

from domain.case.case import Case
from domain.clock.agenda import Appointment
from domain.terms.frozen import digest_of
from domain.view.notices import notices
from domain.view.page import Page
from domain.view.showing import sheet, waits_for


def details(case: Case, at: datetime) -> str:
    """The case on one screen of the Temporal UI, for those who may read it."""
    page = sheet(case, at)
    due = case.policy.calendar.show_due(case.due_at) if case.due_at else "no open duty"
    lines = [f"- {line.words}" for line in page.shown.lines]
    upcoming = [f"- {case.policy.calendar.show(one.at)}: {one.what}" for one in page.shown.next]
    return "\n".join(
        [
            f"### {case.number}: {case.status.code} {case.status.text}",
            f"{page.sentence} *{waits_for(case)}*",  # without the time left, which would stand still there
            "",
            f"**Due** {due} · **policy** `{page.policy[:12]}`",
            "",
            *lines,
            "",
            "**Next, if nobody acts**",
            "",
            *(upcoming or ["- nothing"]),
        ]
    )


def page_of(case: Case, written: int, upcoming: Appointment | None, at: datetime) -> Page:
    """The newest standing, and the events that the register does not have yet."""
    return Page(
        case=case.number,
        member=case.member,
        plan=case.policy.plan.id,
        outcome=case.closed_as,
        next_at=upcoming.at if upcoming else None,
        overdue=case.is_overdue,
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
        receipts=tuple(case.receipts),
        last_sequence=len(case.log.events),
        digest=digest_of(case.log.events[written:]),
        state=case.model_dump_json(),
    )
