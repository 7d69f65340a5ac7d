"""New technology: `plazo technology submit | scope | evidence | opinion | vote | publish | answer`."""

from pydantic import Field

from client.reach.acting import do
from client.reach.bringing import bring
from client.reach.cases import cases
from client.terminal.last_list import named
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput
from client.terminal.reading import build, read_json, read_text
from domain.committee.meeting import Meeting
from domain.deliberation.deliberated import TakeVote
from domain.technology.acts import AdviseOnTechnology, AnswerBases, Publish, ScopeTechnology
from domain.technology.proposal import Evidence
from domain.technology.technology import Technology
from domain.terms.case_number import kind_of
from domain.terms.frozen import Frozen
from domain.terms.refusals import Refused
from workflows.technology import TechnologyOpening, TechnologyWorkflow


class EvidenceSheet(Frozen):
    """The answers of one basis or more."""

    evidence: tuple[Evidence, ...] = Field(min_length=1)


async def submit(file: OrStandardInput, /, *, received: str | None = None, acting: Acting = Acting()) -> int:
    """Open the case of a technology that somebody proposes. A member's request for it goes its own way.

    For example:
        plazo technology submit examples/committee/technology.json --as rn-rivera

    Parameters
    ----------
    file
        The proposal, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it: `2026-10-16 17:30` in the plan's zone.
    """
    return await bring(TechnologyOpening, file, received, acting)


async def scope(case: CaseNumber, /, *, question: OrStandardInput, acting: Dated = Dated()) -> int:
    """Say which question is asked: for whom, for what, in the place of what.

    For example:
        plazo technology scope TEC-7K2M-9QXD-4HBT --question question.txt --as qa-marin

    Parameters
    ----------
    case
        The case number.
    question
        The question: a text file, or `-`.
    """
    return await do(case, acting, ScopeTechnology, question=read_text(question))


async def evidence(case: CaseNumber, file: OrStandardInput, /, *, acting: Dated = Dated()) -> int:
    """Answer the bases of coverage: rules, outside assessment, FDA, literature. Silence is no answer.

    For example:
        plazo technology evidence TEC-7K2M-9QXD-4HBT examples/committee/evidence.json --as qa-marin

    Parameters
    ----------
    case
        The case number.
    file
        The answers of one basis or more, as JSON; `-` for standard input.
    """
    sheet = build(EvidenceSheet, read_json(file))
    return await do(case, acting, AnswerBases, evidence=sheet.evidence)


async def opinion(
    case: CaseNumber, /, *, says: OrStandardInput, interest: str | None = None, acting: Dated = Dated()
) -> int:
    """Give the opinion of a specialist of the field.

    For example:
        plazo technology opinion TEC-7K2M-9QXD-4HBT --says opinion.txt --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    says
        The opinion: a text file, or `-`.
    interest
        An interest in it, if there is one; somebody without one gives the opinion then.
    """
    return await do(case, acting, AdviseOnTechnology, says=read_text(says), interest=interest)


async def vote(case: CaseNumber, file: OrStandardInput, /, *, acting: Dated = Dated()) -> int:
    """Record the committee's vote: covered, not_covered or case_by_case. Without a quorum it is none.

    For example:
        plazo technology vote TEC-7K2M-9QXD-4HBT examples/committee/technology-vote.json --as qa-marin

    Parameters
    ----------
    case
        The case number.
    file
        The minutes of the question, as JSON; `-` for standard input.
    """
    return await do(case, acting, TakeVote, meeting=build(Meeting, read_json(file)))


async def publish(case: CaseNumber, /, *, where: str, acting: Dated = Dated()) -> int:
    """Say where it can be read what was decided; a year later it is looked at again.

    For example:
        plazo technology publish TEC-7K2M-9QXD-4HBT --where "medical policy page" --as qa-marin

    Parameters
    ----------
    case
        The case number.
    where
        Where it was published.
    """
    return await do(case, acting, Publish, where=where)


async def answer(case: CaseNumber, /, *, age: int, acting: Acting = Acting()) -> int:
    """Say what a decision tells a member who asks for the technology: it may be no answer at all.

    For example:
        plazo technology answer TEC-7K2M-9QXD-4HBT --age 19

    Parameters
    ----------
    case
        The case number.
    age
        The member's age on the day of the request.
    """
    case = named(case, acting.settings)
    if kind_of(case) != Technology.kind:
        raise Refused(f"{case} is a {kind_of(case)}; what a technology answers is asked of its own case")
    async with cases(acting.settings) as desk:
        print(await desk.see(case, TechnologyWorkflow.answer, age))
    return 0
