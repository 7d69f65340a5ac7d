"""Looking at a case: `plazo show | explain | forecast | timeline`."""

from typing import Annotated

from cyclopts import Parameter
from pydantic import BaseModel

from client import render
from client.cases import cases
from client.options import Common
from domain.casenumber import parse


def print_json(model: BaseModel) -> int:
    """The model as other programs read it."""
    print(model.model_dump_json(by_alias=True, indent=2))
    return 0


async def show(
    case: str,
    /,
    *,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    common: Common = Common(),
) -> int:
    """Show a case: stage, clocks, why it waits, who must act, what comes next.

    For example:
        plazo show PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number, in any case of letters.
    everything
        Every clock and every next date too.
    """
    async with cases(common.settings) as desk:
        page = await desk.sheet(parse(case))
    if common.json:
        return print_json(page.shown)
    render.sheet(page, everything=everything)
    return 0


async def explain(case: str, /, *, common: Common = Common()) -> int:
    """Explain why each due date of a case is what it is, step by step, with the rule behind each.

    For example:
        plazo explain PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    async with cases(common.settings) as desk:
        told = await desk.explanation(parse(case))
    if common.json:
        return print_json(told)
    render.explanation(told)
    return 0


async def forecast(case: str, /, *, common: Common = Common()) -> int:
    """Say what happens to a case on which day if nobody acts.

    For example:
        plazo forecast PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    async with cases(common.settings) as desk:
        told = await desk.forecast(parse(case))
    if common.json:
        return print_json(told)
    render.forecast(told)
    return 0


async def timeline(case: str, /, *, common: Common = Common()) -> int:
    """Tell what happened to a case, who did it, when it happened and when it was recorded.

    For example:
        plazo timeline PRE-7K2M-9QXD-4HBT

    Parameters
    ----------
    case
        The case number.
    """
    async with cases(common.settings) as desk:
        told = await desk.timeline(parse(case))
    if common.json:
        return print_json(told)
    render.timeline(told)
    return 0
