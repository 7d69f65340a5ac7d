"""The kinds of case, each on one row: its story, and what is made of a case to begin or to claim it once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from activities.admission import Application
from activities.opening import (
    AppealOpening,
    CareOpening,
    CobOpening,
    DisputeOpening,
    GrievanceOpening,
    GuidelineOpening,
    MessageOpening,
    Opening,
    TechnologyOpening,
    application_of,
    application_of_appeal,
    application_of_complaint,
    application_of_filing,
    application_of_learned,
    application_of_message,
    application_of_referred,
    application_of_subject,
)
from domain.appeal.appeal import Appeal
from domain.authorization.authorization import LiveAuthorization
from domain.care.care import CareManagement
from domain.cob.cob import CoordinationOfBenefits
from domain.concurrent.concurrent import Concurrent
from domain.dispute.dispute import Dispute
from domain.grievance.grievance import Grievance
from domain.guideline.guideline import Guideline
from domain.message.message import Message
from domain.referral.referral import Referral
from domain.review.assessed import AssessedCase
from domain.review.precertification import Precertification
from domain.review.retrospective import Retrospective
from domain.standing.standing import StandingReferral
from domain.technology.technology import Technology
from domain.terms.frozen import Frozen
from workflows.appeal import AppealWorkflow
from workflows.authorization import AuthorizationWorkflow
from workflows.care import CareWorkflow
from workflows.cob import CobWorkflow
from workflows.concurrent import ConcurrentWorkflow
from workflows.dispute import DisputeWorkflow
from workflows.grievance import GrievanceWorkflow
from workflows.guideline import GuidelineWorkflow
from workflows.message import MessageWorkflow
from workflows.precertification import PrecertificationWorkflow
from workflows.referral import ReferralWorkflow
from workflows.retrospective import RetrospectiveWorkflow
from workflows.running.casework import C
from workflows.standing import StandingWorkflow
from workflows.technology import TechnologyWorkflow


@dataclass(frozen=True)
class RunningKind(Generic[C]):
    """A kind of case as it runs."""

    case: type[C]
    workflow: type[Any]
    opening: Callable[[C, str], Frozen]
    """What the story begins with again, after its run of that id was ended from outside."""
    application: Callable[[C], Application] | None
    """The case as admission knew it; None where a case claims nothing."""


def _request_again(case: AssessedCase, run: str) -> Opening:
    return Opening(number=case.number, request=case.request, left_in=run)


def _requested(case: AssessedCase) -> Application:
    return application_of(case.number, case.kind, case.request)


RUNNING: dict[str, RunningKind[Any]] = {
    row.case.kind: row
    for row in (
        RunningKind(Precertification, PrecertificationWorkflow, _request_again, _requested),
        RunningKind(Referral, ReferralWorkflow, _request_again, _requested),
        RunningKind(Concurrent, ConcurrentWorkflow, _request_again, _requested),
        RunningKind(StandingReferral, StandingWorkflow, _request_again, _requested),
        RunningKind(Retrospective, RetrospectiveWorkflow, _request_again, _requested),
        RunningKind(
            Dispute,
            DisputeWorkflow,
            lambda case, run: DisputeOpening(number=case.number, left_in=run),
            lambda case: application_of_filing(case.number, case.filing),
        ),
        RunningKind(
            Appeal,
            AppealWorkflow,
            lambda case, run: AppealOpening(number=case.number, appeal=case.appeal, left_in=run),
            lambda case: application_of_appeal(case.number, case.appeal, case.original),
        ),
        RunningKind(
            Grievance,
            GrievanceWorkflow,
            lambda case, run: GrievanceOpening(number=case.number, complaint=case.complaint, left_in=run),
            lambda case: application_of_complaint(case.number, case.complaint),
        ),
        RunningKind(
            CoordinationOfBenefits,
            CobWorkflow,
            lambda case, run: CobOpening(number=case.number, learned=case.learned, left_in=run),
            lambda case: application_of_learned(case.number, case.learned),
        ),
        RunningKind(
            Message,
            MessageWorkflow,
            lambda case, run: MessageOpening(number=case.number, left=case.left, left_in=run),
            lambda case: application_of_message(case.number, case.left),
        ),
        RunningKind(
            CareManagement,
            CareWorkflow,
            lambda case, run: CareOpening(number=case.number, referred=case.referred, left_in=run),
            lambda case: application_of_referred(case.number, case.referred),
        ),
        RunningKind(
            Technology,
            TechnologyWorkflow,
            lambda case, run: TechnologyOpening(number=case.number, proposal=case.proposal, left_in=run),
            lambda case: application_of_subject(case.number, case.proposal),
        ),
        RunningKind(
            Guideline,
            GuidelineWorkflow,
            lambda case, run: GuidelineOpening(number=case.number, draft=case.draft, left_in=run),
            lambda case: application_of_subject(case.number, case.draft),
        ),
        RunningKind(LiveAuthorization, AuthorizationWorkflow, LiveAuthorization.issued_again, None),
    )
}
"""Every kind, by its name."""

WORKFLOWS = {name: row.workflow for name, row in RUNNING.items()}
