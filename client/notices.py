"""The letters of a case: `plazo notices`, and what became of one: `plazo notice delivered | returned | again`."""

from pathlib import Path

from rich.text import Text

from client.acting import do
from client.cases import cases
from client.look import print_json
from client.options import Acting, Common, Dated, OrStandardInput
from client.reading import read_text
from client.render import console
from domain.calendar import Calendar
from domain.casenumber import parse
from domain.delivery import LetterDelivered, LetterReturned, SendAgain
from domain.refusals import Misuse, Refused
from domain.view import Notices, ShownNotice


async def notices(case: str, /, *, pdf: int | None = None, common: Common = Common()) -> int:
    """List the letters of a case: to whom, owed since when, when each left, and the proof of that.

    For example:
        plazo notices PRE-7K2M-9QXD-4HBT
        xdg-open "$(plazo notices PRE-7K2M-9QXD-4HBT --pdf 1)"

    Parameters
    ----------
    case
        The case number.
    pdf
        Print only where the PDF of this letter lies, for whatever shows it.
    """
    async with cases(common.settings) as desk:
        told = await desk.notices(parse(case))
    if pdf is not None:
        print(_lies(told, pdf, common.settings.spool))
    elif common.json:
        return print_json(told)
    else:
        _tell(told)
    return 0


def _lies(told: Notices, number: int, spool: Path) -> Path:
    letter = next((one for one in told.notices if one.number == number), None)
    if letter is None:
        raise Misuse(f"pdf: {told.case} has no letter {number}; it has {len(told.notices)}.")
    if letter.proof is None:
        raise Refused(f"letter {number} of {told.case} has not left")
    path = spool / f"{letter.key}.pdf"
    if not path.exists():
        raise Misuse(f"pdf: {path.name} is not in the spool of this machine (PLAZO_SPOOL).")
    return path


def _tell(told: Notices) -> None:
    out = console()
    if not told.notices:
        out.print("No letter is owed.")
    for letter in told.notices:
        kind, recipient = letter.kind.replace("_", " "), letter.recipient.replace("_", " ")
        head = (f"{letter.number}  {kind}", "bold")
        out.print(
            Text.assemble(head, f"  to the {recipient} ({letter.language}), {_fate(letter, told.calendar)}")
        )
        if letter.proof:
            out.print(Text(f"      {letter.proof}", style="dim"))


def _fate(letter: ShownNotice, calendar: Calendar) -> str:
    owed = f"owed {calendar.show(letter.owed_at)}"
    if letter.sent_at:
        back = f", came back {calendar.show(letter.returned_at)}" if letter.returned_at else ""
        return f"{owed}, sent {calendar.show(letter.sent_at)}{back}"
    if letter.stopped_at:
        return f"{owed}, stopped {calendar.show(letter.stopped_at)}"
    return f"{owed}, not sent"


async def delivered(case: str, notice: int, /, *, acting: Dated = Dated()) -> int:
    """Record when a letter arrived, as something shows: a time that counts from its receipt follows it.

    For example:
        plazo notice delivered PRE-7K2M-9QXD-4HBT 1 --at "2026-11-24 11:00" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the letter, as `plazo notices` gives it.
    """
    return await do(case, acting, LetterDelivered, notice=notice)


async def returned(case: str, notice: int, /, *, acting: Dated = Dated()) -> int:
    """Record that a letter came back: its address is looked for, and a time from its receipt never began.

    For example:
        plazo notice returned PRE-7K2M-9QXD-4HBT 1 --at "2026-12-02 09:30" --as ic-santos

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the letter, as `plazo notices` gives it.
    """
    return await do(case, acting, LetterReturned, notice=notice)


async def again(
    case: str, notice: int, /, *, address: OrStandardInput | None = None, acting: Acting = Acting()
) -> int:
    """Send a letter again that came back, dated today; a time from its receipt begins with that one.

    For example:
        plazo notice again PRE-7K2M-9QXD-4HBT 1 --address - --as ic-santos

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the letter that came back.
    address
        A file with the address that was found, or `-`; else it goes where the case says by now.
    """
    found = ", ".join(read_text(address).splitlines()) if address else None
    return await do(case, acting, SendAgain, notice=notice, address=found)
