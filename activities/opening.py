"""What starts a case: the number, and what came in."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from activities.admission import Application
from domain.appeal.appeal import Appeal
from domain.appeal.appealed import AppealedDetermination
from domain.appeal.request import AppealRequest
from domain.care.care import CareManagement
from domain.case.sensitive import LookInto
from domain.cob.cob import CoordinationOfBenefits
from domain.cob.learned import Learned
from domain.concurrent.qio import AskQio
from domain.correction.entered_in_error import EnterInError
from domain.correction.reinstatement import Reinstate
from domain.correction.reopening import CorrectAnswer
from domain.desk.calls import TakeCall
from domain.desk.desk import Note, RecordCall
from domain.desk.notes import StrikeNote
from domain.determination.criteria_copy import CopyCriteria
from domain.dispute.dispute import Dispute
from domain.dispute.filing import Filing
from domain.grievance.complaint import Complaint
from domain.grievance.grievance import Grievance
from domain.guideline.draft import Draft
from domain.guideline.guideline import Guideline
from domain.message.left import Left
from domain.message.message import Message
from domain.program.referred import Referred
from domain.request.request import Request
from domain.review.treatment import RaiseConcern
from domain.technology.proposal import Proposal
from domain.technology.technology import Technology
from domain.terms.frozen import Frozen
from domain.terms.people import Actor
from domain.terms.text import folded
from domain.view.page import ClaimedLine

HeardWhenClosed = (
    CorrectAnswer
    | EnterInError
    | Reinstate
    | CopyCriteria
    | Note
    | StrikeNote
    | TakeCall
    | RecordCall
    | AskQio
    | RaiseConcern
    | LookInto
)
"""What is heard of a case that has closed: it is taken up again from the register."""
TakingUp = Annotated[HeardWhenClosed, Field(discriminator="verb")]


class TakenUp(Frozen):
    """What a closed case is taken up for, and the instant at which that was said."""

    act: TakingUp
    at: AwareDatetime


class Opening(Frozen):
    """A case's number, the request as it came in, and the cases that it belongs to."""

    number: str
    request: Request
    parent: str | None = None  # the case that this one comes out of
    linked: tuple[str, ...] = ()
    taken_up: TakenUp | None = None  # the case of this number has closed, and goes on
    left_in: str | None = None  # the run of this case that was ended from outside: it goes on
    keyed_by: Actor | None = None


class DisputeOpening(Frozen):
    """A dispute's number, and its filing as it came in; without one, the closed case of that number is taken up."""

    number: str
    filing: Filing | None = None
    left_in: str | None = None
    keyed_by: Actor | None = None


class AppealOpening(Frozen):
    """An appeal's number, and the appeal as it came in."""

    number: str
    appeal: AppealRequest
    left_in: str | None = None
    keyed_by: Actor | None = None


class GrievanceOpening(Frozen):
    """A grievance's number, and the complaint as it came in."""

    number: str
    complaint: Complaint
    left_in: str | None = None
    keyed_by: Actor | None = None


class CobOpening(Frozen):
    """The number of a case of coordination of benefits, and what we learned."""

    number: str
    learned: Learned
    left_in: str | None = None
    keyed_by: Actor | None = None


class MessageOpening(Frozen):
    """A message's number, and what was left."""

    number: str
    left: Left
    left_in: str | None = None
    keyed_by: Actor | None = None


class CareOpening(Frozen):
    """The number of a case of care management, and the referral to it."""

    number: str
    referred: Referred
    left_in: str | None = None
    keyed_by: Actor | None = None


class TechnologyOpening(Frozen):
    """The number of a technology's case, and the proposal."""

    number: str
    proposal: Proposal
    left_in: str | None = None
    keyed_by: Actor | None = None


class GuidelineOpening(Frozen):
    """The number of a guideline's case, and the draft."""

    number: str
    draft: Draft
    left_in: str | None = None
    keyed_by: Actor | None = None


def application_of(number: str, kind: str, request: Request) -> Application:
    """The request as admission has to know it."""
    return Application(
        number=number,
        kind=kind,
        plan=request.plan,
        received_at=request.received_at,
        services=request.services,
        member=folded(request.member.contract_number or request.member.name),
        fingerprint=request.fingerprint,
        reference=folded(request.reference) or None,
        lines=tuple(
            ClaimedLine(line=line.sequence, service=line.service, from_day=line.from_day)
            for line in request.lines
        ),
    )


def application_of_filing(number: str, filing: Filing) -> Application:
    """The dispute as admission has to know it."""
    return Application(
        number=number,
        kind=Dispute.kind,
        plan=filing.plan,
        received_at=filing.received_at,
        member=folded(filing.claim.member),
        fingerprint=filing.fingerprint,
        reference=folded(filing.reference) or None,
        lines=tuple(
            ClaimedLine(line=line.sequence, service=line.service, from_day=line.day, through=line.day)
            for line in filing.lines
            if line.day
        ),
    )


def application_of_appeal(number: str, appeal: AppealRequest, original: AppealedDetermination) -> Application:
    """The appeal as admission has to know it; plan, member and services are those that the first case had."""
    member = original.request.member
    return Application(
        number=number,
        kind=Appeal.kind,
        plan=original.plan,
        received_at=appeal.received_at,
        services=tuple(line.asked.service for line in original.lines),
        member=folded(member.contract_number or member.name),
        fingerprint=appeal.fingerprint,
        reference=None,
    )


def application_of_complaint(number: str, complaint: Complaint) -> Application:
    """The grievance as admission has to know it."""
    member = complaint.member
    return Application(
        number=number,
        kind=Grievance.kind,
        plan=complaint.plan,
        received_at=complaint.received_at,
        member=folded(member.contract_number or member.name),
        fingerprint=complaint.fingerprint,
        reference=folded(complaint.reference) or None,
    )


def application_of_learned(number: str, learned: Learned) -> Application:
    """Other coverage as admission has to know it."""
    return Application(
        number=number,
        kind=CoordinationOfBenefits.kind,
        plan=learned.plan,
        received_at=learned.received_at,
        member=folded(learned.member.contract_number or learned.member.name),
        fingerprint=learned.fingerprint,
        reference=folded(learned.reference) or None,
    )


def application_of_message(number: str, left: Left) -> Application:
    """A message as admission has to know it; who left it is whom it is about, until somebody says otherwise."""
    return Application(
        number=number,
        kind=Message.kind,
        plan=left.plan,
        received_at=left.received_at,
        member=left.known_by,
        fingerprint=left.fingerprint,
        reference=folded(left.reference) or None,
    )


def application_of_referred(number: str, referred: Referred) -> Application:
    """A referral to care management as admission has to know it."""
    return Application(
        number=number,
        kind=CareManagement.kind,
        plan=referred.plan,
        received_at=referred.received_at,
        member=folded(referred.member.contract_number or referred.member.name),
        fingerprint=referred.fingerprint,
        reference=folded(referred.reference) or None,
    )


def application_of_subject(number: str, subject: Proposal | Draft) -> Application:
    """A committee's question as admission has to know it: it is the plan's, and no member's."""
    kind = Technology.kind if isinstance(subject, Proposal) else Guideline.kind
    return Application(
        number=number,
        kind=kind,
        plan=subject.plan,
        received_at=subject.received_at,
        member=subject.subject,
        fingerprint=subject.fingerprint,
        reference=folded(subject.reference) or None,
    )
