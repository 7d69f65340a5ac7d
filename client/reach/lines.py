"""Lines as they are typed: `3`, `1-40`, `3,5,7-9`, or `all` that still wait for what is done."""

from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from client.reach.cases import cases
from client.terminal.last_list import named
from client.terminal.options import Acting
from client.terminal.reading import numbers
from domain.request.lines import Lines
from domain.terms.refusals import Misuse
from domain.view.view import ShownDisputedLine, ShownLine

Named = Annotated[str, Parameter(name=["--line", "--lines"])]
ALL = "all"


def has_no_answer(line: ShownLine | ShownDisputedLine) -> bool:
    return line.outcome is None


async def lines_of(
    case: str,
    text: str | None,
    acting: Acting,
    waits: Callable[[ShownLine | ShownDisputedLine], bool] = has_no_answer,
) -> Lines:
    """The lines that are meant. `all` are named as they stand now: what others do meanwhile is refused, not hit."""
    if text is None:
        return None
    if text.strip().casefold() == ALL:
        async with cases(acting.settings) as desk:
            page = await desk.sheet(named(case, acting.settings))
        meant = [line.sequence for line in page.shown.lines if waits(line)]
        if not meant:
            raise Misuse(f"line: no line of {page.shown.case} waits for this.")
    else:
        meant = numbers(text)
    return meant[0] if len(meant) == 1 else tuple(meant)
