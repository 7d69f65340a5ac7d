"""Doing something to a case: the one way from a command to an act and its answer."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any

from client.reach.cases import Cases, cases
from client.reach.look import print_json
from client.reach.preview import confirm, confirm_by_number, show_letters
from client.terminal.asking import is_there_somebody, tell
from client.terminal.last_list import named
from client.terminal.options import Acting, Dated, Deciding, Telling
from client.terminal.reading import build, instant
from config.settings import Settings
from config.tongue import spoken
from domain.case.acts import Act, Said
from domain.terms.notice import NoticeKind
from domain.view.notices import THE_MAIL_RUN
from domain.view.view import ShownNotice

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
    if isinstance(acting, Telling) and is_there_somebody():
        if isinstance(acting, Deciding):
            await confirm(number, said, acting)
        else:
            confirm_by_number(number)
    async with cases(settings) as desk:
        if before:
            await before(desk, number, said)
        answer = await say(desk, number, said)
        if acting.json:
            return print_json(answer)
        page = await desk.sheet(number)
        letters = (await desk.notices(number)).notices if isinstance(acting, Deciding) else ()
    status = spoken(f"{page.shown.status.code} {page.shown.status.text}")
    print(f"{answer.case}: {spoken(answer.sentence)}. {status}; {spoken(page.why)}.")
    if run := waited_for(letters):
        tell(f"Its letters wait for {run}; until then `plazo reconsider {number}` takes it back.")
    return 0


def waited_for(letters: Iterable[ShownNotice]) -> str | None:
    """The mail run for which the newest letters wait, as long as none of an answer has left."""
    answers = [one for one in letters if one.kind == NoticeKind.DETERMINATION]
    if any(one.sent_at for one in answers):
        return None
    return next((one.waits_for for one in answers if (one.waits_for or "").startswith(THE_MAIL_RUN)), None)


async def when(case: str, text: str | None, settings: Settings, field: str) -> datetime | None:
    """An instant as it was typed, read on the clock of the case's plan."""
    if text is None:
        return None
    async with cases(settings) as desk:
        page = await desk.sheet(named(case, settings))
    return instant(text, page.calendar.zone, field)
