"""The file of a case: everything that belongs to it, in words, for one PDF that somebody outside can read.

Everything that the case knows is in it: what staff noted is part of the file, and what was struck out is shown
struck out. The member's own copy alone goes without what staff noted for one another.
"""

from datetime import datetime

from domain import showing
from domain.appeal_state import AppealState
from domain.authorization_state import AuthorizationState
from domain.calendar import Calendar
from domain.case import Case
from domain.casefile_facts import Fact, Group, facts_of, groups_of, label_of, text_of
from domain.casefile_lines import lines_of
from domain.casefile_view import FileClock, FileEvent, FileLetter, FileOfCase, FilePaper, FileStep
from domain.disputed import Disputed
from domain.events import Event, EventKind, Notice
from domain.notes import Noted, notes_of
from domain.people import SYSTEM
from domain.request import Document
from domain.reviewed import Reviewed
from domain.text import folded
from domain.view import Explained

NOTES = {EventKind.NOTED, EventKind.CALL_RECORDED}
OF_STAFF = {EventKind.NOTED, EventKind.NOTE_STRUCK}


def file_of(case: Case, now: datetime, *, staff_notes: bool = True) -> FileOfCase:
    """One case of the file, in words."""
    calendar, plan = case.policy.calendar, case.policy.plan
    every = zip(case.events, _events(case), strict=True)
    events = [(event, told) for event, told in every if staff_notes or event.kind not in OF_STAFF]
    return FileOfCase(
        number=case.number,
        kind=case.kind,
        is_open=not case.is_closed,
        plan=plan.name,
        organisation=plan.organisation,
        whose=whose(case),
        facts=_standing(case, now),
        parties=_parties(case),
        request=_request(case),
        lines=lines_of(case),
        clocks=tuple(_clock(one, calendar) for one in showing.explain(case, now).clocks),
        events=tuple(told for _, told in events),
        notes=tuple(told for event, told in events if event.kind in NOTES),
        letters=tuple(_letter(case, notice) for notice in case.notices),
        papers=tuple(_paper(case, document) for document in case.documents),
    )


def whose(case: Case) -> str | None:
    """By what its member is known, to see that two cases are about one person; None where it does not say."""
    match case:
        case Reviewed() | AuthorizationState():
            member = case.request.member
            return folded(member.contract_number or f"{member.name}|{member.birth_date}")
        case Disputed():
            return folded(case.filing.claim.member)
        case _:
            return None


def _standing(case: Case, now: datetime) -> tuple[Fact, ...]:
    sheet, calendar = showing.sheet(case, now), case.policy.calendar
    due = calendar.show_due(case.due_at) if case.due_at else ""
    facts = {
        "kind": case.kind,
        "status": f"{case.status.code} {case.status.text}",
        "stage": sheet.sentence,
        "closed as": case.closed_as or "",
        "received": f"{calendar.show(case.received_at)}, day 0",
        "due": due,
        "urgency": case.urgency.value,
        "line of business": f"{sheet.plan} ({case.policy.plan.line_of_business})",
        "came out of": case.parent or "",
        "linked with": ", ".join(number for number in case.linked if number != case.parent),
        "marked": ", ".join(flag.replace("_", " ") for flag in case.flags),
        "to look at": "; ".join(case.warnings),
        "on hold": "; ".join(sheet.holds),
        "policy": case.policy.content_hash,
    }
    return tuple((label, text) for label, text in facts.items() if text)


def _parties(case: Case) -> tuple[Fact, ...]:
    match case:
        case Reviewed() | AuthorizationState():
            request, calendar = case.request, case.policy.calendar
            named = {name: getattr(request, name) for name in ("requesting_provider", "servicing_provider")}
            people = [(label_of(name), f"{one.name}, NPI {one.npi}") for name, one in named.items() if one]
            member = facts_of(request.member, calendar)
            known = "; ".join(f"{label} {text}" for label, text in member if label in KNOWN_BY)
            mine = (("member", f"{request.member.name}{f'; {known}' if known else ''}"), *people)
            return (*mine, *_appellant(case)) if isinstance(case, AppealState) else mine
        case Disputed():
            provider, claim = case.filing.provider, case.filing.claim
            return (
                ("provider", f"{provider.name}, NPI {provider.npi}"),
                ("member", f"contract number {claim.member}"),
                ("claim", claim.payer_number),
            )
        case _:
            return ()


KNOWN_BY = {"contract number", "birth date"}


def _appellant(case: AppealState) -> tuple[Fact, ...]:
    named = case.appeal.representative
    return (("appealed by", f"the {case.appeal.by.value}{f', {named.name}' if named else ''}"),)


def _request(case: Case) -> tuple[Group, ...]:
    """As it came in; what was corrected since stands so here, and what it was before in the timeline."""
    calendar = case.policy.calendar
    match case:
        case AppealState():
            return groups_of(case.appeal, "The appeal as received", calendar)
        case Reviewed():
            return groups_of(case.request, "The request as received", calendar)
        case Disputed():
            return groups_of(case.filing, "The dispute as received", calendar)
        case AuthorizationState():
            uses = [
                Group(title=f"use {count}", facts=facts_of(use, calendar))
                for count, use in enumerate(case.used, 1)
            ]
            return (*groups_of(case.permit, "The authorization as it stands", calendar), *uses)
        case _:
            return ()


def _clock(clock: Explained, calendar: Calendar) -> FileClock:
    over = "kept" if clock.satisfied_at else "over" if clock.ended_at else "running"
    at = clock.satisfied_at or clock.ended_at
    state = "missed" if clock.breached else over
    due = f"due {calendar.show_due(clock.due_at)}" if clock.due_at else "no end known"
    return FileClock(
        title=f"{clock.clock}: {clock.title}",
        state=f"{clock.timeframe} ({clock.standing}); {due}; {state}{f' {calendar.show(at)}' if at else ''}",
        steps=tuple(
            FileStep(
                at=calendar.show(step.at),
                words=f"{step.words} ({step.by})" if step.by else step.words,
                moved=f"{'-' if step.moved.total_seconds() < 0 else '+'} {showing.span(abs(step.moved))}",
                due=calendar.show_due(step.due_at) if step.due_at else "",
                source=step.source,
            )
            for step in clock.steps
        ),
    )


def _events(case: Case) -> list[FileEvent]:
    """Every event; a note has its number, and one that was struck through says by whom, when and why."""
    calendar, notes = (
        case.policy.calendar,
        {one.event.sequence: one for one in notes_of(case.events).values()},
    )
    return [_event(case, event, notes.get(event.sequence), calendar) for event in case.events]


def _event(case: Case, event: Event, noted: Noted | None, calendar: Calendar) -> FileEvent:
    at, recorded = calendar.show(event.at), calendar.show(event.recorded_at)
    return FileEvent(
        case=case.number,
        happened_at=event.at,
        recorded_at=event.recorded_at,
        at=at,
        recorded=recorded if recorded != at else "",
        words=f"note {noted.number}: {event.words}" if noted else event.words,
        by=event.by if event.by_id != SYSTEM.id else SYSTEM.name,
        struck=_struck(noted.struck, calendar) if noted and noted.struck else "",
    )


def _struck(strike: Event, calendar: Calendar) -> str:
    return f"struck through by {strike.by} on {calendar.show(strike.at)}: {strike.details['because']}"


def _letter(case: Case, notice: Notice) -> FileLetter:
    show, language = case.policy.calendar.show, text_of(notice.language, case.policy.calendar)
    owed = f"owed {show(notice.owed_at)}"
    if notice.sent_at:
        back = f", came back {show(notice.returned_at)}" if notice.returned_at else ""
        fate = f"{owed}, sent {show(notice.sent_at)} by {notice.by.text}{back}"
    else:
        fate = f"{owed}, stopped {show(notice.stopped_at)}" if notice.stopped_at else f"{owed}, not sent"
    return FileLetter(
        case=case.number,
        key=notice.key,
        title=f"{notice.kind.text} to {notice.recipient.named}, {notice.name}, in {language}",
        fate=fate,
        proof=notice.proof or "",
        sent=notice.sent_at is not None,
    )


def _paper(case: Case, paper: Document) -> FilePaper:
    received = paper.received_at or case.received_at
    return FilePaper(
        case=case.number,
        title=f"{paper.kind.replace('_', ' ')} of {paper.dated}",
        id=paper.id,
        received=case.policy.calendar.show(received),
        sha256=paper.sha256,
    )
