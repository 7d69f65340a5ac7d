"""The public report in every form: a table, JSON, CSV, and the page that stands on the plan's site."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.text import Text

from config.console import ConsoleWords
from domain.report.figures import Share
from domain.report.prior_auth import Reading, Row, traced
from domain.report.public import Published, Section

COLUMNS = ("year", "of", "level", "figure", "partial approvals", "count", "out of", "value", "unit")


def table(report: Published) -> None:
    """Each contract or plan with its figures, the two readings of partial approvals beside each other."""
    out = ConsoleWords()
    for section in report.sections:
        figures = section.figures
        out.print(Text(f"{section.name}: {', '.join(section.plans)}, {report.year}", "bold"))
        out.print(f"requests decided: {figures.standard} standard, {figures.expedited} expedited")
        if figures.total:
            out.rows(_rows(section), (*(f"partly {how.value}" for how in Reading), "figure"))
        for reason, count in figures.left_out.items():
            out.print(f"not counted: {count}, {reason}")
        out.print(f"published under {section.source}")
        out.print("")
    out.print("The list of services, and how this was counted, stand in --format html, pdf and json.")


def _rows(section: Section) -> Iterator[tuple[str, ...]]:
    for figure in section.figures.shares:
        yield (*(_with_counts(figure.shares[how]) for how in Reading), figure.title)
    for time in section.figures.times:
        if time.elapsed:
            yield f"mean {time.mean}", f"median {time.median}", time.title


def _with_counts(share: Share) -> str:
    return f"{share}  {share.count} of {share.of}" if share.of else "-"


def as_csv(report: Published) -> str:
    """One line for each figure and reading; times in hours and days with their unit."""
    return written_as_csv(COLUMNS, (line for one in report.sections for line in _lines(report.year, one)))


def written_as_csv(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(head)
    rows.writerows(lines)
    return page.getvalue()


def _lines(year: int, section: Section) -> Iterator[tuple[object, ...]]:
    head = (year, section.name, section.level.value)
    for figure in section.figures.shares:
        for how, share in figure.shares.items():
            percent = "" if share.percent is None else share.percent
            yield (*head, figure.id, how.value, share.count, share.of, percent, "percent")
    for time in section.figures.times:
        for name, said in (("mean", time.mean), ("median", time.median)):
            value, _, unit = said.partition(" ") if time.elapsed else ("", "", "")
            of = time.elapsed.of if time.elapsed else 0
            yield (*head, f"{time.id}_{name}", "", "", of, value, unit)


def as_html(report: Published, layouts: Path) -> str:
    """The public page: one file without scripts, which a screen reader reads from top to bottom."""
    return rendered(layouts, "prior-auth.html", report=report, readings=list(Reading))


def rendered(layouts: Path, page: str, **said: object) -> str:
    """A page of the pack; whatever it is given is text, and none of it is read as markup."""
    environment = Environment(
        loader=FileSystemLoader(layouts), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(page).render(**said)


def traced_as(form: str, rows: Iterable[Row]) -> bytes:
    """Every request with the figures in which it counts: one line, or in JSON one object, for each."""
    if form == "json":
        told = [row.model_dump(mode="json") | {"figures": list(traced(row))} for row in rows]
        return (json.dumps(told, indent=2) + "\n").encode()
    if form == "csv":
        lines = ((row.plan, row.case, row.appeal or "", figure) for row in rows for figure in traced(row))
        return written_as_csv(("plan", "case", "appeal", "figure"), lines).encode()
    return "".join(f"{row.case}  {row.plan}  {'; '.join(traced(row))}\n" for row in rows).encode()
