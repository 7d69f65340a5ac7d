"""Looking at a case: `plazo show | explain | forecast | timeline`."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated, TypeVar

from cyclopts import Parameter
from pydantic import BaseModel

from activities.desk.payers import Payers, PayersQuestion
from client.drawing.diary import diary
from client.drawing.life import life_of
from client.drawing.picture import lay_out
from client.drawing.svg import draw
from client.reach.cases import Cases, cases
from client.reach.chain import chain_of, story, to_come
from client.reach.chain_render import tell_chain, tell_story, tell_to_come
from client.terminal import render
from client.terminal.asking import tell
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, Common, OrStandardInput
from client.terminal.outfile import refuse_unless_writable, write
from config.pack import load
from domain.case.authority import may
from domain.policy.pack import Pack
from domain.program.rows import CareIndicator
from domain.terms.kind import KINDS, Slice
from domain.terms.people import Actor
from domain.terms.refusals import Misuse, Unreachable
from domain.view.chain import ShownInChain
from domain.view.view import ReviewedLine, Sheet, Timeline

M = TypeVar("M", bound=BaseModel)


def print_json(model: BaseModel) -> int:
    """The model as other programs read it."""
    print(model.model_dump_json(by_alias=True, indent=2))
    return 0


async def look(
    case: str, common: Common, ask: Callable[[Cases, str], Awaitable[M]], tell: Callable[[M], None]
) -> int:
    """Ask a case one thing, and print the answer for people or for programs."""
    async with cases(common.settings) as desk:
        answer = await ask(desk, named(case, common.settings))
    if common.json:
        return print_json(answer)
    tell(answer)
    return 0


async def suggested(desk: Cases, page: Sheet, pack: Pack) -> tuple[CareIndicator, ...]:
    """The indicators of care management that the codes of an open case suggest; nobody is enrolled by it."""
    shown = page.shown
    lines: tuple[ReviewedLine, ...] = ()
    if Slice.REVIEWS in KINDS[shown.kind].takes and page.outcome is None and not shown.trouble:
        with suppress(Unreachable):
            lines = (await desk.review_sheet(shown.case)).lines
    diagnoses = [code for line in lines for code in line.diagnoses]
    return pack.care.suggested(shown.kind, diagnoses, [line.service for line in lines])


async def order_of_payers(desk: Cases, case: str, actor: Actor) -> str | None:
    """Who pays first for the member of a case, and who then; None where no case of coordination says it."""
    with suppress(Unreachable, Misuse):
        told = await desk.ask(Payers.payers_of, PayersQuestion(case=case, actor=actor))
        if told.case and told.payers:
            return f"{told.order} ({told.case})"
    return None


async def show(
    case: CaseNumber,
    /,
    *,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Show a case: stage, clocks, why it waits, who must act, what comes next.

    It names the member, who pays first for them, and what of its codes suggests care management, to whoever says
    who is looking and works on cases.

    For example:
        plazo show PRE-7K2M-9QXD-4HBT --as rn-rivera

    Parameters
    ----------
    case
        The case number, in any case of letters; or its row in the last list.
    everything
        Every clock and every next date too.
    """
    may_read = acting.is_named and may(acting.actor, "work on cases")
    async with cases(acting.settings) as desk:
        chain = await chain_of(desk, named(case, acting.settings))
        page = chain.asked
        asks = may_read and not acting.json
        found = await suggested(desk, page, load(acting.settings.policy)) if asks else ()
        pays = await order_of_payers(desk, page.shown.case, acting.actor) if asks else None
    if acting.json:
        return print_json(ShownInChain.of(page.shown, chain.cases))
    beside = page.shown.model_copy(update={"linked": chain.beside})
    member = page.member if may_read else None
    render.sheet(page.model_copy(update={"shown": beside, "member": member}), everything=everything)
    if pays:
        tell(f"pays first: {pays}")
    if found:
        names = ", ".join(row.id for row in found)
        tell(f"care management may help: {names} (plazo care refer FILE --from-case {page.shown.case})")
    tell_chain(chain)
    return 0


async def explain(case: CaseNumber, /, *, common: Common = Common()) -> int:
    """Explain why each due date of a case is what it is, step by step, with the rule behind each.

    For example:
        plazo explain PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    """
    return await look(case, common, Cases.explanation, render.explanation)


async def forecast(
    case: CaseNumber,
    /,
    *,
    alone: Annotated[bool, Parameter(negative="")] = False,
    picture: OrStandardInput | None = None,
    text: Annotated[bool, Parameter(negative="")] = False,
    force: Annotated[bool, Parameter(negative="")] = False,
    common: Common = Common(),
) -> int:
    """Say what happens to a case on which day if nobody acts; draw its life as a picture.

    Cases that came out of it, or that it came out of, are told with it, each by its own clock.

    For example:
        plazo forecast PRE-7K2M-9QXD-4HBT --picture life.svg

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    alone
        Only this case, without those of its story; a picture is always of one case.
    picture
        Draw its whole life on a sheet of A4 that names nobody: an SVG file, or `-`. A file that is there stays.
    text
        The same life for the terminal: one line for each day that matters, past and to come.
    force
        Put the picture in the place of a file that is there.
    """
    if picture == "-" and (text or common.json):
        raise Misuse("picture: standard output holds one thing; give the picture a file.")
    if text and common.json:
        raise Misuse("text: it is for people and JSON for programs; ask for one of them.")
    if picture:
        refuse_unless_writable(picture, "picture", force=force)
    number = named(case, common.settings)
    async with cases(common.settings) as desk:
        if picture or text:
            life = life_of(
                *(await desk.explanation(number), await desk.timeline(number), await desk.forecast(number)),
                await desk.now_of(number),
            )
        if common.json or not (picture or text):
            chain = await chain_of(desk, number, alone=alone)
            told = await to_come(desk, chain)
    if picture:
        write(picture, "picture", draw(lay_out(life)).encode("ascii"), force=force)
    if text:
        print(diary(life))
    elif common.json:
        return print_json(told)
    elif not picture:
        tell_to_come(told, chain)
    return 0


async def timeline(
    case: CaseNumber, /, *, alone: Annotated[bool, Parameter(negative="")] = False, common: Common = Common()
) -> int:
    """Tell what happened to a case, who did it, when it happened and when it was recorded.

    Cases that came out of it, or that it came out of, are told with it as one story.

    For example:
        plazo timeline PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number, or its row in the last list.
    alone
        Only this case, event by event as it was recorded, without those of its story.
    """
    number = named(case, common.settings)
    async with cases(common.settings) as desk:
        if alone:
            return _told(await desk.timeline(number), common)
        chain = await chain_of(desk, number)
        told = await story(desk, chain)
    if common.json:
        return print_json(told)
    tell_story(told, chain)
    return 0


def _told(one: Timeline, common: Common) -> int:
    if common.json:
        return print_json(one)
    render.timeline(one)
    return 0
