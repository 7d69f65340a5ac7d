"""What a receipt leaves for people: `plazo tell-apart | confirm-member`."""

from contextlib import suppress
from typing import Any

from client.reach.acting import do
from client.reach.cases import Cases
from client.terminal.options import CaseNumber, Dated
from domain.case.acts import Act, Said
from domain.desk.likeness import TellApart
from domain.determination.confirming import ConfirmMember
from domain.terms.case_number import parse
from domain.terms.refusals import Refused


async def tell_apart(
    case: CaseNumber, /, *, because: str, other: str | None = None, acting: Dated = Dated()
) -> int:
    """Say that cases that look alike are not the same, or are both meant; each of them hears it.

    Until then software approves nothing here that may be given there. A case that is the same as another is
    withdrawn, or closed with `plazo enter-in-error`.

    For example:
        plazo tell-apart PRE-7K2M-9QXD-4HBT --because "left and right knee" --as rn-rivera

    Parameters
    ----------
    case
        The case number.
    because
        How they were told apart, without personal data.
    other
        The other case; all that look like it, where left out.
    """
    named = parse(other) if other else None
    return await do(case, acting, TellApart, say=_say_to_both, other=named, reason=because)


async def _say_to_both(desk: Cases, case: str, act: Act[Any]) -> Said:
    """To the case that was named, and to each that it was told apart from; one that has closed hears nothing."""
    alike = (await desk.sheet(case)).alike
    said = await desk.act(case, act)
    for other in alike:
        if getattr(act, "other", None) in {None, other}:
            with suppress(Refused):
                await desk.act(other, act.model_copy(update={"other": case}))
    return said


async def confirm_member(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Confirm that the person on the paper is the member of that number; what was kept back may leave.

    A number or a name that was keyed wrong is corrected instead: `plazo correct`.

    For example:
        plazo confirm-member PRE-7K2M-9QXD-4HBT --because "married name; the member called" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    because
        How it was found out, without personal data.
    """
    return await do(case, acting, ConfirmMember, reason=because)
