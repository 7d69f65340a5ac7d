"""Referring to care management: `plazo care refer | suggest | schema`."""

import json

from client.reach.bringing import bring
from client.reach.cases import Cases, cases
from client.reach.look import suggested
from client.terminal.asking import tell
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, Common, OrStandardInput
from config.pack import load
from domain.policy.pack import Pack
from domain.program.referred import Referred
from domain.terms.refusals import Misuse
from domain.view.view import Sheet
from workflows.care import CareOpening


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
    given = {"case": from_case}
    return await bring(CareOpening, file, received, acting, refuse=_strange, given=given, shows=_shown_by)


def _strange(referred: Referred, pack: Pack) -> None:
    known = [row.id for row in pack.care_indicator]
    if strange := [one for one in referred.indicators if one not in known]:
        raise Misuse(f"indicators: {strange[0]} is none; there are {', '.join(known)}.")


async def _shown_by(desk: Cases, referred: Referred, page: Sheet, pack: Pack) -> dict[str, object]:
    found = await suggested(desk, page, pack)
    return {"indicators": referred.indicators or tuple(row.id for row in found)}


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
        found = await suggested(desk, await desk.sheet(number), load(common.settings.policy))
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
