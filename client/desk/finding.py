"""Finding a case: `plazo find`."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from activities.desk.finding import ON_A_PAGE, Finding, FindQuestion
from client.reach.cases import Cases, cases
from client.reach.look import print_json
from client.reach.own_time import own_times
from client.terminal import render
from client.terminal.asking import in_tongue, lines, tell
from client.terminal.last_list import keep_list
from client.terminal.options import Acting
from config.settings import Settings
from domain.terms.refusals import Misuse
from domain.view.search import FoundCases, wanted

MOST_LINES = 8
WHAT = "Name and birth date, contract, NPI, telephone, reference, number or its last four:"
WHAT_ES = "Nombre y nacimiento, contrato, NPI, teléfono, referencia, número o sus últimos cuatro:"


async def find(
    *typed: Annotated[str, Parameter(show=False)], page: int = 1, acting: Acting = Acting()
) -> int:
    """Find cases by what is known of them. It is asked for, or read from standard input, and is no argument.

    A line is a name, best with a birth date, a contract, an NPI, a telephone, the sender's or a claim's number, a
    case or authorization number, or the last four of one. Of several lines all have to be true. A name without
    its birth date may be part of one.

    For example:
        plazo find --as rn-rivera
        echo "Ana Rivera 1954-03-11" | plazo find --as rn-rivera

    Parameters
    ----------
    page
        Which page of the answer.
    """
    if typed:
        raise Misuse(
            "find: it is typed when it is asked for, or given on standard input; a shell remembers words."
        )
    said = lines(in_tongue(WHAT, WHAT_ES))
    async with cases(acting.settings) as desk:
        found = await found_by(desk, said, acting, page)
    if acting.json:
        return print_json(found)
    tell_found(found, acting.settings, page)
    return 0


async def found_by(desk: Cases, said: list[str], acting: Acting, page: int = 1) -> FoundCases:
    """The cases of which all of this is true. Raises Misuse for what finds nobody."""
    if not 1 <= len(said) <= MOST_LINES:
        raise Misuse(f"find: type what is known, or give it on standard input, {MOST_LINES} lines at most.")
    if page < 1:
        raise Misuse("page: the first is 1.")
    question = FindQuestion(wanted=tuple(map(wanted, said)), actor=acting.actor, page=page)
    return await ask_for(desk, question, acting.settings)


async def ask_for(desk: Cases, question: FindQuestion, settings: Settings) -> FoundCases:
    """The answer, with the clock of each case where that is its own."""
    found = await desk.ask(Finding.find, question)
    times = await own_times(desk.client, (case.case for case in found.cases), settings)
    cases = tuple(one.model_copy(update={"reckoned_at": times.get(one.case)}) for one in found.cases)
    return found.model_copy(update={"cases": cases})


def tell_found(found: FoundCases, settings: Settings, page: int = 1) -> None:
    """The rows, each with the number by which `plazo show` takes it."""
    keep_list([case.case for case in found.cases], settings)
    render.found(found.cases, datetime.now(UTC))
    if found.total > len(found.cases):
        last = -(-found.total // ON_A_PAGE)
        tell(f"{found.total} cases; page {page} of {last} (--page N), or say more of it.")
