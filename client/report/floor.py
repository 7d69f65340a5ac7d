"""Figures for the floor: `plazo report timeliness | workload | overturns | letters`, and `month` for kept ones."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter
from pydantic_core import to_jsonable_python
from rich.text import Text

from activities.desk.reports import FloorQuestion, MonthQuestion, Reports
from client.reach.cases import cases
from client.report.formats import rendered, written_as_csv
from client.report.report import PATIENCE, count_older_cases
from client.terminal.options import Acting, Common, OrStandardInput
from client.terminal.outfile import STANDARD_OUTPUT, refuse_unless_writable, write
from client.terminal.reading import build, day
from config.console import ConsoleWords
from config.pack import load
from config.settings import Settings
from domain.report.floor import Bar, FloorReport, Subject
from domain.terms.refusals import Misuse

Format = Literal["table", "json", "csv", "html"]
COLUMNS = ("chart", "of", "counts", "count", "out of", "percent", "note")
WIDTH = 24  # signs of a bar


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Days(Acting):
    first: Annotated[str, Parameter(name="--from")]
    """The first day, in each plan's own zone."""

    last: Annotated[str, Parameter(name="--to")]
    """The last day, inclusive."""

    plan: str | None = None
    """Only this line of business, by its id."""

    format_: Annotated[Format, Parameter(name="--format")] = "table"
    """Charts for people, or a file."""

    out: OrStandardInput = STANDARD_OUTPUT
    """Where the file goes; `-` for standard output."""

    force: Annotated[bool, Parameter(negative="")] = False
    """Put it in the place of a file that is there."""


async def timeliness(*, days: Days) -> int:
    """Report which answers were told in time, of those that fell due in these days; disputes and appeals too.

    For example:
        plazo report timeliness --from 2026-11-01 --to 2026-11-30
    """
    return await _report(Subject.TIMELINESS, days)


async def workload(*, days: Days) -> int:
    """Report what was received, what was decided at once, and what became of the work in each queue.

    For example:
        plazo report workload --from 2026-11-01 --to 2026-11-30
    """
    return await _report(Subject.WORKLOAD, days)


async def overturns(*, by_reviewer: Annotated[bool, Parameter(negative="")] = False, days: Days) -> int:
    """Report what appeals overturned, by service, of the appeals that were answered in these days.

    For example:
        plazo report overturns --from 2026-11-01 --to 2026-11-30

    Parameters
    ----------
    by_reviewer
        By who decided first, too: for quality alone, and never in a figure of workload or pay.
    """
    return await _report(Subject.OVERTURNS, days, by_reviewer=by_reviewer)


async def letters(*, days: Days) -> int:
    """Report what became of the letters that were owed in these days: by way, and late ones by kind.

    For example:
        plazo report letters --from 2026-11-01 --to 2026-11-30
    """
    return await _report(Subject.LETTERS, days)


async def month(month: str, /, *, common: Common = Common()) -> int:
    """Show the floor's figures as they were when a month was over, and not as they came to be since.

    The schedule `figures` keeps them on the first of each month.

    For example:
        plazo report month 2026-10

    Parameters
    ----------
    month
        The month: `2026-10`.
    """
    question = build(MonthQuestion, {"month": month})
    async with cases(common.settings) as desk:
        kept = await desk.ask(Reports.kept, question, PATIENCE)
    if not kept:
        raise Misuse(f"month: nothing was kept of {question.month}; see `plazo schedules`.")
    if common.json:
        print(json.dumps(to_jsonable_python(kept), indent=2))
        return 0
    for report in kept:
        draw(report)
        print()
    return 0


async def _report(subject: Subject, days: Days, *, by_reviewer: bool = False) -> int:
    form: Format = "json" if days.json else days.format_
    begins, ends, settings = day(days.first, "from"), day(days.last, "to"), days.settings
    if ends < begins:
        raise Misuse("to: the last day comes before the first.")
    if days.plan:
        load(settings.policy).plan_named(days.plan)
    refuse_unless_writable(days.out, "out", force=days.force)
    question = FloorQuestion(
        subject=subject,
        first=begins,
        last=ends,
        plan=days.plan,
        by_reviewer=by_reviewer,
        asker=days.actor if by_reviewer else None,
    )
    async with cases(settings) as desk:
        await count_older_cases(desk)
        report = await desk.ask(Reports.floor, question, PATIENCE)
    if form == "table":
        draw(report)
        return 0
    write(days.out, "out", _file(report, form, settings).encode(), force=days.force)
    return 0


def _file(report: FloorReport, form: Format, settings: Settings) -> str:
    match form:
        case "html":
            return rendered(settings.policy / "reports", "floor.html", report=report)
        case "csv":
            return written_as_csv(COLUMNS, _lines(report))
        case _:
            return json.dumps(to_jsonable_python(report), indent=2) + "\n"


def draw(report: FloorReport) -> None:
    """Each chart as bars of signs, each with its counts."""
    out = ConsoleWords()
    out.print(Text(report.title, "bold"))
    out.print(", ".join(report.plans))
    for chart in report.charts:
        out.print("")
        out.print(Text.assemble((chart.title, "bold"), f": {chart.counts}"))
        if chart.bars:
            out.rows(map(_drawn, chart.bars))
        else:
            out.print("nothing to count")


def _drawn(bar: Bar) -> tuple[str | Text, ...]:
    share = bar.share
    length = round(WIDTH * share.count / share.of) if share.of else 0
    signs = Text("\N{FULL BLOCK}" * length, "blue") + Text("\N{LIGHT SHADE}" * (WIDTH - length), "dim")
    return bar.label, signs, f"{share!s:>6}", f"{share.count} of {share.of}", bar.note


def _lines(report: FloorReport) -> Iterator[tuple[object, ...]]:
    for chart in report.charts:
        for bar in chart.bars:
            share = bar.share
            percent = "" if share.percent is None else share.percent
            yield chart.title, bar.label, chart.counts, share.count, share.of, percent, bar.note
