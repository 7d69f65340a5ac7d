"""Guidelines: `plazo guideline submit | review | vote | notice`."""

from pydantic import Field

from client.reach.acting import do
from client.reach.bringing import bring
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, read_json
from domain.committee.meeting import Meeting
from domain.deliberation.deliberated import TakeVote
from domain.guideline.acts import ReviewDraft, TellChange
from domain.guideline.draft import Audience, Work
from domain.guideline.mailing import MailChange
from domain.terms.frozen import Frozen
from workflows.guideline import GuidelineOpening


class WorkSheet(Frozen):
    """The works on which a draft rests."""

    works: tuple[Work, ...] = Field(min_length=1)


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open the case of the draft of a text by which requests are to be decided.

    For example:
        plazo guideline submit examples/committee/guideline.json --as qa-marin

    Parameters
    ----------
    file
        The draft, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it: `2026-10-16 17:30` in the plan's zone.
    """
    return await bring(GuidelineOpening, file, received, acting)


async def review(case: CaseNumber, file: OrStandardInput, /, *, acting: Dated = Dated()) -> int:
    """Say on which works a draft rests: evidence, literature, authority; cost alone is no ground.

    For example:
        plazo guideline review GUI-7K2M-9QXD-4HBT examples/committee/works.json --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    file
        The works, as JSON; `-` for standard input.
    """
    return await do(case, acting, ReviewDraft, works=build(WorkSheet, read_json(file)).works)


async def vote(case: CaseNumber, file: OrStandardInput, /, *, acting: Dated = Dated()) -> int:
    """Record the committee's vote: adopt a draft, keep or retire what is in force. Without a quorum it is none.

    For example:
        plazo guideline vote GUI-7K2M-9QXD-4HBT examples/committee/guideline-vote.json --as qa-marin

    Parameters
    ----------
    case
        The case number.
    file
        The minutes of the question, as JSON; `-` for standard input.
    """
    return await do(case, acting, TakeVote, meeting=build(Meeting, read_json(file)))


async def mail(case: CaseNumber, file: OrStandardInput, /, *, to: Audience, acting: Acting = Acting()) -> int:
    """Write to each of an audience that the change is coming. The notice has left when the last letter has.

    For example:
        plazo guideline mail GUI-7K2M-9QXD-4HBT examples/committee/network.json --to providers --as qa-marin

    Parameters
    ----------
    case
        The case number.
    file
        A JSON file with `readers`, each with `name`, `address` and `language`, or `fax` or `email` where they
        are told so; `-` for standard input.
    to
        Who they are: `members` or `providers`.
    """
    return await do(case, acting, MailChange, to=to, **read_json(file))


async def notice(case: CaseNumber, /, *, to: Audience, proof: str, acting: Dated = Dated()) -> int:
    """Say that the notice of the change left, and when (`--at`). What leaves late moves the day.

    For example:
        plazo guideline notice GUI-7K2M-9QXD-4HBT --to providers --proof "mailing 12" --as qa-marin

    Parameters
    ----------
    case
        The case number.
    to
        Who was told: `members` or `providers`.
    proof
        What shows that it left.
    """
    return await do(case, acting, TellChange, to=to, proof=proof)
