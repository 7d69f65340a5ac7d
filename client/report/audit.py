"""Files for auditors: `plazo report universe | services`."""

import json
from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter, validators
from pydantic_core import to_jsonable_python

from activities.desk.audit_files import AuditFile, AuditFiles, FileQuestion
from activities.desk.reports import YearQuestion
from client.reach.cases import cases
from client.report.report import count_older_cases
from client.terminal.options import Common
from client.terminal.outfile import refuse_unless_writable, write
from client.terminal.reading import build, day
from config.console import ConsoleWords
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.report.service_level import Section
from domain.report.service_level import quarter as days_of
from domain.report.universe import Universe
from domain.terms.refusals import Misuse

PATIENCE = timedelta(minutes=10)  # thousands of cases are opened


async def universe(
    universe: Universe,
    /,
    *,
    first: Annotated[str, Parameter(name="--from")],
    last: Annotated[str, Parameter(name="--to")],
    out: str,
    plan: str | None = None,
    force: Annotated[bool, Parameter(negative="")] = False,
    common: Common = Common(),
) -> int:
    """Write an audit universe of Medicare Advantage as CSV, and say which of its rows were late.

    The file holds names of members; it is for its owner alone. Columns that nobody has held against the published
    layout are named.

    For example:
        plazo report universe OD --from 2026-11-01 --to 2026-11-30 --out od.csv

    Parameters
    ----------
    universe
        Determinations, reconsiderations, payment, effectuations or grievances.
    first
        The first day of decision, in each plan's own zone.
    last
        The last day, inclusive.
    out
        The CSV file.
    plan
        Only this line of business, by its id.
    force
        Put it in the place of a file that is there.
    """
    begins, ends = day(first, "from"), day(last, "to")
    if ends < begins:
        raise Misuse("to: the last day comes before the first.")
    question = FileQuestion(of=universe, first=begins, last=ends, plan=plan)
    made = await _made(question, out, common, force=force)
    if not common.json:
        _tell_what_was_late(made)
    return 0


async def services(
    section: Section,
    /,
    *,
    year: int,
    quarter: Annotated[int, Parameter(validator=validators.Number(gte=1, lte=4))],
    out: str,
    plan: str | None = None,
    force: Annotated[bool, Parameter(negative="")] = False,
    common: Common = Common(),
) -> int:
    """Write the service-level data of a quarter as CSV (CMS-10905): a row for each line that was answered.

    The file holds identifiers of members; it is for its owner alone. Columns that nobody has held against the
    published layout are named.

    For example:
        plazo report services determinations --year 2027 --quarter 1 --out q1.csv

    Parameters
    ----------
    section
        Determinations or reconsiderations, each of coverage or of payment.
    year
        The calendar year.
    quarter
        1 to 4.
    out
        The CSV file.
    plan
        Only this line of business, by its id.
    force
        Put it in the place of a file that is there.
    """
    begins, ends = days_of(build(YearQuestion, {"year": year}).year, quarter)
    await _made(FileQuestion(of=section, first=begins, last=ends, plan=plan), out, common, force=force)
    return 0


async def _made(question: FileQuestion, out: str, common: Common, *, force: bool) -> AuditFile:
    """Make the file and put it where it is wanted; say how long it is, and what nobody has verified."""
    settings = common.settings
    if question.plan:
        load(settings.policy).plan_named(question.plan)
    refuse_unless_writable(out, "out", force=force)
    store = DocumentStore(settings.documents, KeyRing.load(Home(settings.home).keyring))
    async with cases(settings) as desk:
        await count_older_cases(desk)
        made = await desk.ask(AuditFiles.make_audit_file, question, PATIENCE)
    write(out, "out", store.get(made.document), force=force)
    if common.json:
        print(json.dumps(to_jsonable_python(made), indent=2))
        return made
    said = ConsoleWords()
    said.print(f"{made.rows} rows")
    said.print(f"not held against the published layout: {', '.join(made.unverified) or 'none'}")
    return made


def _tell_what_was_late(made: AuditFile) -> None:
    said = ConsoleWords()
    said.print(f"late: {len(made.late)}")
    for late in made.late:
        said.print(
            f"{late.case}  {late.rule}: owed by {late.owed_by}, told {late.told}; notice of rights {late.notice}"
            f"  ({late.source})"
        )
