"""A dispute as text for its analyst: line by line, with what explains each payment."""

from collections.abc import Iterable

from rich.text import Text

from config.console import ConsoleWords
from domain.view.dispute_view import AdjustedBy, DisputeSheet, DisputeSheetLine


def dispute(page: DisputeSheet) -> None:
    """Who disputes what, whether it is ours and in time, the lines, and the reasons that an answer may give."""
    out = ConsoleWords()
    out.print(Text.assemble((page.case, "bold"), f"  {page.provider}, claim {page.claim}"))
    out.print(Text(f"ours: {page.standing or 'not looked up yet'}"))
    late = f"; late: line {', '.join(map(str, page.late_lines))}" if page.late_lines else ""
    out.print(Text(f"in time: received on day {page.day_number}, {page.timeliness}{late}"))
    if page.adjustments:
        out.print(Text(f"adjusted on the whole claim by {_listed(page.adjustments)}"))
    for said in page.look_at:
        out.print(Text(f"look at: {said}", style="yellow"))
    if page.good_cause:
        out.print(Text(f"good cause: {page.good_cause}"))
    if page.missing:
        out.print(Text(f"missing: {', '.join(page.missing)}", style="yellow"))
    if page.statement:
        out.print(Text(f"the provider says: {page.statement}"))
    for line in page.lines:
        _line(line)
    out.print(Text(f"reasons: {'; '.join(page.reasons)}", style="dim"))
    out.print(Text(f"rows: {', '.join(page.rows)}", style="dim"))


def _listed(adjustments: Iterable[AdjustedBy]) -> str:
    return ", ".join(f"{one.code} {one.amount}" for one in adjustments)


def _line(line: DisputeSheetLine) -> None:
    out = ConsoleWords()
    asks = f", {line.contended} more contended" if line.contended is not None else ""
    title = (
        f"line {line.sequence}: {line.service} x {line.units}, charge {line.charge}, paid {line.paid}{asks}"
    )
    out.print(Text(title, "bold"))
    if line.adjustments:
        out.print(Text(f"  adjusted by {_listed(line.adjustments)}; the member bears {line.cost_share}"))
    if line.contention:
        out.print(Text(f"  the provider contends: {line.contention.replace('_', ' ')}"))
    out.print(Text(f"  {line.route}: {line.why} ({line.triage_row or line.triage_source})"))
    if line.reference:
        out.print(Text(f"  {line.reference}"))
    if line.outcome:
        given = f", {line.awarded} more paid" if line.awarded else ""
        by = f" [{line.decided_by}]" if line.decided_by else ""
        out.print(Text(f"  {line.outcome}{given}{by}", "bold"))
