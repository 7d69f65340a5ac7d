"""Reports over what the register counts: `plazo report prior-auth`."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Literal

from cyclopts import Parameter
from pydantic_core import to_jsonable_python

from activities.desk.reports import SLICE, Reports, YearQuestion
from client.reach.cases import Cases, cases
from client.report import formats
from client.terminal.options import Common, OrStandardInput
from client.terminal.outfile import STANDARD_OUTPUT, refuse_unless_writable, write
from client.terminal.reading import build
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.report.prior_auth import Row
from domain.report.public import Published
from domain.terms.refusals import Misuse

PATIENCE = timedelta(minutes=2)

Format = Literal["table", "json", "csv", "html", "pdf"]


async def prior_auth(
    *,
    year: int,
    plan: str | None = None,
    format_: Annotated[Format, Parameter(name="--format")] = "table",
    out: OrStandardInput = STANDARD_OUTPUT,
    trace: Annotated[bool, Parameter(negative="")] = False,
    force: Annotated[bool, Parameter(negative="")] = False,
    common: Common = Common(),
) -> int:
    """Report what must be published of prior authorization: a calendar year, by contract or plan.

    The figures are those of 42 CFR 422.122(c) and 438.210(f); both readings of partial approvals stand beside each
    other. The HTML page needs no scripts and can be put on the plan's site as it is.

    For example:
        plazo report prior-auth --year 2026 --format html --out prior-authorization-2026.html

    Parameters
    ----------
    year
        The calendar year in which requests were decided.
    plan
        Only this line of business, by its id.
    format_
        A table for people, or a file.
    out
        Where the file goes; `-` for standard output.
    trace
        List every request with the figures in which it counts, instead of the figures.
    force
        Put it in the place of a file that is there.
    """
    form: Format = "json" if common.json else format_
    if form == "pdf" and out == STANDARD_OUTPUT:
        raise Misuse("out: a PDF is nothing for a terminal; give it a file.")
    if trace and form in {"html", "pdf"}:
        raise Misuse("trace: the cases behind the figures are for ourselves; ask for a table, csv or json.")
    refuse_unless_writable(out, "out", force=force)
    if plan:
        load(common.settings.policy).plan_named(plan)
    question = build(YearQuestion, {"year": year, "plan": plan})
    async with cases(common.settings) as desk:
        await count_older_cases(desk)
        if trace:
            content = formats.traced_as(form, [row async for row in _rows(desk, question)])
        else:
            report = await desk.ask(Reports.prior_auth, question, PATIENCE)
            if form == "table":
                formats.table(report)
                return 0
            content = await _file(desk, report, form, common.settings)
    write(out, "out", content, force=force)
    return 0


async def count_older_cases(desk: Cases) -> None:
    """Cases whose pages are older than all counting count now, some at a time."""
    while await desk.ask(Reports.count_older_cases, SLICE, PATIENCE) == SLICE:
        pass


async def _rows(desk: Cases, question: YearQuestion) -> AsyncIterator[Row]:
    """Every request behind the figures: an answer has its limit, so some at a time."""
    after = 0
    while rows := await desk.ask(
        Reports.prior_auth_rows, question.model_copy(update={"after": after}), PATIENCE
    ):
        for row in rows:
            yield row
        after += len(rows)


async def _file(desk: Cases, report: Published, form: Format, settings: Settings) -> bytes:
    match form:
        case "pdf":
            store = DocumentStore(settings.documents, KeyRing.load(Home(settings.home).keyring))
            return store.get(await desk.ask(Reports.print_prior_auth, report, PATIENCE))
        case "html":
            return formats.as_html(report, settings.policy / "reports").encode()
        case "csv":
            return formats.as_csv(report).encode()
        case _:
            return (json.dumps(to_jsonable_python(report), indent=2) + "\n").encode()
