"""Holds that are not pauses: `plazo hold | unhold`."""

from client.reach.acting import do
from client.terminal.options import Acting, CaseNumber
from domain.desk.holds import LiftHold, PutOnHold
from domain.parts.hold import HoldKind


async def hold(case: CaseNumber, /, *, kind: HoldKind, because: str, acting: Acting = Acting()) -> int:
    """Put a case on hold: letters and calls wait until it is lifted. The clock runs on, and late is late.

    For example:
        plazo hold PRE-7K2M-9QXD-4HBT --kind legal --because "Subpoena of 20 Nov" --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    kind
        What the matter is.
    because
        Why, without personal data.
    """
    return await do(case, acting, PutOnHold, kind=kind, reason=because)


async def unhold(case: CaseNumber, /, *, kind: HoldKind, because: str = "", acting: Acting = Acting()) -> int:
    """Lift a hold: what waited leaves, unless another hold is on.

    For example:
        plazo unhold PRE-7K2M-9QXD-4HBT --kind legal --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    kind
        Which hold.
    because
        Why, in a few words.
    """
    return await do(case, acting, LiftHold, kind=kind, reason=because)
