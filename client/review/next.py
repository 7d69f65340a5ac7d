"""The next piece of work, opened with its review: `plazo next`."""

from collections.abc import Awaitable, Callable

from client.desk.desk import release, request_info
from client.desk.worklist import marked, print_waiting, queues_of
from client.reach.cases import Cases, cases
from client.reach.trouble import troubles
from client.review.decisions import approve, deny, refer
from client.staff.absences import absences_of, today
from client.terminal import render
from client.terminal.asking import ask, in_tongue, is_there_somebody, tell
from client.terminal.options import Acting, Dated, Deciding
from domain.desk.desk import Claim
from domain.parts.absence import Absence
from domain.terms.kind import KINDS, Slice
from domain.terms.people import Actor
from domain.terms.refusals import PlazoError, Refused
from domain.view.page import Waiting

WHAT_NOW = "approve (a), refer (r), deny (d), ask (i), put back (p), skip to another (s); Enter keeps it:"
WHAT_NOW_ES = (
    "aprobar (a), referir (r), denegar (d), pedir (i), devolver (p), saltar a otro (s); Enter lo guarda:"
)


async def next_(*, acting: Acting = Acting()) -> int:
    """Take the most urgent piece of work that nobody has, from your queues, and open it with its review.

    What you have just put back is not handed to you again at once. On a terminal it asks what to do with it.

    For example:
        plazo next --as rn-rivera
    """
    actor = acting.actor
    absences = await absences_of(acting.settings, actor.id)
    if away := next((one for one in absences if one.is_on(today())), None):
        raise Refused(f"{away.refusal}; `plazo staff back {away.who}` ends that")
    async with cases(acting.settings) as desk:
        taken = await _take_first_free(desk, actor, absences)
        if taken and not acting.json:
            await _open(desk, taken)
    if acting.json:
        print_waiting([taken] if taken else [])
    elif taken is None:
        tell("Nothing waits, but for what you may have put back a moment ago.")
    elif is_there_somebody():
        return await _go_on(taken.case, acting)
    return 0


async def _take_first_free(desk: Cases, actor: Actor, absences: tuple[Absence, ...]) -> Waiting | None:
    rows = await desk.worklist(queues_of(actor), actor)
    for row in marked(rows, await troubles(desk.client)):
        if row.assignee is not None or row.trouble:
            continue
        try:
            await desk.act(row.case, Claim(actor=actor, queue=row.queue, absences=absences, as_next=True))
        except Refused:
            continue  # somebody else was quicker, or this one has just put it back
        return row.model_copy(update={"assignee": actor.id})
    return None


async def _open(desk: Cases, taken: Waiting) -> None:
    tell(f"{taken.case}: {taken.queue} is yours: {taken.what}")
    render.sheet(await desk.sheet(taken.case))
    if Slice.REVIEWS in KINDS[taken.kind].takes:
        render.review(await desk.review_sheet(taken.case))


async def _go_on(case: str, acting: Acting) -> int:
    """Do what somebody says with it; a refusal is told, and asks again."""
    home, who = acting.home, acting.as_
    acts: dict[str, Callable[[], Awaitable[int]]] = {
        "a": lambda: approve(case, line="all", acting=Deciding(home=home, as_=who)),
        "r": lambda: refer(case, line="all", acting=Dated(home=home, as_=who)),
        "d": lambda: deny(case, acting=Deciding(home=home, as_=who)),
        "i": lambda: _ask_for(case, acting),
        "p": lambda: release(case, acting=acting),
        "s": lambda: _skip(case, acting),
        "": _keep,
    }
    while (said := ask(in_tongue(WHAT_NOW, WHAT_NOW_ES)).lower()) not in acts:
        pass
    try:
        return await acts[said]()
    except PlazoError as refusal:
        tell(refusal)
        return await _go_on(case, acting)


async def _ask_for(case: str, acting: Acting) -> int:
    """One thing that is needed, in the words of each reader."""
    item = ask(in_tongue("What is needed?", "¿Qué hace falta?"))
    spanish = ask(
        in_tongue("The same in Spanish (Enter: nobody reads it):", "En español (Enter: nadie lo lee):")
    )
    return await request_info(case, item, es=(spanish,) if spanish else (), acting=acting)


async def _skip(case: str, acting: Acting) -> int:
    await release(case, acting=acting)
    return await next_(acting=acting)


async def _keep() -> int:
    return 0
