"""Cases as text for people. Instants are shown on the plan's own clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from rich.text import Text

from config.console import ConsoleWords
from config.tongue import is_spanish, spoken
from domain.desk.notes import as_read
from domain.parts.events import Event
from domain.terms.calendar import Calendar
from domain.view.page import Waiting
from domain.view.referral_view import Network
from domain.view.search import FoundCase
from domain.view.showing import span
from domain.view.view import Explanation, ReviewSheet, Sheet, ShownDisputedLine, ShownLine, Timeline

FEW = 2  # services in a row
ANSWERS = {"met": "green", "unmet": "red", "unknown": "yellow"}


def sheet(page: Sheet, *, everything: bool = False) -> None:
    """Stage, clocks, one line of why, lines, who must act, next dates."""
    out, shown, calendar = ConsoleWords(), page.shown, page.calendar
    about = f"{page.plan}, {page.member}" if page.member else page.plan
    status = spoken(f"{shown.status.code} {shown.status.text}")
    out.print(Text.assemble((shown.case, "bold"), f"  {status}  {about}"))
    out.say(page.sentence)
    out.say(f"now: {page.why}")
    due = _due(shown.due_at, calendar, "nothing due")
    out.say(f"received {calendar.show(shown.received_at)}, day 0; {due}; {shown.urgency}")
    for alarm in [
        *filter(None, [shown.trouble]),
        *(f"flag: {flag.replace('_', ' ')}" for flag in page.flags),
    ]:
        out.say(Text(alarm, style="red"))
    for hold in page.holds:
        out.say(Text(f"on hold: {hold}; nothing leaves the house, and every clock runs on", style="red"))
    if shown.linked:
        out.say(f"belongs together with {', '.join(shown.linked)}")
    for warning in page.warnings:
        out.say(Text(f"look at: {warning}", style="yellow"))
    for line in shown.lines:
        out.say(_line(line))
    for arrangement in shown.coordination:
        out.say(f"  {arrangement.words}")
    for work in page.waiting:
        out.say(f"  waits in {work}")
    for coming in shown.next if everything else shown.next[:1]:
        out.say(f"  next: {calendar.show(coming.at)}: {coming.what}")
    if everything:
        clocks(page)


def _line(line: ShownLine | ShownDisputedLine) -> str:
    said = f"  {line.words}"
    if line.reason:
        said += f" ({line.reason})"
    if isinstance(line, ShownLine) and (permit := line.authorization):
        said += (
            f"  {permit.number}, from {permit.from_day}, {permit.ends_when or f'through {permit.through}'}"
            f"{f', ended: {permit.ended_as}' if permit.ended_as else ''}"
        )
    return said


def clocks(page: Sheet) -> None:
    for clock in page.shown.clocks:
        over = "kept" if clock.satisfied_at else "over" if clock.ended_at else "running"
        state = "breached" if clock.breached else over
        line = f" line {clock.line}" if clock.line else ""
        ConsoleWords().say(f"  clock {clock.timeframe}{line}: {_due(clock.due_at, page.calendar)}, {state}")
    ConsoleWords().say(f"  policy {page.policy[:12]}")


def counted(units: int) -> str:
    return f"{units} unit" if units == 1 else f"{units} units"


def _due(due_at: datetime | None, calendar: Calendar, otherwise: str = "no end known") -> str:
    return f"due {calendar.show_due(due_at)}" if due_at else otherwise


def explanation(told: Explanation) -> None:
    """Each clock with its steps, and what each did to the due date."""
    out = ConsoleWords()
    for clock in told.clocks:
        over = "kept" if clock.satisfied_at else "over" if clock.ended_at else "running"
        state = "missed" if clock.breached else over
        about = f"{clock.timeframe}: {spoken(clock.title)} [{spoken(clock.standing)}], {spoken(state)}"
        out.print(Text.assemble((spoken(clock.clock), "bold"), f"  {about}"))
        for step in clock.steps:
            moved = span(abs(step.moved))
            sign = "-" if step.moved.total_seconds() < 0 else "+"
            out.print(f"  {spoken(told.calendar.show(step.at))}  {spoken(step.words)}")
            due = spoken(_due(step.due_at, told.calendar))
            out.print(Text(f"      {sign} {moved} -> {due}   {step.source}", style="dim"))
        if clock.satisfied_at:
            out.say(f"  kept {told.calendar.show(clock.satisfied_at)}")
    for hold in told.holds:
        out.say(Text(f"{hold}; a hold is no pause: every clock above runs on", style="red"))
    out.say(Text(f"policy {told.policy[:12]}", style="dim"))


def timeline(told: Timeline) -> None:
    """What happened, who did it, when it happened, and when it was recorded if that was later."""
    notes = as_read(told.events, told.calendar)
    for event in told.events:
        words = spoken(notes.get(event.sequence, event.words)) + whose(event, told.calendar)
        ConsoleWords().print(Text.assemble((spoken(told.calendar.show(event.at)), "bold"), f"  {words}"))


def whose(event: Event, calendar: Calendar) -> str:
    by = f"  [{event.by}]" if event.by_id != "plazo" else ""
    late = (event.recorded_at - event.at).total_seconds() > 60  # noqa: PLR2004 - a minute is the same moment
    return by + (spoken(f"  (recorded {calendar.show(event.recorded_at)})") if late else "")


def review(page: ReviewSheet) -> None:
    """The criteria, clause by clause: what shows each, what is missing."""
    out = ConsoleWords()
    out.say(Text(page.case, style="bold"))
    if page.justification:
        out.print(f"order: {page.justification}")
    for line in page.lines:
        out.say(
            Text(
                f"line {line.sequence}: {line.service}, {counted(line.units)}, for {', '.join(line.diagnoses)}",
                "bold",
            )
        )
        out.say(f"  {line.table or 'no criteria table; a reviewer decides on the evidence'}")
        if line.first:
            out.say(Text(f"  first answer: {line.first}"))
        for finding in line.findings:
            shown = finding.document or spoken(f"asks for {(finding.missing or '').replace('_', ' ')}")
            text = (is_spanish() and finding.text.es) or finding.text.en
            out.print(
                Text.assemble(
                    "  ",
                    (f"{spoken(finding.answer.value):8} ", ANSWERS[finding.answer.value]),
                    f"{finding.criterion}: {text} ({finding.because}; {shown})",
                )
            )


COLUMNS = ("", "case", "due", "left", "urgency", "kind", "service", "plan", "queue", "with", "why")


def worklist(rows: Sequence[Waiting], now: datetime, first: int = 1) -> None:
    """Open work by time left: `now`, or by the case's own clock."""
    if not rows:
        ConsoleWords().say("Nothing waits.")
        return
    ConsoleWords().rows(_numbered(map(partial(_waits, now=now), rows), first), COLUMNS)


def _numbered(rows: Iterable[tuple[str | Text, ...]], first: int = 1) -> list[tuple[str | Text, ...]]:
    """Each with the number by which `plazo show` takes it."""
    return [(str(number), *row) for number, row in enumerate(rows, start=first)]


def found(cases: Sequence[FoundCase], now: datetime) -> None:
    """Cases that were found, open ones first."""
    if not cases:
        ConsoleWords().say("No case has all of this.")
        return
    head = ("", "case", "due", "left", "member", "services", "plan", "received", "with", "status")
    ConsoleWords().rows(_numbered(map(partial(_found, now=now), cases)), head)


def _found(case: FoundCase, now: datetime) -> tuple[str | Text, ...]:
    is_open = case.outcome is None
    left = _left(case.due_at, case.reckoned_at or now) if case.due_at and is_open else "-"
    status = spoken(case.status if is_open else f"{case.status}; closed: {case.outcome}")
    due = spoken(case.due or "-") if is_open else "-"
    services = _few(case.services)
    return (
        case.case,
        due,
        left,
        case.member or "-",
        services,
        case.plan,
        spoken(case.received or "-"),
        ", ".join(case.work) or "-",
        status,
    )


def _few(services: Sequence[str]) -> str:
    """The first services, and how many more there are."""
    first, more = ", ".join(services[:FEW]), len(services) - FEW
    return f"{first} +{more}" if more > 0 else first or "-"


def _waits(row: Waiting, now: datetime) -> tuple[str | Text, ...]:
    left = _left(row.due_at, row.reckoned_at or now) if row.due_at else "-"
    what = Text(f"{row.trouble}; {row.what}", style="red") if row.trouble else spoken(row.what)
    due = spoken(row.due or "-")
    return (
        row.case,
        due,
        left,
        spoken(row.urgency),
        spoken(row.kind),
        _few(row.services),
        row.plan,
        row.queue,
        row.assignee or "-",
        what,
    )


def _left(due_at: datetime, now: datetime) -> str | Text:
    return span(due_at - now) if due_at >= now else Text(spoken(f"{span(now - due_at)} LATE"), style="red")


def network(found: Network) -> None:
    """Who gives the services in the place of the visit."""
    out = ConsoleWords()
    for one in found.providers:
        declined = ", has declined" if one.declined else ""
        out.say(
            f"line {one.line}: {one.npi}  {one.name}, {one.place}, {one.telephone} ({one.network}){declined}"
        )
    if not found.providers:
        out.say(f"The network names nobody in {found.place}.")
