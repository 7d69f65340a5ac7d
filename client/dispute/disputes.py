"""Payment disputes as they come in: `plazo dispute read | check | submit | schema`."""

import json
import sys
from datetime import UTC, datetime

from pydantic_core import to_jsonable_python
from rich.console import Console
from rich.progress import Progress

from activities.desk.disputes import DisputePreview
from client.dispute.intake import OfClaim, incoming
from client.dispute.opening import DisputeCounter
from client.dispute.reading import ReadRemittance, read_remittance, time_to_file
from client.dispute.sheet import ClaimSheet, RowResult
from client.reach.cases import Cases, cases
from client.reach.counter import tell_opened
from client.reach.look import print_json
from client.terminal.options import Acting, Common, OrStandardInput
from client.x12.remittance import read_835
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.dispute.filing import Filing
from domain.policy.pack import Pack
from domain.terms.refusals import Misuse, Unreachable

OURS = {True: "yes", False: "no", None: "not known"}


async def read(file: OrStandardInput, /, *, plan: str | None = None, common: Common = Common()) -> int:
    """Read a remittance: its claims, what was adjusted, where each line of a dispute would go, and by when.

    For example:
        plazo dispute read examples/remittance-outpatient.835 --plan procare

    Parameters
    ----------
    file
        The remittance advice, an X12 835; `-` for standard input.
    plan
        By whose rules, as a line of business by its id; the first that takes disputes when left out.
    """
    pack = load(common.settings.policy)
    row = pack.plan_named(plan or pack.dispute_terms[0].plan)
    found = [read_remittance(remittance, row, pack) for remittance in read_835(file)]
    if common.json:
        print(json.dumps(to_jsonable_python(found), indent=2))
        return 0
    for remittance in found:
        print_remittance(remittance, datetime.now(UTC))
    return 0


def print_remittance(read: ReadRemittance, now: datetime) -> None:
    print(f"{read.payer} to {read.payee}: {'not known' if read.payment is None else read.payment}")
    for warning in read.warnings:
        print(f"look at: {warning}")
    for taken in read.outside:
        print(f"outside the claims (PLB): {taken}")
    print(f"to file, by the rules of {read.plan}: {_time_to_file(read, now)}")
    for claim in read.claims:
        print(claim.words)
        if claim.whose:
            print(f"  {claim.whose}")
        for warning in claim.warnings:
            print(f"  look at: {warning}")
        for line in claim.lines:
            print(f"  {line.words}")
    for fault in read.unread:
        print(fault.words)


def _time_to_file(read: ReadRemittance, now: datetime) -> str:
    time = read.time_to_file
    if time is None:
        return "not known: no date of notice (DTM*405 or BPR16)"
    return f"{'passed; ' if time.ends_at < now else ''}{time.words}"


async def check(
    file: OrStandardInput | None = None,
    /,
    *,
    of_claim: OfClaim = OfClaim(),
    acting: Acting = Acting(),
) -> int:
    """Check a dispute before it is submitted: ours? in time? complete? which line goes where? Nothing is created.

    For example:
        plazo dispute check examples/dispute.json

    Parameters
    ----------
    file
        The dispute, as JSON; `-` for standard input. A claim of a remittance may be named in its place.
    """
    settings = acting.settings
    pack = load(settings.policy)
    came = incoming(file, of_claim, pack)
    async with cases(settings) as desk:
        preview = await _counter(desk, acting, pack).preview(came.filing)
    if acting.json:
        return print_json(preview)
    print_preview(preview)
    return 0


def print_preview(preview: DisputePreview) -> None:
    calendar = preview.calendar
    timely = f"line {_listed(preview.late_lines)} late" if preview.late_lines else "in time"
    due = calendar.show_due(preview.due_at) if preview.due_at else "once nothing is missing"
    print(f"ours:     {OURS[preview.standing.is_ours]} ({preview.standing.because})")
    print(f"missing:  {', '.join(preview.missing) or 'nothing'}")
    for line in preview.lines:
        print(f"line {line.line}:   {line.service}: {line.route.value}. {line.why}")
    print(f"to file:  last day {calendar.show_due(preview.last_day)}; {preview.counted_from}")
    print(f"          received on day {preview.day}, {timely}")
    print(f"received {calendar.show(preview.received_at)}, day 0; due {due}")
    print(f"          by {preview.timeframe}, {preview.source}")
    for warning in preview.warnings:
        print(f"look at:  {warning}")


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


async def submit(
    file: OrStandardInput | None = None,
    /,
    *,
    of_claim: OfClaim = OfClaim(),
    sheet: OrStandardInput | None = None,
    acting: Acting = Acting(),
) -> int:
    """Open a dispute and print its case number; with --sheet, one for each row. The very same is one case.

    For example:
        plazo dispute submit examples/dispute.json
        plazo dispute submit --remittance may.835 --claim PC26112000533 --received "2026-06-02 09:15" --plan procare

    Parameters
    ----------
    file
        The dispute, as JSON; `-` for standard input. Papers that it names lie beside it.
    sheet
        Many disputes, as CSV; each row names a remittance that lies beside it, a claim, received and plan.
    """
    pack = load(acting.settings.policy)
    if sheet is not None:
        if file is not None or of_claim != OfClaim():
            raise Misuse("sheet: it says everything itself; give nothing beside it.")
        return await _submit_sheet(ClaimSheet(sheet, pack), acting)
    came = incoming(file, of_claim, pack)
    async with cases(acting.settings) as desk:
        opened = await _counter(desk, acting, pack).open(came)
    code = tell_opened(opened, as_json=acting.json)
    if not acting.json:
        print(f"to file: {_by_when(came.filing, pack)}")
    return code


def _by_when(filing: Filing, pack: Pack) -> str:
    return time_to_file(filing.remittance, pack.plan_named(filing.plan), pack, filing.received_at).words


async def _submit_sheet(sheet: ClaimSheet, acting: Acting) -> int:
    """Row by row; 1 if any row has a fault. What was opened before nobody answered any more is told."""
    results: list[RowResult] = []
    async with cases(acting.settings) as desk:
        counter = _counter(desk, acting, sheet.pack)
        quiet = not sys.stderr.isatty()
        with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
            try:
                for row in bar.track(sheet.rows, description="Opening disputes"):
                    results.append(await counter.open_row(sheet, row))  # noqa: PERF401 - kept when it stops
            except Unreachable:
                _print_results(results, as_json=acting.json)
                raise
    _print_results(results, as_json=acting.json)
    return int(any(result.fault for result in results))


def _print_results(results: list[RowResult], *, as_json: bool) -> None:
    if as_json and results:
        print(json.dumps(to_jsonable_python(results), indent=2))
        return
    for result in results:
        print(result.words)


def _counter(desk: Cases, acting: Acting, pack: Pack) -> DisputeCounter:
    settings = acting.settings
    ring = KeyRing.load(Home(settings.home).keyring)
    return DisputeCounter(desk, ring, DocumentStore(settings.documents, ring), acting.clerk, pack)


async def schema() -> int:
    """Print the JSON Schema of a dispute.

    For example:
        plazo dispute schema > dispute.schema.json
    """
    print(json.dumps(Filing.model_json_schema(), indent=2))
    return 0
