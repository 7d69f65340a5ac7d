"""Referring to care management: `plazo care refer | suggest | schema`."""

import json
from datetime import UTC, datetime

from activities.opening import CareOpening, application_of_referred
from client.reach.cases import cases
from client.reach.checking import keep_documents, look_over, with_receipt
from client.reach.counter import folder_of, tell_opened
from client.reach.intake import Arrival, open_case
from client.reach.last_list import named
from client.reach.look import suggested
from client.terminal.asking import tell
from client.terminal.options import Acting, CaseNumber, Common, OrStandardInput
from client.terminal.reading import build, read_json
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.care.acts import ReferAgain
from domain.care.care import CareManagement
from domain.program.referred import Referred
from domain.terms.calendar import whole_seconds
from domain.terms.case_number import parse
from domain.terms.refusals import Misuse


async def refer(
    file: OrStandardInput,
    /,
    *,
    received: str | None = None,
    from_case: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Open the case of a member who may be helped by care management. Anybody refers; nobody is enrolled by it.

    For example:
        plazo care refer examples/care/referral.json --as ic-santos

    Parameters
    ----------
    file
        The referral, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it: `2026-07-24 09:00` in the plan's zone.
    from_case
        The case that shows it, such as a referral to the United States, if the file does not say it. Where the
        file names no indicators, they are those that its codes suggest.
    """
    settings, kind = acting.settings, CareManagement.kind
    pack, ring = load(settings.policy), KeyRing.load(Home(settings.home).keyring)
    fields = with_receipt(read_json(file), received, pack)
    referred = build(Referred, fields | ({"case": from_case} if from_case else {}))
    look_over(referred, pack, datetime.now(UTC), kind)
    known = [row.id for row in pack.care_indicator]
    if strange := [one for one in referred.indicators if one not in known]:
        raise Misuse(f"indicators: {strange[0]} is none; there are {', '.join(known)}.")
    kept = keep_documents(referred.documents, folder_of(file), DocumentStore(settings.documents, ring), pack)
    shown_by = parse(referred.case) if referred.case else None
    told: dict[str, object] = {"documents": kept, "case": shown_by}
    told["received_at"] = whole_seconds(referred.received_at)
    async with cases(settings) as desk:
        if shown_by:
            found = suggested(await desk.sheet(shown_by), pack)
            told["indicators"] = referred.indicators or tuple(row.id for row in found)
        asked = referred.model_copy(update=told)
        arrival = Arrival(
            kind,
            asked,
            lambda number: CareOpening(number=number, referred=asked, keyed_by=acting.clerk),
            application=lambda number: application_of_referred(number, asked),
            receive=lambda number: ReferAgain(actor=acting.clerk, receipt=number, referred=asked),
            linked=(shown_by,) if shown_by else (),
        )
        opened = await open_case(desk, ring, arrival)
    return tell_opened(opened, as_json=acting.json)


async def suggest(case: CaseNumber, /, *, common: Common = Common()) -> int:
    """Tell which indicators of care management the codes of a request suggest. Nothing is opened by it.

    For example:
        plazo care suggest PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    number = named(case, common.settings)
    async with cases(common.settings) as desk:
        found = suggested(await desk.sheet(number), load(common.settings.policy))
    if common.json:
        print(json.dumps({"case": number, "indicators": [row.id for row in found]}))
        return 0
    for row in found:
        tell(f"{row.id}: {row.title.en}")
    if not found:
        tell("no code of it suggests any")
    return 0


async def schema() -> int:
    """Print the JSON Schema of a referral to care management.

    For example:
        plazo care schema > care.schema.json
    """
    print(json.dumps(Referred.model_json_schema(), indent=2))
    return 0
