"""The story that a case belongs to, asked from any of its cases: live by query, closed from the register."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from client.reach.cases import Cases
from domain.terms.calendar import Calendar
from domain.terms.refusals import PlazoError
from domain.view.chain import Story, belong_together, in_order, neighbours, tell
from domain.view.view import Sheet, Timeline

MOST = 40
"""So many cases of a story are looked up at most; a story that is longer says so."""


@dataclass(frozen=True)
class Chain:
    """The case that was asked, and every case of its story in the order of receipt, that one among them."""

    asked: Sheet
    cases: tuple[Sheet, ...]
    is_cut: bool = False  # there are more than are looked up

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(sheet.shown.case for sheet in self.cases)

    @property
    def live(self) -> tuple[str, ...]:
        alive = [sheet.shown for sheet in self.cases if sheet.outcome is None]
        return tuple(shown.case for shown in alive if shown.trouble is None)

    @property
    def calendars(self) -> dict[str, Calendar]:
        """Each case has the calendar of its own policy."""
        return {sheet.shown.case: sheet.calendar for sheet in self.cases}

    @property
    def beside(self) -> tuple[str, ...]:
        """Cases that are linked with the one that was asked, and are no part of its story."""
        return tuple(number for number in self.asked.shown.linked if number not in self.numbers)

    def told(self, chapters: list[Timeline]) -> Story:
        shown = self.asked.shown
        parents = {sheet.shown.case: sheet.shown.parent for sheet in self.cases}
        return tell(shown.case, self.asked.calendar, chapters, parents)


async def chain_of(desk: Cases, number: str, *, alone: bool = False) -> Chain:
    """The story of a case; `alone`, it is that one case."""
    asked = await desk.sheet(number)
    known: dict[str, Sheet | None] = {number: asked}
    found, waiting = {number: asked}, [] if alone else [asked]
    while waiting and len(found) < MOST:
        sheet = waiting.pop(0)
        named = [one for one in neighbours(sheet) if one not in found]
        new = [one for one in named if one not in known]
        known |= dict(zip(new, await asyncio.gather(*(_known(desk, one) for one in new)), strict=True))
        ours = [other for one in named if (other := known[one]) and belong_together(sheet, other)]
        found |= {other.shown.case: other for other in ours}
        waiting += ours
    return Chain(asked, in_order([*found.values()][:MOST]), is_cut=bool(waiting))


async def _known(desk: Cases, number: str) -> Sheet | None:
    """A case that another one names; None where nobody knows it, or it cannot answer now: then it is only named."""
    try:
        return await desk.sheet(number)
    except PlazoError:
        return None


async def story(desk: Cases, chain: Chain) -> Story:
    """What happened in each case, as one story."""
    return chain.told(await _of_each(desk.timeline, chain.numbers))


async def to_come(desk: Cases, chain: Chain) -> Story:
    """What happens in each open case if nobody acts; the case that was asked answers where none is open."""
    return chain.told(await _of_each(desk.forecast, chain.live or (chain.asked.shown.case,)))


async def _of_each(ask: Callable[[str], Awaitable[Timeline]], numbers: tuple[str, ...]) -> list[Timeline]:
    return [*await asyncio.gather(*(ask(number) for number in numbers))]
