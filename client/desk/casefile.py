"""The file of a case as one PDF: `plazo casefile`. It is made where letters and papers lie, and fetched here."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from activities.desk.casefiles import CaseFiles, FileQuestion, MadeFile
from client.reach.cases import Cases, cases
from client.reach.chain import MOST, Chain, chain_of
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, OrStandardInput
from client.terminal.outfile import refuse_unless_writable, write
from config.home import Home
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.desk.file_made import Audience, FileMade
from domain.terms.people import Actor
from domain.terms.refusals import Misuse, Refused

PATIENCE = timedelta(minutes=10)  # hundreds of scans are read, and put behind one another


async def casefile(
    case: CaseNumber,
    /,
    *,
    out: OrStandardInput,
    for_: Annotated[Audience, Parameter(name="--for")] = Audience.OURSELVES,
    alone: Annotated[bool, Parameter(negative="")] = False,
    force: Annotated[bool, Parameter(negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Make one PDF of a case and its story: request, timeline, clocks, answers, notes, letters and papers.

    It holds everything, staff notes and holds too, whoever it is for; the member's copy alone goes without them, in
    the member's language. That it was made is recorded in the open cases.

    For example:
        plazo casefile APP-7K2M-9QXD-4HBT --out file.pdf --for reviewer --as ap-soto

    Parameters
    ----------
    case
        The case number.
    out
        The PDF; `-` for standard output. A file that is there stays as it is.
    for_
        Whom it is made for; it stands on the cover.
    alone
        Only this case, without those that it came out of or that came out of it.
    force
        Put it in the place of a file that is there.
    """
    _refuse_what_cannot_be_written(out, force=force, as_json=acting.json)
    number, actor, settings = named(case, acting.settings), acting.actor, acting.settings
    store = DocumentStore(settings.documents, KeyRing.load(Home(settings.home).keyring))
    with _steps() as step:
        async with cases(settings) as desk:
            step("looking for what belongs together")
            chain = await chain_of(desk, number, alone=alone)
            if chain.is_cut:
                raise Refused(f"more than {MOST} cases belong to this story; --alone makes the file of one")
            step(f"making the file of {len(chain.cases)} case{'s' if len(chain.cases) > 1 else ''}")
            made = await _made(desk, chain, for_, actor)
            content = store.get(made.document)
            step("recording that it was made")
            for open_case in made.open_cases:
                said = FileMade(actor=actor, audience=for_, pages=made.pages, sha256=made.document)
                await desk.act(open_case, said)
    write(out, "out", content, force=force)
    _tell(out, chain, made, as_json=acting.json)
    return 0


async def _made(desk: Cases, chain: Chain, audience: Audience, actor: Actor) -> MadeFile:
    question = FileQuestion(
        asked=chain.asked.shown.case,
        cases=chain.numbers,
        audience=audience,
        actor=actor,
        now=datetime.now(UTC),
    )
    return await desk.ask(CaseFiles.make_casefile, question, PATIENCE)


def _refuse_what_cannot_be_written(out: str, *, force: bool, as_json: bool) -> None:
    """Before anything is asked of anybody: a file that nobody gets is not made."""
    if out == "-":
        if as_json:
            raise Misuse("out: standard output holds one thing; give the PDF a file.")
        if sys.stdout.isatty():
            raise Misuse("out: a PDF is nothing for a terminal; give it a file, or pass it on.")
    refuse_unless_writable(out, "out", force=force)


def _tell(out: str, chain: Chain, made: MadeFile, *, as_json: bool) -> None:
    """How long it is, its hash, and what is missing; beside a PDF on standard output nothing else stands there."""
    if out == "-":
        return
    if as_json:
        told = {
            "file": out,
            "cases": chain.numbers,
            "pages": made.pages,
            "sha256": made.document,
            "missing": made.missing,
        }
        print(json.dumps(told, indent=2))
        return
    print(f"{Path(out).name}: {made.pages} pages, {', '.join(chain.numbers)}")
    print(f"sha256 {made.document}")
    for one in made.missing:
        print(f"not in it: {one}")


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    """Says what is being done, and for how long, on standard error, where somebody looks."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    quiet = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task("", total=None)

        def step(doing: str) -> None:
            bar.update(task, description=doing)

        yield step
