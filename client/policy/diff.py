"""Two policy packs side by side, for people and for programs: `plazo policy diff`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue
from rich.console import Console
from rich.text import Text

from config.console import ConsoleWords
from config.pack import load
from domain.policy.diff import Change, Difference, RowFate, differences
from domain.policy.pack import Pack
from domain.rehearsal.rehearsal import Rehearsal, Rehearsed, Verdict
from domain.terms.calendar import Calendar
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse

MARKS = {
    RowFate.ADDED: ("+", "green"),
    RowFate.REMOVED: ("-", "red"),
    RowFate.CHANGED: ("~", "yellow"),
}
SAID_ALREADY = {"id", "in_force_from"}  # a row that came or went is headed by them


class ComparedPacks(Frozen):
    """What `plazo policy diff --json` prints; `cases` only where they were rehearsed."""

    old: str
    new: str
    differences: tuple[Difference, ...]
    cases: Rehearsed | None = None


def pack_in(folder: Path) -> Pack:
    """The pack in a folder; of two, the fault names the one that is none."""
    try:
        return load(folder)
    except Misuse as fault:
        raise Misuse(f"{folder}: {fault}") from None


def diff(old: Pack, new: Pack, cases: Rehearsed | None = None, *, as_json: bool = False) -> int:
    """Print what differs, and how the open cases came out where they were rehearsed. Equal or not, it is done."""
    found = ComparedPacks(
        old=old.content_hash, new=new.content_hash, differences=differences(old, new), cases=cases
    )
    if as_json:
        calendars = {"cases": {"moved": {"__all__": {"calendar"}}}}
        print(found.model_dump_json(indent=2, exclude=calendars))
        return 0
    out = ConsoleWords()
    _rows(out, found)
    if cases:
        out.print()
        _cases(out, cases)
    return 0


def _rows(out: Console, found: ComparedPacks) -> None:
    table = None
    for row in found.differences:
        if row.table != table:
            out.print(Text(table := row.table, style="bold underline"))
        mark, style = MARKS[row.fate]
        since = f", in force from {row.in_force_from}" if row.in_force_from else ""
        out.print(Text.assemble((f"{mark} {row.row}", style), since))
        for change in row.changes:
            if change.field not in SAID_ALREADY or row.fate is RowFate.CHANGED:
                out.print(Text(f"    {_change(change, row.fate)}"))
    out.print(_summary(found))


def _summary(found: ComparedPacks) -> str:
    if found.old == found.new:
        return f"The packs are equal: {found.old[:12]}."
    versions = f"{found.old[:12]} -> {found.new[:12]}"
    if not found.differences:
        return f"The packs hold the same rows, in another order or spelling: {versions}."
    fates = [row.fate for row in found.differences]
    counts = ", ".join(f"{fates.count(fate)} {fate.value}" for fate in RowFate if fate in fates)
    return f"The packs differ, {versions}. Rows: {counts}."


def _change(change: Change, fate: RowFate) -> str:
    match change.before, change.after, fate:
        case _, after, RowFate.ADDED:
            return f"{change.field}: {_said(after)}"
        case before, _, RowFate.REMOVED:
            return f"{change.field}: {_said(before)}"
        case list() as before, list() as after, _:
            return f"{change.field}: {'; '.join(_members(before, after))}"
        case before, after, _:
            return f"{change.field}: {_said(before)} -> {_said(after)}"


def _members(before: list[JsonValue], after: list[JsonValue]) -> Iterator[str]:
    """What came into a list and what left it: of forty codes, one changed."""
    came, went = [one for one in after if one not in before], [one for one in before if one not in after]
    if came:
        yield f"with {_said(came)}"
    if went:
        yield f"without {_said(went)}"
    if not came and not went:
        yield f"in another order: {_said(after)}"


def _said(value: JsonValue) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case list():
            return ", ".join(_said(item) for item in value) or "nothing"
        case dict():
            held = ", ".join(f"{name}: {_said(item)}" for name, item in value.items() if item is not None)
            return f"{{{held}}}"
        case _:
            return str(value)


def _cases(out: Console, cases: Rehearsed) -> None:
    for case in cases.moved:
        out.print(Text(case.case, style="bold"))
        for sentence in _moves(case):
            out.print(Text(f"  {sentence}"))
    for lost in cases.unreachable:
        out.print(Text(f"{lost.case} could not be rehearsed: {lost.because}", style="yellow"))
    every = len(cases.moved) + cases.unmoved + len(cases.unreachable)
    out.print(
        f"Open cases: {every}. {len(cases.moved)} would move, {cases.unmoved} would not, "
        f"{len(cases.unreachable)} could not be rehearsed. Nothing was changed."
    )


def _moves(case: Rehearsal) -> Iterator[str]:
    """The due date, then each clock that moves on its own, then each line that is answered otherwise."""
    if case.due_before != case.due_after:
        yield f"due {_due(case.due_before, case.calendar)} -> {_due(case.due_after, case.calendar)}"
    for clock in case.moved_clocks:
        if (clock.before, clock.after) != (case.due_before, case.due_after):
            before, after = _due(clock.before, case.calendar), _due(clock.after, case.calendar)
            yield f"{clock.clock}: {before} -> {after}"
    for line in case.moved_lines:
        yield f"line {line.line}, {line.service}: {_verdict(line.before)} -> {_verdict(line.after)}"


def _due(instant: datetime | None, calendar: Calendar) -> str:
    return calendar.show_due(instant) if instant else "no end"


def _verdict(verdict: Verdict) -> str:
    if verdict.answer is None:
        return "no criteria"
    return verdict.answer.value + (", approved by the criteria alone" if verdict.approves else "")
