"""What came in and belongs to nothing yet, and papers that went astray: `plazo unmatched | papers | misfiled`."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic_core import to_jsonable_python

from client.intake.desk import IntakeDesk
from client.reach.cases import Cases, cases
from client.reach.checking import IN_THE_FUTURE
from client.reach.look import look, print_json
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, Common, OrStandardInput
from client.terminal.reading import build, instant, read_json, read_text
from client.terminal.typed import begun, begun_or_typed, day_of
from config.console import ConsoleWords
from config.pack import load
from domain.case.acts import Said
from domain.desk.desk import Attach
from domain.desk.misfiled import MovePaper
from domain.desk.unmatched import Unmatched
from domain.request.request import Document
from domain.terms.refusals import Misuse
from domain.view.view import ShownPapers

HERE = "%a %-d %b %Y %H:%M %Z"


@asynccontextmanager
async def _desk(acting: Acting) -> AsyncIterator[IntakeDesk]:
    async with cases(acting.settings) as found:
        yield IntakeDesk(found, acting, load(acting.settings.policy))


async def unmatched(*, acting: Acting = Acting()) -> int:
    """List what came in and belongs to no case yet, the oldest first: faxes, and sheets that were begun.

    For example:
        plazo unmatched --as ic-santos
    """
    async with _desk(acting) as desk:
        kept, zone = await desk.kept(), ZoneInfo(desk.zone)
    if acting.json:
        print(json.dumps(to_jsonable_python(kept), indent=2))
    elif kept:
        ConsoleWords().rows(
            (_row(one, zone) for one in kept), ("id", "received", "pages", "sheet", "kept by", "note")
        )
    else:
        print("Everything belongs to a case.")
    return 0


def _row(one: Unmatched, zone: ZoneInfo) -> tuple[str, ...]:
    begun = "begun" if one.sheet else "-"
    received = f"{one.received_at.astimezone(zone):{HERE}}"
    return (one.id, received, str(one.pages), begun, one.kept_by, one.note or "-")


async def keep(
    *fax: Path, received: str | None = None, note: OrStandardInput | None = None, acting: Acting = Acting()
) -> int:
    """Keep a fax that nobody can place yet; kept twice, it is kept once.

    For example:
        plazo unmatched keep fax-0418.pdf --received "2026-03-02 18:41" --as ic-santos

    Parameters
    ----------
    fax
        Its files.
    received
        When it reached us, if not when its files were written, in the zone of the first plan.
    note
        What was tried; `-` reads it from standard input, where it may name people.
    """
    async with _desk(acting) as desk:
        came = await desk.fax(fax)
        if received:
            came.received = instant(received, desk.zone, "received")
        if came.received > datetime.now(UTC):
            raise Misuse(f"{IN_THE_FUTURE.replace('received_at', 'received')}.")
        kept = await desk.keep(came, read_text(note) if note == "-" else note)
    if acting.json:
        return print_json(kept)
    print(f"{kept.id} {f'belongs to {kept.case}' if kept.case else 'kept'}")
    return 0


async def match(
    one: str,
    case: CaseNumber,
    /,
    *,
    kind: str,
    dated: str,
    facts: OrStandardInput | None = None,
    acting: Acting = Acting(),
) -> int:
    """Attach what was kept to the case that it belongs to, with the receipt that it has.

    For example:
        plazo unmatched match 3fa2 1 --kind laboratory --dated 2/20 --as ic-santos

    Parameters
    ----------
    one
        What was kept, by its id or what begins it.
    case
        The case number, or its row in the last list.
    kind
        What kind of paper it is, or what begins it; `plazo policy show` lists them.
    dated
        The paper's own date.
    facts
        A JSON file with the answers that it gives to criteria; `-` for standard input.
    """
    shown = read_json(facts) if facts else {}
    number = named(case, acting.settings)
    async with _desk(acting) as desk:
        kept = await desk.kept_as(one)
        if not kept.papers:
            raise Misuse("unmatched: it is a sheet without papers; go on with `plazo intake --of`.")
        came = await _not_before(desk.cases, number, kept.received_at)
        own_day = day_of(dated, came.astimezone(ZoneInfo(desk.zone)).date(), "dated")
        meant = begun_or_typed(kind, (row.id for row in desk.pack.document_kind))
        fields = {"kind": meant, "dated": own_day, "facts": shown, "received_at": came}
        for digest in kept.papers:
            document = build(Document, {"id": digest[:12], "sha256": digest, **fields})
            act = Attach(actor=acting.actor, document=document, reason="it lay unmatched")
            said = await desk.cases.act(number, act)
        await desk.belongs(kept, number)
    return _say(said, acting)


async def papers(case: CaseNumber, /, *, common: Common = Common()) -> int:
    """List the papers of a case, with the ids by which they are named.

    For example:
        plazo papers PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    """
    return await look(case, common, Cases.papers, _tell)


def _tell(page: ShownPapers) -> None:
    rows = [(one.id, one.kind, str(one.dated), _shown(one)) for one in page.documents]
    ConsoleWords().rows(rows, ("id", "kind", "dated", "shows")) if rows else print("It holds no papers.")


def _shown(paper: Document) -> str:
    return ", ".join(f"{fact.name}={fact.value}" for fact in paper.shown_facts) or "-"


async def misfiled(
    case: CaseNumber, document: str, to: str, /, *, because: str, acting: Acting = Acting()
) -> int:
    """Move a paper to the case that it belongs to; both say so, and it keeps the receipt that it has.

    For example:
        plazo misfiled PRE-7K2M-9QXD-4HBT 3fa2 1 --because "another member"

    Parameters
    ----------
    case
        The case in which it lies.
    document
        The paper, by its id or what begins it (`plazo papers CASE`).
    to
        The case that it belongs to.
    because
        Why, without personal data.
    """
    wrong, right = named(case, acting.settings), named(to, acting.settings)
    async with cases(acting.settings) as desk:
        lying = {one.id: one for one in (await desk.papers(wrong)).documents}
        paper = lying[begun(document, lying)]
        received = paper.received_at or (await desk.sheet(wrong)).shown.received_at
        came = await _not_before(desk, right, received)
        give = MovePaper(actor=acting.actor, document=paper.id, to=right, reason=because)
        moved = paper.model_copy(update={"received_at": came})
        take = Attach(actor=acting.actor, document=moved, out_of=wrong, reason=because)
        await desk.act(right, take)  # first: what stops in between leaves it in both, and may be said again
        said = await desk.act(wrong, give)
    return _say(said, acting)


def _say(said: Said, acting: Acting) -> int:
    if acting.json:
        return print_json(said)
    print(f"{said.case}: {said.sentence}.")
    return 0


async def _not_before(desk: Cases, case: str, received: datetime) -> datetime:
    """When a paper reached us, which for a case is not before it did itself."""
    return max(received, (await desk.sheet(case)).shown.received_at)
