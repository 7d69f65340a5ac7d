"""Doing something to a case: the one way from a command to an act and its answer."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from client.reach.cases import Cases, cases
from client.reach.last_list import named
from client.reach.look import print_json
from client.reach.preview import confirm, show_letters
from client.terminal.asking import is_there_somebody
from client.terminal.options import Acting, Dated, Deciding
from client.terminal.reading import build, instant
from config.settings import Settings
from domain.case.acts import Act, Said

Say = Callable[[Cases, str, Act[Any]], Awaitable[Said]]
Before = Callable[[Cases, str, Act[Any]], Awaitable[None]]


async def do(
    case: str,
    acting: Acting,
    act: type[Act[Any]],
    *,
    before: Before | None = None,
    say: Say = Cases.act,
    **words: Any,
) -> int:
    """Say an act to a case and print its answer, with the date it leaves owed; do something `before` it is said."""
    settings = acting.settings
    number = named(case, settings)
    said_by: dict[str, Any] = {"actor": acting.actor}
    if isinstance(acting, Dated):
        said_by |= {
            "at": await when(case, acting.at, settings, "at"),
            "reason": acting.late_because,
            "confirmed_by": acting.second_person,
        }
    said = build(act, said_by | words)
    if isinstance(acting, Deciding) and (acting.preview or acting.pdf):
        return await show_letters(number, said, acting)
    if isinstance(acting, Deciding) and is_there_somebody():
        await confirm(number, said, acting)
    async with cases(settings) as desk:
        if before:
            await before(desk, number, said)
        answer = await say(desk, number, said)
        if acting.json:
            return print_json(answer)
        page = await desk.sheet(number)
    print(f"{answer.case}: {answer.sentence}. {page.shown.status.code} {page.shown.status.text}; {page.why}.")
    return 0


async def when(case: str, text: str | None, settings: Settings, field: str) -> datetime | None:
    """An instant as it was typed, read on the clock of the case's plan."""
    if text is None:
        return None
    async with cases(settings) as desk:
        page = await desk.sheet(named(case, settings))
    return instant(text, page.calendar.zone, field)
