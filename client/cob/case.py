"""The case around other coverage: `plazo cob submit | facts | leave | of`."""

from activities.desk.payers import Payers, PayersQuestion
from client.reach.acting import do
from client.reach.bringing import bring
from client.reach.cases import cases
from client.reach.look import print_json
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, read_json
from domain.cob.acts import LeaveUnknown, TellFacts
from domain.cob.learned import Learned, refuse_another_ours
from domain.payers.family import Family
from domain.policy.pack import Pack
from workflows.cob import CobOpening


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open the case of other coverage. The member is told who pays first, or asked for what is missing.

    For example:
        plazo cob submit examples/cob/learned.json --as ic-santos

    Parameters
    ----------
    file
        What we learned, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it: `2026-10-16 17:30` in the plan's zone.
    """
    return await bring(CobOpening, file, received, acting, refuse=_another_ours)


def _another_ours(learned: Learned, pack: Pack) -> None:
    refuse_another_ours(learned, pack.plan_named(learned.plan).regimes)


async def facts(case: CaseNumber, file: OrStandardInput, /, *, acting: Dated = Dated()) -> int:
    """Say how it is: the whole of the coverages and facts, in the place of those before.

    For example:
        plazo cob facts COB-7K2M-9QXD-4HBT examples/cob/dialysis.json --as ic-santos

    Parameters
    ----------
    case
        The case number.
    file
        The coverages and facts, as JSON, as `plazo cob order` reads them; `-` for standard input.
    """
    return await do(case, acting, TellFacts, family=build(Family, read_json(file)))


async def leave(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Leave it unknown who pays first, where nobody can find it out.

    For example:
        plazo cob leave COB-7K2M-9QXD-4HBT --because "the other plan does not answer" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    because
        Why nobody can.
    """
    return await do(case, acting, LeaveUnknown, reason=because)


async def of(case: CaseNumber, /, *, acting: Acting = Acting()) -> int:
    """Say who pays first for the member of any case, and what follows for a dispute about codes 22 and 23.

    For example:
        plazo cob of PRE-7K2M-9QXD-4HBT --as cov-matos

    Parameters
    ----------
    case
        The case number.
    """
    number = named(case, acting.settings)
    async with cases(acting.settings) as desk:
        told = await desk.ask(Payers.payers_of, PayersQuestion(case=number, actor=acting.actor))
    if acting.json:
        return print_json(told)
    if told.case:
        print(f"{told.case}: {told.status}" + (f": {told.order}." if told.payers else "."))
    else:
        print("No case of coordination is open: nobody told of other coverage.")
    for line in told.lines:
        print(f"  {line}")
    return 0
