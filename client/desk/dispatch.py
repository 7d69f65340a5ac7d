"""What became of a notice on its way, where only a person can say: `plazo notice sent | resend | found`."""

from client.reach.acting import do
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import read_text
from domain.desk.dispatch import NumberFound, SendOnceMore, TakeAsSent


async def sent(case: CaseNumber, notice: int, /, *, because: str, acting: Dated = Dated()) -> int:
    """Say that a notice did leave of which nobody knew: at the time of `--at`, or when it was handed over.

    For example:
        plazo notice sent PRE-7K2M-9QXD-4HBT 2 --because "the fax log of the service" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the notice, as `plazo notices` gives it.
    because
        What shows it, without personal data.
    """
    return await do(case, acting, TakeAsSent, notice=notice, reason=because)


async def resend(case: CaseNumber, notice: int, /, *, acting: Acting = Acting()) -> int:
    """Send a notice once more of which nobody knew whether it left.

    For example:
        plazo notice resend PRE-7K2M-9QXD-4HBT 2 --as ic-santos

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the notice, as `plazo notices` gives it.
    """
    return await do(case, acting, SendOnceMore, notice=notice)


async def found(
    case: CaseNumber, notice: int, /, *, number: OrStandardInput | None = None, acting: Acting = Acting()
) -> int:
    """Give the right fax number or e-mail address in the place of one that failed; later notices go there.

    For example:
        plazo notice found PRE-7K2M-9QXD-4HBT 2 --number - --as ic-santos

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the notice that failed, as `plazo notices` gives it.
    number
        A file with what was found, or `-`; left out, there is none, and letters are sent from now on.
    """
    read = " ".join(read_text(number).split()) if number else None
    return await do(case, acting, NumberFound, notice=notice, number=read)
