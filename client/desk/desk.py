"""What anybody at a desk does: claim, release, assign, note, attach, request-info, withdraw."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from client.reach.acting import do
from client.reach.cases import cases
from client.reach.resuming import act_or_resume
from client.staff.absences import absences_of
from client.terminal.asking import needed
from client.terminal.last_list import named
from client.terminal.options import Acting, AskedBack, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, content, instant, read_json, read_text
from client.terminal.typed import begun_or_typed, day_of
from config.access.staff import person
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.desk import desk
from domain.desk.notes import StrikeNote
from domain.request.request import Document


async def claim(
    case: CaseNumber, /, *, queue: Annotated[str | None, AskedBack] = None, acting: Acting = Acting()
) -> int:
    """Take the work of a case that waits in one of your queues.

    For example:
        plazo claim PRE-7K2M-9QXD-4HBT --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    queue
        Only this queue, where several wait.
    """
    named(case, acting.settings)
    absences = await absences_of(acting.settings, acting.actor.id)
    return await do(case, acting, desk.Claim, queue=queue, absences=absences)


async def release(case: CaseNumber, /, *, acting: Acting = Acting()) -> int:
    """Put back the work of a case that you have taken.

    For example:
        plazo release PRE-7K2M-9QXD-4HBT --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    """
    return await do(case, acting, desk.Release)


async def assign(
    case: CaseNumber,
    to: Annotated[str, AskedBack],
    /,
    *,
    queue: Annotated[str | None, AskedBack] = None,
    acting: Acting = Acting(),
) -> int:
    """Give the work of a case to somebody.

    For example:
        plazo assign PRE-7K2M-9QXD-4HBT rn-colon --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    to
        The person, by the id of the staff file.
    queue
        Only the work of this queue.
    """
    named(case, acting.settings)
    taker, actor = person(acting.settings.policy, to), acting.actor
    absences = await absences_of(acting.settings, taker.id)
    return await do(case, acting, desk.Assign, actor=actor, to=taker, queue=queue, absences=absences)


async def note(case: CaseNumber, text: OrStandardInput = "-", /, *, acting: Dated = Dated()) -> int:
    """Write a note into a case. Clinical or personal text comes from standard input, not from the command line.

    For example:
        echo "Office will fax the study tonight." | plazo note PRE-7K2M-9QXD-4HBT - --as ic-santos

    Parameters
    ----------
    case
        The case number.
    text
        The note; `-` reads it from standard input.
    """
    said = read_text(text) if text == "-" else text
    return await do(case, acting, desk.Note, say=act_or_resume, text=said)


async def strike(case: CaseNumber, number: int, /, *, because: str, acting: Acting = Acting()) -> int:
    """Strike a note through that is wrong: it stays readable, with who did so, when and why.

    For example:
        plazo note strike PRE-7K2M-9QXD-4HBT 2 --because "meant for another case" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    number
        The number of the note, as `plazo timeline` gives it.
    because
        Why, without personal data.
    """
    return await do(case, acting, StrikeNote, say=act_or_resume, note=number, reason=because)


async def attach(
    case: CaseNumber,
    file: Path,
    /,
    *,
    kind: str | None = None,
    dated: str | None = None,
    received: str | None = None,
    facts: OrStandardInput | None = None,
    acting: Acting = Acting(),
) -> int:
    """Attach a paper that arrived, with the facts that it shows.

    For example:
        plazo attach PRE-7K2M-9QXD-4HBT study.pdf --kind previous_study --dated 2026-02-20 --facts facts.json

    Parameters
    ----------
    case
        The case number.
    file
        The paper.
    kind
        What kind of paper it is, or what begins it; `plazo policy show` lists them. A terminal asks for it.
    dated
        The paper's own date; a terminal asks for it.
    received
        When it reached us, if not now, in the plan's zone.
    facts
        A JSON file with the answers that it gives to criteria; `-` for standard input.
    """
    settings, pack = acting.settings, load(acting.settings.policy)
    kind = kind or needed("kind", "Kind of paper:", "Tipo de papel:")
    dated = dated or needed("dated", "Dated:", "Fecha:")
    store = DocumentStore(settings.documents, KeyRing.load(Home(settings.home).keyring))
    async with cases(settings) as looked_at:
        page = await looked_at.sheet(named(case, settings))  # a paper is kept only for a case that is there
    received_at = instant(received, page.calendar.zone, "received") if received else None
    fields = {
        "kind": begun_or_typed(kind, (row.id for row in pack.document_kind)),
        "dated": day_of(dated, page.calendar.day_of(received_at or datetime.now(UTC)), "dated"),
        "received_at": received_at,
        "facts": read_json(facts) if facts else {},
    }
    digest = store.put(content(file, pack))
    document = build(Document, {"id": digest[:12], "sha256": digest, **fields})
    return await do(case, acting, desk.Attach, document=document)


async def request_info(
    case: CaseNumber,
    /,
    *items: str,
    es: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    acting: Acting = Acting(),
) -> int:
    """Ask the requester for what is needed, item by item.

    For example:
        plazo request-info PRE-7K2M-9QXD-4HBT "Report of the last study" --es "Informe del último estudio"

    Parameters
    ----------
    case
        The case number.
    items
        Each thing that is asked for.
    es
        The same things in Spanish, in the same order, for a reader of Spanish.
    """
    return await do(case, acting, desk.RequestInformation, items=items, items_es=es)


async def withdraw(
    case: CaseNumber,
    /,
    *,
    by: Literal["member", "physician", "representative", "provider"] = "member",
    acting: Dated = Dated(),
) -> int:
    """Take a request back at the requester's word, before it is decided.

    For example:
        plazo withdraw PRE-7K2M-9QXD-4HBT --by physician --as ic-santos

    Parameters
    ----------
    case
        The case number.
    by
        Who takes it back.
    """
    return await do(case, acting, desk.Withdraw, by=by)
