"""The file of a case: everything that belongs to it, in words, for one PDF that somebody outside can read.

Everything that the case knows is in it: what staff noted is part of the file, and what was struck out is shown
struck out. The member's own copy alone goes without what staff noted for one another and without holds, and is in
the member's language: in Spanish an event is told by its kind, and a clock by what it times and when that is due.
"""

from collections.abc import Iterator
from datetime import datetime

from domain.appeal.state import AppealState
from domain.authorization.state import AuthorizationState
from domain.case.case import Case
from domain.case.matter import Matter
from domain.casefile.coverages import coverages_of
from domain.casefile.facts import Fact, FactGroup, facts_of, groups_of, label_of, text_of
from domain.casefile.lines import lines_of
from domain.casefile.view import FileClock, FileEvent, FileLetter, FileOfCase, FilePaper, FileStep
from domain.clock.clock import LedgerStep
from domain.cob.cob import CoordinationOfBenefits
from domain.desk.notes import Noted, notes_of
from domain.dispute.disputed import Disputed
from domain.grievance.grievance import Grievance
from domain.parts.events import Event, EventKind
from domain.parts.hold import HoldKind
from domain.request.request import Document, Member
from domain.review.reviewed import ReviewedCase
from domain.terms.notice import Notice
from domain.terms.people import SYSTEM, Language
from domain.terms.text import folded
from domain.terms.tongue import Tongue
from domain.view import showing
from domain.view.view import Explained

NOTES = {EventKind.NOTED, EventKind.CALL_RECORDED}
ENGLISH_ONLY = {"closed as", "to look at", "on hold"}  # sentences that have no other language
OF_STAFF = {EventKind.NOTED, EventKind.NOTE_STRUCK, EventKind.HELD, EventKind.HOLD_LIFTED}
HOLDS = {kind.flag for kind in HoldKind}


def file_of(
    case: Case,
    now: datetime,
    *,
    staff_notes: bool = True,
    phrases: dict[str, str] | None = None,
    who_pays: str = "",
) -> FileOfCase:
    """One case of the file, in words: of these phrases, or in English. `who_pays`: for its member."""
    tongue, plan = Tongue(calendar=case.policy.calendar, phrases=phrases or {}), case.policy.plan
    every = zip(case.log.events, _events(case, tongue), strict=True)
    events = [(event, told) for event, told in every if staff_notes or event.kind not in OF_STAFF]
    return FileOfCase(
        number=case.number,
        kind=tongue.say(case.kind),
        is_open=not case.is_closed,
        plan=plan.name,
        organisation=plan.organisation,
        whose=whose(case),
        facts=_standing(case, now, tongue, staff_notes=staff_notes, who_pays=who_pays),
        parties=_parties(case, tongue),
        request=_request(case, tongue),
        lines=lines_of(case, tongue),
        clocks=tuple(_clock(case, one, tongue) for one in showing.explain(case, now).clocks),
        events=tuple(told for _, told in events),
        notes=tuple(told for event, told in events if event.kind in NOTES),
        letters=tuple(_letter(case, notice, tongue) for notice in case.letters.notices),
        papers=tuple(_paper(case, document, tongue) for document in case.papers.documents),
    )


def whose(case: Case) -> str | None:
    """By what its member is known, to see that two cases are about one person; None where it does not say."""
    match case:
        case ReviewedCase() | AuthorizationState():
            return case.request.member.known_by
        case Disputed():
            return folded(case.filing.claim.member)
        case Matter(whose=Member() as member):
            return member.known_by
        case _:
            return None


def language_of(case: Case) -> Language | None:
    """The member's own; None where the case does not know it: a dispute is between its provider and the plan."""
    match case:
        case ReviewedCase() | AuthorizationState():
            return case.request.member.language
        case Matter():
            return case.language_of_its_own
        case _:
            return None


def _standing(
    case: Case, now: datetime, tongue: Tongue, *, staff_notes: bool, who_pays: str
) -> tuple[Fact, ...]:
    sheet, say = showing.sheet(case, now), tongue.say
    flags = [flag for flag in case.log.flags if staff_notes or flag not in HOLDS]
    facts = {
        "kind": say(case.kind),
        "status": f"{case.status.code} {say(case.status.text)}",
        "stage": say(sheet.sentence),
        "closed as": case.closed_as or "",
        "received": say("{at}, day 0", at=tongue.show(case.received_at)),
        "due": tongue.show_due(case.due_at) if case.due_at else "",
        "urgency": say(case.urgency.value),
        "line of business": f"{sheet.plan} ({case.policy.plan.line_of_business})",
        "who pays, the first first": who_pays,
        "came out of": case.parent or "",
        "linked with": ", ".join(number for number in case.linked if number != case.parent),
        "marked": ", ".join(say(flag.replace("_", " ")) for flag in flags),
        "to look at": "; ".join(case.warnings),
        "on hold": "; ".join(sheet.holds) if staff_notes else "",
        "policy": case.policy.content_hash,
    }
    left_out = () if tongue.is_english else ENGLISH_ONLY
    return tuple((say(label), text) for label, text in facts.items() if text and label not in left_out)


def _parties(case: Case, tongue: Tongue) -> tuple[Fact, ...]:
    say = tongue.say
    match case:
        case ReviewedCase() | AuthorizationState():
            request = case.request
            named = {name: getattr(request, name) for name in ("requesting_provider", "servicing_provider")}
            people = [
                (say(label_of(name)), f"{one.name}, NPI {one.npi}") for name, one in named.items() if one
            ]
            mine = (_member(request.member, tongue), *people)
            return (*mine, *_appellant(case, tongue)) if isinstance(case, AppealState) else mine
        case Disputed():
            provider, claim = case.filing.provider, case.filing.claim
            return (
                (say("provider"), f"{provider.name}, NPI {provider.npi}"),
                (say("member"), f"{say('contract number')} {claim.member}"),
                (say("claim"), claim.payer_number),
            )
        case Matter(whose=Member() as member):
            return (_member(member, tongue),)
        case _:
            return ()


KNOWN_BY = {"contract number", "birth date"}


def _member(member: Member, tongue: Tongue) -> Fact:
    known_by = {tongue.say(label) for label in KNOWN_BY}
    known = "; ".join(f"{label} {text}" for label, text in facts_of(member, tongue) if label in known_by)
    return tongue.say("member"), f"{member.name}{f'; {known}' if known else ''}"


def _appellant(case: AppealState, tongue: Tongue) -> tuple[Fact, ...]:
    by, named = tongue.say(f"the {case.appeal.by.value}"), case.appeal.representative
    return ((tongue.say("appealed by"), f"{by}{f', {named.name}' if named else ''}"),)


def _request(case: Case, tongue: Tongue) -> tuple[FactGroup, ...]:
    """As it came in; what was corrected since stands so here, and what it was before in the timeline."""
    say = tongue.say
    match case:
        case AppealState():
            return groups_of(case.appeal, say("The appeal as received"), tongue)
        case ReviewedCase():
            return groups_of(case.request, say("The request as received"), tongue)
        case Disputed():
            return groups_of(case.filing, say("The dispute as received"), tongue)
        case Grievance():
            return groups_of(case.complaint, say("The complaint as received"), tongue)
        case CoordinationOfBenefits():
            return coverages_of(case, tongue)
        case AuthorizationState():
            uses = [
                FactGroup(title=say("use {count}", count=str(count)), facts=facts_of(use, tongue))
                for count, use in enumerate(case.used, 1)
            ]
            return (*groups_of(case.permit, say("The authorization as it stands"), tongue), *uses)
        case _:
            return ()


def _clock(case: Case, clock: Explained, tongue: Tongue) -> FileClock:
    """Step by step in English; in another tongue by what it times."""
    say = tongue.say
    at = clock.satisfied_at or clock.ended_at
    over = say("kept") if clock.satisfied_at else say("over") if clock.ended_at else say("running")
    state = say("missed") if clock.breached else over
    due = say("due {at}", at=tongue.show_due(clock.due_at)) if clock.due_at else say("no end known")
    own = case.clocks.get(clock.clock)
    times = (
        say(f"time for: {own.timeframe.times.value.replace('_', ' ')}") if own else say("time for: call back")
    )
    return FileClock(
        title=f"{clock.clock}: {clock.title}" if tongue.is_english else times,
        state=f"{clock.timeframe} ({say(clock.standing)}); {due}; {state}{f' {tongue.show(at)}' if at else ''}",
        steps=tuple(_step(step, tongue) for step in clock.steps if tongue.is_english),
    )


def _step(step: LedgerStep, tongue: Tongue) -> FileStep:
    return FileStep(
        at=tongue.show(step.at),
        words=f"{step.words} ({step.by})" if step.by else step.words,
        moved=f"{'-' if step.moved.total_seconds() < 0 else '+'} {showing.span(abs(step.moved))}",
        due=tongue.show_due(step.due_at) if step.due_at else "",
        source=step.source,
    )


def _events(case: Case, tongue: Tongue) -> list[FileEvent]:
    """Every event; a note has its number, and one that was struck through says by whom, when and why."""
    notes = {one.event.sequence: one for one in notes_of(case.log.events).values()}
    return [_event(case, event, notes.get(event.sequence), tongue) for event in case.log.events]


def _event(case: Case, event: Event, noted: Noted | None, tongue: Tongue) -> FileEvent:
    at, recorded = tongue.show(event.at), tongue.show(event.recorded_at)
    words = event.words if tongue.is_english else tongue.say(f"event: {event.kind.value}")
    return FileEvent(
        case=case.number,
        happened_at=event.at,
        recorded_at=event.recorded_at,
        at=at,
        recorded=recorded if recorded != at else "",
        words=f"note {noted.number}: {words}" if noted else words,
        by=event.by if event.by_id != SYSTEM.id else SYSTEM.name,
        struck=_struck(noted.struck, tongue) if noted and noted.struck else "",
    )


def _struck(strike: Event, tongue: Tongue) -> str:
    return f"struck through by {strike.by} on {tongue.show(strike.at)}: {strike.details['because']}"


def _letter(case: Case, notice: Notice, tongue: Tongue) -> FileLetter:
    return FileLetter(
        case=case.number,
        key=notice.key,
        title=tongue.say(
            "{kind} to {recipient}, {name}, in {language}",
            kind=tongue.say(notice.kind.text),
            recipient=tongue.say(notice.recipient.named),
            name=notice.name,
            language=text_of(notice.language, tongue),
        ),
        fate=", ".join(_fate(notice, tongue)),
        proof=notice.proof or "",
        sent=notice.sent_at is not None,
    )


def _fate(notice: Notice, tongue: Tongue) -> Iterator[str]:
    say, show = tongue.say, tongue.show
    yield say("owed {at}", at=show(notice.owed_at))
    if notice.sent_at:
        yield say("sent {at} by {way}", at=show(notice.sent_at), way=say(notice.by.text))
        if notice.returned_at:
            yield say("came back {at}", at=show(notice.returned_at))
    else:
        yield say("stopped {at}", at=show(notice.stopped_at)) if notice.stopped_at else say("not sent")


def _paper(case: Case, paper: Document, tongue: Tongue) -> FilePaper:
    kind = tongue.say(paper.kind.replace("_", " "))
    return FilePaper(
        case=case.number,
        title=tongue.say("{kind} of {day}", kind=kind, day=tongue.day(paper.dated)),
        id=paper.id,
        received=tongue.say("received {at}", at=tongue.show(paper.received_at or case.received_at)),
        sha256=paper.sha256,
    )
