"""The case on one screen of the Temporal UI, as markdown, for those who may read it.

It stands there until something happens, so it says instants and never how much time is left.
"""

from collections.abc import Iterable, Iterator, Sequence

from domain.case.case import Case
from domain.clock.clock import Clock
from domain.clock.timeframe import Timeframe
from domain.terms.calendar import Calendar
from domain.terms.case_number import kind_of
from domain.terms.text import on_one_line
from domain.view.kinds import lines_of
from domain.view.showing import holds, is_overdue, waits_for

BESIDE = "\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}"  # the Temporal UI sets cells without room between them
MOST = 15  # rows of a table; the Temporal UI puts the whole into an address, and `plazo show` has all of it


def details(case: Case, namespace: str) -> str:
    """Stage, holder, clocks with their sources, what comes next, and the cases that belong to it as links."""
    calendar = case.policy.calendar
    parts = [
        f"### {case.number}: {case.stage.text}",
        f"{case.stage.sentence} *{waits_for(case)}*",
        _table(("", ""), _facts(case)),
        _headed("Who must act", ("Queue", "With", "Due", "What"), _work(case)),
        _headed("Clocks", ("Clock", "Due", "Standing", "Source"), _clocks(case)),
        _headed("Next, if nobody acts", ("When", "What"), _next(case, calendar)),
        _headed("Lines", ("Line",), [(line.words,) for line in lines_of(case)]),
        _headed("Linked cases", ("Case", "Kind"), _linked(case, namespace)),
    ]
    return "\n\n".join(part for part in parts if part)


def _facts(case: Case) -> Iterator[tuple[str, str]]:
    show = case.policy.calendar
    yield "Status", f"{case.status.code} {case.status.text}"
    yield "Due", show.show_due(case.due_at) if case.due_at else "no open duty"
    if is_overdue(case):
        yield "Overdue", "something is late and still to be done"
    yield "Urgency", case.urgency.value
    yield "Plan", f"{case.policy.plan.name} ({case.policy.plan.id})"
    yield "Received", show.show(case.received_at)
    yield from (("On hold", hold) for hold in holds(case))
    if case.log.flags:
        yield "Marked", ", ".join(flag.replace("_", " ") for flag in case.log.flags)
    yield "Policy", f"`{case.policy.content_hash[:12]}`"


def _work(case: Case) -> Iterator[tuple[str, ...]]:
    for work in case.work.open:
        due = case.policy.calendar.show_due(work.due_at) if work.due_at else "with the case"
        yield work.queue, work.assignee or "nobody yet", due, work.what


def _clocks(case: Case) -> Iterator[tuple[str, ...]]:
    calendar = case.policy.calendar
    for clock in case.clocks.values():
        row, due_at = clock.row(calendar), clock.due_at(calendar)
        due = calendar.show_due(due_at) if due_at else "no end yet"
        yield f"{row.title} (`{row.id}`)", due, _standing(clock, row, calendar), row.source


def _standing(clock: Clock, row: Timeframe, calendar: Calendar) -> str:
    late = ", missed" if clock.breached_at and not row.times.is_window else ""
    if clock.satisfied_at:
        return f"answered {calendar.show(clock.satisfied_at)}{late}"
    if clock.ended_at:
        return f"ended {calendar.show(clock.ended_at)}{late}"
    return f"running{late}"


def _next(case: Case, calendar: Calendar) -> Iterator[tuple[str, str]]:
    upcoming = [] if case.is_closed else case.agenda()
    yield from ((calendar.show(one.at), one.words) for one in upcoming)


def _linked(case: Case, namespace: str) -> Iterator[tuple[str, str]]:
    parent = [case.parent] if case.parent else []
    for number in dict.fromkeys([*parent, *case.linked]):
        where = "came out of it" if number == case.parent else kind_of(number)
        yield f"[{number}](/namespaces/{namespace}/workflows/{number})", where


def _headed(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    table = _table(head, rows)
    return f"**{title}**\n\n{table}" if table else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, as far as it is read on a screen; nothing where there are no rows."""
    told = list(rows)
    if not told:
        return ""
    more = [(f"and {len(told) - MOST} more", *[""] * (len(head) - 1))] if len(told) > MOST else []
    rows = [head, *told[:MOST], *more]
    first, *rest = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join([first, f"|{' --- |' * len(head)}", *rest])


def _cell(words: str) -> str:
    """Words of people in a cell: one line, and none of its signs ends the cell or begins a tag."""
    return on_one_line(words).replace("|", "\\|").replace("<", "\\<") + BESIDE
