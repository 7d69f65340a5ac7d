"""Correcting a wrong policy row, or a wrong day, in every open case that lives by it: `plazo policy correct`."""

import re
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from client.policy.diff import pack_in
from client.reach.batching import OPEN, say_to_many
from client.terminal.options import Acting
from client.terminal.reading import build, day
from config.calendars import calendar_of
from domain.clock.timeframe import Timeframe
from domain.desk.row_correction import CorrectDay, CorrectRow
from domain.policy.pack import Pack
from domain.terms.refusals import Misuse
from workflows.running.attributes import PLAN


async def correct(
    row: str,
    /,
    *,
    pack: Path,
    because: str,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Correct a timeframe or a calendar day that was wrong, in every open case that has it: a supervisor's act.

    The row is taken from another pack, as it should have read; nothing else of that pack enters a case. Each
    case is rehearsed first: with --dry-run nothing else happens. Run again, it leaves alone what reads so already.

    For example:
        plazo policy correct pr-standard --pack /srv/plazo/policy-corrected --because "misread" --dry-run
        plazo policy correct 2026-12-24 --pack /srv/plazo/policy-corrected --because "proclaimed" --dry-run

    Parameters
    ----------
    row
        The timeframe, by its id; or a day that is a holiday, or none, as the plans of that pack have it.
    pack
        The folder of the pack that holds the corrected row.
    because
        Why; a correction always says so.
    dry_run
        Only say which due dates would move.
    """
    settings = acting.settings
    corrected = pack_in(pack)
    act, plans = _correction(row, corrected, acting, because)
    named = ", ".join(f"'{plan}'" for plan in sorted(plans))
    return await say_to_many(
        act,
        f"{OPEN} AND {PLAN.name} IN ({named})",
        settings,
        dry_run=dry_run,
        as_json=acting.json,
        doing="Correcting",
    )


def _correction(
    what: str, pack: Pack, acting: Acting, because: str
) -> tuple[CorrectRow | CorrectDay, list[str]]:
    """The act that corrects it, and the plans whose cases may live by it."""
    said: dict[str, Any] = {"actor": acting.actor, "reason": because, "pack": pack.content_hash[:12]}
    if re.match(r"\d{4}-", what):
        on = day(what, "row")
        closed = {plan.id: calendar_of(plan, on.year, on.year).holidays.get(on) for plan in pack.plan}
        named = {plan: name for plan, name in closed.items() if name}
        return build(CorrectDay, said | {"day": on, "closed": named}), list(closed)
    row = _named(pack, what)
    return CorrectRow(row=row, **said), [plan.id for plan in pack.plan if row.regime in plan.regimes]


def _named(pack: Pack, row: str) -> Timeframe:
    for one in pack.timeframe:
        if one.id == row:
            return one
    raise Misuse(f"row: no timeframe of that pack is called {row[:40]!r}; see `plazo policy show`.")
