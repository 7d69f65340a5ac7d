"""What supervisors look at: `plazo board | views`."""

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter
from rich.console import Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from activities.desk.board import BoardQuestion, Boards
from client.reach.cases import Cases, cases
from client.terminal.options import Acting, Common
from config import views as known
from config.console import ConsoleWords
from config.home import Home
from config.settings import Settings
from domain.terms.refusals import Misuse, Unreachable
from domain.view.board import Board

PAGES = "http://127.0.0.1:8233"
"""Where `plazo pages` answers unless it is told otherwise."""

COLUMNS = {
    "open": ("open", ""),
    "unassigned": ("unassigned", ""),
    "today": ("due today", "yellow"),
    "day": ("in 24 hours", ""),
    "overdue": ("overdue", "bold red"),
}
"""What stands over each number, and how one that is not nought is set."""

WIDTH = 120  # columns in a pipe: no queue's name is cut
EVERY = 5.0  # seconds between two looks


async def board(*, live: Annotated[bool, Parameter(negative="")] = False, common: Common = Common()) -> int:
    """Show how much waits in each queue of each plan, and how late it is: open cases, counted.

    For example:
        plazo board --live

    Parameters
    ----------
    live
        Stay, and count again every five seconds, until Ctrl-C.
    """
    if live and common.json:
        raise Misuse("live: it is for people and JSON for programs; ask for one of them.")
    console = ConsoleWords()
    if not console.is_terminal:
        console.width = WIDTH
    async with cases(common.settings) as desk:
        seen = await _counted(desk)
        if common.json:
            print(seen.model_dump_json(indent=2))
        elif live and console.is_terminal:
            await _stay(desk, seen, console)
        else:
            console.print(_drawn(seen))
    return 0


async def _counted(desk: Cases) -> Board:
    return await desk.ask(Boards.board, BoardQuestion(now=datetime.now(UTC)))


async def _stay(desk: Cases, seen: Board, console: ConsoleWords) -> None:
    with Live(_drawn(seen), console=console, screen=True, auto_refresh=False) as screen:
        while True:
            await asyncio.sleep(EVERY)
            try:
                seen, said = await _counted(desk), f"as of {time.strftime('%H:%M:%S')}; Ctrl-C ends"
            except Unreachable as away:
                said = str(away)
            screen.update(Group(_drawn(seen), Text(said, "dim")), refresh=True)


def _drawn(board: Board) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("plan")
    table.add_column("queue")
    for title, _ in COLUMNS.values():
        table.add_column(title, justify="right")
    plan = ""
    for row in board.queues:
        counts = ((getattr(row, name), style) for name, (_, style) in COLUMNS.items())
        cells = [Text(str(count), style if count else "dim") for count, style in counts]
        table.add_row(row.plan if row.plan != plan else "", row.queue, *cells)
        plan = row.plan
    missed = sum(len(one.cases) for one in board.breaches)
    return Group(
        table if board.queues else Text("Nothing waits in any queue."),
        Text(f"\nDue in the next {len(board.hours)} hours: {sum(board.hours)}. "),
        Text(f"Breaches of yesterday: {missed}.", "bold red" if missed else ""),
        *(Text(f"To attest: {one}.", "yellow") for one in board.to_attest),
    )


async def views(*, query: Annotated[bool, Parameter(negative="")] = False, acting: Acting = Acting()) -> int:
    """List the views of cases, each with the address that opens it in the Temporal UI.

    For example:
        plazo views --as rn-rivera

    Parameters
    ----------
    query
        Print each as a query of Temporal's search, as of this moment, for `temporal workflow list --query`.
    """
    settings = acting.settings
    staff = acting.actor.id if acting.is_named else ""
    asked = known.Asked(now=datetime.now(UTC), zones=known.zones(settings.policy), staff=staff)
    shown = [one for one in known.VIEWS if staff or not one.is_personal]
    told = [
        {
            "view": one.id,
            "title": one.title,
            "about": one.about,
            "address": f"{_pages(settings)}/views/{one.id}{f'?as={staff}' if one.is_personal else ''}",
            "query": one.query(asked),
        }
        for one in shown
    ]
    if acting.json:
        print(json.dumps(told, indent=2))
        return 0
    last = "query" if query else "address"
    ConsoleWords().rows([(one["title"], one[last]) for one in told])
    if not query:
        print(f"All of them, and the columns for a browser: {_pages(settings)}/views")
    return 0


def _pages(settings: Settings) -> str:
    server = Home(settings.home).running()
    return server.ui if server else PAGES
