"""Reading what is sensitive: `plazo look-into`."""

from client.reach.acting import do
from client.reach.resuming import act_or_resume
from client.terminal.options import CaseNumber, Dated
from domain.case.sensitive import LookInto


async def look_into(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Read a sensitive case that you do not work on, as a supervisor or a physician; the audit keeps why.

    For example:
        plazo look-into STA-7K2M-9QXD-4HBT --because "the member complained" --as sup-diaz

    Parameters
    ----------
    case
        The case number; one that has closed is taken up for it.
    because
        Why you read it, without personal data.
    """
    return await do(case, acting, LookInto, say=act_or_resume, reason=because)
