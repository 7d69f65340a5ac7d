"""Grievances: `plazo grievance submit | sort | answer | schema`."""

import json
from typing import Annotated

from cyclopts import Parameter

from activities.appeals import Appeals
from client.appeal.appeals import open_appeal
from client.reach.acting import do
from client.reach.bringing import bring
from client.reach.cases import Cases, cases
from client.terminal.options import Acting, CaseNumber, Dated, OrStandardInput, Telling
from client.terminal.reading import read_text
from config.access.staff import person
from config.home import Home
from config.sealing.keyring import KeyRing
from domain.appeal.request import AppealRequest, Representative
from domain.case.authority import require
from domain.desk.desk import Link
from domain.grievance.acts import AnswerGrievance, SortGrievance
from domain.grievance.complaint import Complaint, Found, Sorted
from domain.grievance.grievance import Grievance
from domain.parts.stage import Stage
from domain.policy.grievances import About
from domain.terms.case_number import kind_of, parse
from domain.terms.refusals import Misuse, Refused
from workflows.grievance import GrievanceOpening, GrievanceWorkflow


async def submit(
    file: OrStandardInput,
    /,
    *,
    received: str | None = None,
    about: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Open the case of a complaint and print its number. Late ones are received too.

    For example:
        plazo grievance submit examples/grievance.json --about PRE-7K2M-9QXD-4HBT --as ic-santos

    Parameters
    ----------
    file
        The complaint, as JSON; `-` for standard input. Papers that it names lie beside it.
    received
        When it reached us, if the file does not say it: `2026-10-16 17:30` in the plan's zone.
    about
        The case that it is about, if the file does not say it.
    """
    given = {"case": about}
    return await bring(GrievanceOpening, file, received, acting, given=given)


async def sort(
    case: CaseNumber,
    what: Sorted,
    /,
    *,
    appeal_of: str | None = None,
    about: About | None = None,
    reviewer: str | None = None,
    acting: Dated = Dated(),
) -> int:
    """Say whether a complaint is a grievance, an appeal, or both. An appeal is opened, of the same receipt.

    For example:
        plazo grievance sort GRV-7K2M-9QXD-4HBT both --appeal-of PRE-7K2M-9QXD-4HBT --as ap-soto

    Parameters
    ----------
    case
        The case number.
    what
        What it is.
    appeal_of
        The case whose answer is appealed, where it is an appeal.
    about
        What it is about, where that was keyed wrong.
    reviewer
        Who looks into it: an id of the staff file. Puerto Rico has the member told.
    """
    if (appeal_of is None) != (what is Sorted.GRIEVANCE):
        raise Misuse("appeal-of: the case whose answer is appealed, for an appeal and for nothing else.")
    looks = person(acting.settings.policy, reviewer) if reviewer else None
    appeal = await _appeal(parse(case), parse(appeal_of), acting) if appeal_of else None
    return await do(case, acting, SortGrievance, sort=what, appeal=appeal, about=about, reviewer=looks)


async def _appeal(grievance: str, of: str, acting: Acting) -> str:
    """The number of the appeal that a complaint is: opened as it was received, or open already."""
    require(acting.actor, SortGrievance.act_name)
    async with cases(acting.settings) as desk:
        if (stage := (await desk.sheet(grievance)).shown.stage) != Stage.RECEIVED.value:
            raise Refused(f"{grievance} is sorted already; it is {stage.replace('_', ' ')}")
        complaint, original = await complaint_of(desk, grievance), await desk.ask(Appeals.appealed, of)
        if complaint.member.known_by != original.request.member.known_by:
            raise Refused(f"appeal-of: {of} is about another member than {grievance}")
        asked = _as_appeal(complaint, of)
        original.refuse_unless_appealable()
        original.refuse_before_the_answer(asked.received_at)
        ring = KeyRing.load(Home(acting.settings.home).keyring)
        opened = await open_appeal(desk, ring, asked, original, acting.clerk)
        await desk.act(opened.case, Link(actor=acting.actor, to=grievance))
    return opened.case


async def complaint_of(desk: Cases, case: str) -> Complaint:
    if kind_of(case) != Grievance.kind:
        raise Refused(f"{case} is a {kind_of(case)}; a complaint is what a grievance is about")
    return await desk.see(case, GrievanceWorkflow.complaint)


def _as_appeal(complaint: Complaint, of: str) -> AppealRequest:
    named = complaint.representative
    said = complaint.model_dump(include={"plan", "channel", "received_at", "documents"})
    return AppealRequest.model_validate(
        said
        | {"original": of, "by": complaint.filed_by, "statement": complaint.says}
        | {"representative": Representative(name=named) if named else None}
    )


async def answer(
    case: CaseNumber,
    /,
    *,
    found: Found,
    says: OrStandardInput,
    says_es: str | None = None,
    by_voice: Annotated[bool, Parameter(negative="")] = False,
    acting: Telling = Telling(),
) -> int:
    """Answer a grievance: what was found, and what the member is told of it.

    For example:
        plazo grievance answer GRV-7K2M-9QXD-4HBT --found justified --says answer.txt --as ap-soto

    Parameters
    ----------
    case
        The case number.
    found
        What was found.
    says
        What the member is told, in a text file; `-` for standard input.
    says_es
        The same in Spanish, in a text file, for a member who reads Spanish.
    by_voice
        The member was told so by telephone; no letter is written.
    """
    spanish = read_text(says_es) if says_es else None
    return await do(
        case, acting, AnswerGrievance, found=found, says=read_text(says), says_es=spanish, by_voice=by_voice
    )


async def schema() -> int:
    """Print the JSON Schema of a complaint.

    For example:
        plazo grievance schema > grievance.schema.json
    """
    print(json.dumps(Complaint.model_json_schema(), indent=2))
    return 0
