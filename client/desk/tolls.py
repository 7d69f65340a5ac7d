"""Tolling windows of many cases under an instrument of the pack, and undoing it: `plazo toll`."""

from typing import Annotated

from cyclopts import Parameter

from client.reach.batching import Which, say_to_many
from client.terminal.options import Acting
from client.terminal.reading import build, day
from config.pack import load
from domain.clock.instruments import Instrument, Window
from domain.desk.tolls import Toll, UndoToll, lawful_rows
from domain.policy.pack import Pack
from domain.terms.refusals import Misuse

Flag = Annotated[bool, Parameter(negative="")]


async def toll(
    *,
    window: Window | None = None,
    authority: str | None = None,
    until: str | None = None,
    undo: Flag = False,
    dry_run: Flag = False,
    reason: str = "",
    which: Which = Which(),
    acting: Acting = Acting(),
) -> int:
    """Hold a window of every open case of a plan open through a day, under an instrument of the pack.

    Filing is whatever members and providers file: disputes, appeals, second levels. A decision clock moves only
    under an instrument that names its row. Run again, it leaves alone what is tolled already.

    For example:
        plazo toll --plan mcs-classicare --window filing --authority DR-2026-SAMPLE --until 2026-12-31 --dry-run

    Parameters
    ----------
    window
        Whose time is held open.
    authority
        The instrument, by its id in the pack (`plazo policy show`).
    until
        The last day.
    undo
        Let go of what was held open, and say what becomes late.
    dry_run
        Only say what would change.
    reason
        Why, in a few words.
    """
    if which.plan is None:
        raise Misuse("plan: name the line of business, with --plan.")
    actor, settings = acting.actor, acting.settings
    pack = load(settings.policy)
    pack.plan_named(which.plan)
    act: Toll | UndoToll
    if undo:
        if authority is None:
            raise Misuse("authority: name the instrument, with --authority.")
        act = UndoToll(actor=actor, authority=authority, window=window, reason=reason)
    else:
        lawful = _lawful(pack, which.plan, window, authority)
        if until is None:
            raise Misuse("until: name the last day, with --until.")
        last = day(until, "until")
        act = build(Toll, lawful | {"actor": actor, "until": last, "reason": reason})
    return await say_to_many(
        act,
        which.query(settings),
        settings,
        dry_run=dry_run,
        as_json=acting.json,
        doing="Undoing the toll" if undo else "Tolling",
        named=which.numbers,
    )


def _lawful(
    pack: Pack, plan: str, window: Window | None, authority: str | None
) -> dict[str, Instrument | Window | None]:
    """Window and instrument, refused here where no case could be tolled so."""
    if window is None:
        raise Misuse("window: say whose time is held open, with --window.")
    instrument = _named(pack, authority, window)
    lawful_rows(instrument, window, pack.plan_named(plan), pack.timeframe)
    return {"instrument": instrument, "window": window}


def _named(pack: Pack, authority: str | None, window: Window) -> Instrument | None:
    """The instrument of that id. A decision clock is refused with its lawful route, whatever was named."""
    found = next((row for row in pack.instrument if row.id == authority), None)
    if found is None and authority is not None and window is not Window.DECISION:
        known = ", ".join(row.id for row in pack.instrument) or "none"
        raise Misuse(f"authority: no instrument is called {authority[:40]!r}; the pack knows {known}.")
    return found
