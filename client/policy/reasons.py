"""The library of reasons: `plazo reasons`, the approved words for why a service was not approved."""

import json
from typing import Any

from rich.text import Text

from client.policy.asked import well_formed
from client.tables.section import source, words
from client.terminal.options import Common
from config.console import ConsoleWords
from config.pack import load
from domain.policy.pack import Pack
from domain.policy.rows import AdverseReason, LibraryReason


async def reasons(code: str, /, *, common: Common = Common()) -> int:
    """List the reasons for which a service may be denied or reduced, with the approved words for each.

    A decision takes the words by their own id (`--reason lumbar-mri.too-early`), or those that fit its reason and
    its criterion; words of the decider's own come before both.

    For example:
        plazo reasons 72148

    Parameters
    ----------
    code
        The CPT or HCPCS code.
    """
    rows = _rows(load(common.settings.policy), well_formed(code))
    if common.json:
        print(json.dumps([_as_json(row) for row in rows], indent=2, ensure_ascii=False))
    else:
        _tell(rows)
    return 0


def _rows(pack: Pack, code: str) -> list[LibraryReason | AdverseReason]:
    """The words for this service first, then the general words of each reason."""
    return [*(row for row in pack.library_reason if code in row.services), *pack.reason]


def _as_json(row: LibraryReason | AdverseReason) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude={"services"})


def _tell(rows: list[LibraryReason | AdverseReason]) -> None:
    out = ConsoleWords()
    for row in rows:
        if isinstance(row, LibraryReason):
            about = f"  {words(row.reason)}" + (f", criterion {row.criterion}" if row.criterion else "")
            told = f"version {row.version}, approved {row.approved}; {source(row)}"
        else:
            about, told = f"  {words(row.reason_class.value)}, any service", source(row)
        out.print(Text.assemble((row.id, "bold"), about))
        out.print(f"    {row.words.en}")
        out.print(f"    {row.words.es}")
        out.print(Text(f"    {told}", style="dim"))
