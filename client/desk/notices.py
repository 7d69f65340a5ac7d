"""The letters of a case: `plazo notices`, and each of them: `plazo notice delivered | returned | again | stop`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from client.reach.acting import do
from client.reach.cases import cases
from client.reach.look import print_json
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, Common, Dated, OrStandardInput
from client.terminal.reading import read_text
from client.terminal.viewer import shown
from config.console import ConsoleWords
from config.tongue import spoken
from domain.desk.delivery import LetterDelivered, LetterReturned, SendAgain
from domain.desk.stop_notice import StopNotice
from domain.terms.calendar import Calendar
from domain.terms.notice import SendBy
from domain.terms.refusals import Misuse, Refused
from domain.view.view import Notices, ShownNotice


async def notices(
    case: CaseNumber,
    /,
    *,
    pdf: int | None = None,
    open_: Annotated[bool, Parameter(name="--open", negative="")] = False,
    common: Common = Common(),
) -> int:
    """List the letters of a case: to whom and which way, owed since when, when each left, and the proof of that.

    For example:
        plazo notices PRE-7K2M-9QXD-4HBT
        plazo notices PRE-7K2M-9QXD-4HBT --pdf 1 --open

    Parameters
    ----------
    case
        The case number.
    pdf
        Print only where the PDF of this letter lies, for whatever shows it.
    open_
        Show that PDF in the viewer of this desktop; where there is none, its place is printed.
    """
    if open_ and pdf is None:
        raise Misuse("open: say which letter, with --pdf N.")
    async with cases(common.settings) as desk:
        told = await desk.notices(named(case, common.settings))
    if pdf is not None:
        path = _lies(told, pdf, common.settings.spool)
        if not (open_ and shown(path)):
            print(path)
    elif common.json:
        return print_json(told)
    else:
        _tell(told)
    return 0


def _lies(told: Notices, number: int, spool: Path) -> Path:
    letter = next((one for one in told.notices if one.number == number), None)
    if letter is None:
        raise Misuse(f"pdf: {told.case} has no letter {number}; it has {len(told.notices)}.")
    if letter.proof is None and letter.uncertain_at is None:
        raise Refused(f"letter {number} of {told.case} has not left")
    path = spool / f"{letter.key}.pdf"
    if not path.exists():
        raise Misuse(f"pdf: {path.name} is not in the spool of this machine (PLAZO_SPOOL).")
    return path


def _tell(told: Notices) -> None:
    out = ConsoleWords()
    if not told.notices:
        out.say("No letter is owed.")
    for letter in told.notices:
        head = (f"{letter.number}  {spoken(letter.kind.replace('_', ' '))}", "bold")
        whom = spoken(f"to the {letter.recipient.replace('_', ' ')}{_way(letter)} ({letter.language})")
        out.print(Text.assemble(head, f"  {whom}, {spoken(_fate(letter, told.calendar))}"))
        if letter.row:
            out.print(Text(f"      why: {letter.row} ({letter.source})", style="dim"))
        if letter.proof:
            out.print(Text(f"      {letter.proof}", style="dim"))


def _way(letter: ShownNotice) -> str:
    """What is worth saying of its way: nothing, where it is an ordinary letter."""
    if letter.failed_by:
        return f" by {letter.by.text}, after it failed by {letter.failed_by.text}"
    return "" if letter.by is SendBy.LETTER else f" by {letter.by.text}"


def _fate(letter: ShownNotice, calendar: Calendar) -> str:
    due = f", by {calendar.show_due(letter.due_at)}" if letter.due_at else ""
    late = " LATE" if letter.late else ""
    owed = f"owed {calendar.show(letter.owed_at)}{due}"
    if letter.sent_at:
        arrived = f", delivered {calendar.show(letter.delivered_at)}" if letter.delivered_at else ""
        back = f", came back {calendar.show(letter.returned_at)}" if letter.returned_at else ""
        return f"{owed}, sent {calendar.show(letter.sent_at)}{late}{arrived}{back}"
    if letter.uncertain_at:
        return f"{owed}, and nobody knows whether it left{late} (since {calendar.show(letter.uncertain_at)})"
    waits = f"; waits for {letter.waits_for}" if letter.waits_for else ""
    if letter.stopped_at:
        return f"{owed}, stopped {calendar.show(letter.stopped_at)}{late}{waits}"
    return f"{owed}, not sent{late}{waits}"


async def delivered(case: CaseNumber, notice: int, /, *, acting: Dated = Dated()) -> int:
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


async def returned(case: CaseNumber, notice: int, /, *, acting: Dated = Dated()) -> int:
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
    case: CaseNumber, notice: int, /, *, address: OrStandardInput | None = None, acting: Acting = Acting()
) -> int:
    """Send a letter that is still owed: it came back, was stopped by hand, or had no address to go to.

    What came back, or was stopped, goes out as a new letter of today; a time from its receipt begins with that one.

    For example:
        plazo notice again PRE-7K2M-9QXD-4HBT 1 --address - --as ic-santos

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the letter, as `plazo notices` gives it.
    address
        A file with the address that was found, or `-`; else it goes where the case says by now.
    """
    found = ", ".join(read_text(address).splitlines()) if address else None
    return await do(case, acting, SendAgain, notice=notice, address=found)


async def stop(case: CaseNumber, notice: int, /, *, because: str, acting: Acting = Acting()) -> int:
    """Stop a letter before it leaves. What a duty needs stays owed: its clock runs, and a supervisor knows.

    By whoever decided what it tells, or a supervisor. `plazo notice again` sends it after all, and
    `plazo reconsider` takes the decision back.

    For example:
        plazo notice stop PRE-7K2M-9QXD-4HBT 1 --because "the reason names the wrong study" --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    notice
        The number of the letter, as `plazo notices` gives it.
    because
        Why, without personal data.
    """
    return await do(case, acting, StopNotice, notice=notice, reason=because)
