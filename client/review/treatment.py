"""The quality of treatment, which is a person's to look into: `plazo concern` and `plazo concern answer`."""

from client.reach.acting import do
from client.reach.resuming import act_or_resume
from client.terminal.options import CaseNumber, Dated, OrStandardInput
from client.terminal.reading import read_text
from domain.review.treatment import AnswerConcern, RaiseConcern


async def concern(case: CaseNumber, text: OrStandardInput = "-", /, *, acting: Dated = Dated()) -> int:
    """Hand something about the treatment that is received to clinical quality; no answer changes by it.

    A closed case is taken up for it. Clinical text comes from standard input, not from the command line.

    For example:
        plazo concern CON-7K2M-9QXD-4HBT - --as rn-rivera < concern.txt

    Parameters
    ----------
    case
        The case number.
    text
        What was seen; `-` reads it from standard input.
    """
    said = read_text(text) if text == "-" else text
    return await do(case, acting, RaiseConcern, say=act_or_resume, concern=said)


async def answer(case: CaseNumber, text: OrStandardInput = "-", /, *, acting: Dated = Dated()) -> int:
    """Record, as clinical quality, what came of such a concern.

    For example:
        plazo concern answer CON-7K2M-9QXD-4HBT - --as qa-marin < answer.txt

    Parameters
    ----------
    case
        The case number.
    text
        What came of it; `-` reads it from standard input.
    """
    said = read_text(text) if text == "-" else text
    return await do(case, acting, AnswerConcern, came_of_it=said)
