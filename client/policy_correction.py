"""Correcting a wrong policy row in every open case that lives by it: `plazo policy correct`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from client.batching import OPEN, say_to_many
from client.options import Acting
from client.policy_diff import pack_in
from domain.correcting import CorrectRow
from domain.pack import Pack
from domain.refusals import Misuse
from domain.timeframe import Timeframe
from workflows.attributes import PLAN


async def correct(
    row: str,
    /,
    *,
    pack: Path,
    because: str,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Correct a timeframe that was wrong, in every open case that lives by it: a supervisor's act.

    The row is taken from another pack, as it should have read; nothing else of that pack enters a case. Each
    case is rehearsed first: with --dry-run nothing else happens. Run again, it leaves alone what reads so already.

    For example:
        plazo policy correct pr-standard --pack /srv/plazo/policy-corrected --because "misread" --dry-run

    Parameters
    ----------
    row
        The timeframe, by its id.
    pack
        The folder of the pack that holds the corrected row.
    because
        Why; a correction always says so.
    dry_run
        Only say which due dates would move.
    """
    settings = acting.settings
    corrected = pack_in(pack)
    found = _named(corrected, row)
    plans = sorted(plan.id for plan in corrected.plan if found.regime in plan.regimes)
    act = CorrectRow(actor=acting.actor, reason=because, row=found, pack=corrected.content_hash[:12])
    named = ", ".join(f"'{plan}'" for plan in plans)
    return await say_to_many(
        act,
        f"{OPEN} AND {PLAN.name} IN ({named})",
        settings,
        dry_run=dry_run,
        as_json=acting.json,
        doing="Correcting",
    )


def _named(pack: Pack, row: str) -> Timeframe:
    for one in pack.timeframe:
        if one.id == row:
            return one
    raise Misuse(f"row: no timeframe of that pack is called {row[:40]!r}; see `plazo policy show`.")
