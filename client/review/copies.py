"""What somebody is told beside the letters that go by themselves: `plazo criteria copy` and `plazo translate`."""

from typing import Annotated

from cyclopts import Parameter

from client.reach.acting import do
from client.reach.resuming import act_or_resume
from client.terminal.options import CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, read_json, read_text
from domain.determination.criteria_copy import Asker, CopyCriteria
from domain.determination.translation import Translate
from domain.terms.notice import Recipient


async def copy(
    case: CaseNumber,
    /,
    *,
    for_: Annotated[Recipient, Parameter(name="--for")],
    addressee: OrStandardInput | None = None,
    acting: Dated = Dated(),
) -> int:
    """Send a copy of the criteria to whoever asked for it, with the statement that goes with them. Anybody may ask.

    A closed case is taken up for it, and closes again when the copy has left. Somebody who is no party of the case
    learns nothing of the member.

    For example:
        plazo criteria copy PRE-7K2M-9QXD-4HBT --for member --as ic-santos

    Parameters
    ----------
    case
        The case number.
    for_
        Who asked.
    addressee
        For somebody else: a JSON file with name, address and language, or `-`.
    """
    asker = build(Asker, read_json(addressee)) if addressee else None
    return await do(case, acting, CopyCriteria, say=act_or_resume, to=for_, asker=asker)


async def translate(
    case: CaseNumber, /, *, es: OrStandardInput, line: int | None = None, acting: Dated = Dated()
) -> int:
    """Give the words of an answer in Spanish; the letters and calls that waited for them go out together.

    For example:
        plazo translate PRE-7K2M-9QXD-4HBT --line 1 --es words.txt --as ic-santos

    Parameters
    ----------
    case
        The case number.
    es
        The words in Spanish: a text file, or `-`.
    line
        The line; may be left out where only one waits.
    """
    return await do(case, acting, Translate, line=line, words=read_text(es))
