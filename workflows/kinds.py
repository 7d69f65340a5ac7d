"""The kinds of case, each on one row: its story, and what is made of a case to begin or to claim it once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from activities.admission import Application
from activities.opening import (
    AppealOpening,
    DisputeOpening,
    MatterOpening,
    Opening,
    application_of,
    application_of_appeal,
    application_of_filing,
)
from domain.appeal.appeal import Appeal
from domain.authorization.authorization import LiveAuthorization
from domain.case.matter import Matter
from domain.concurrent.concurrent import Concurrent
from domain.dispute.dispute import Dispute
from domain.referral.referral import Referral
from domain.review.assessed import AssessedCase
from domain.review.precertification import Precertification
from domain.review.retrospective import Retrospective
from domain.standing.standing import StandingReferral
from domain.terms.frozen import Frozen
from workflows.appeal import AppealWorkflow
from workflows.authorization import AuthorizationWorkflow
from workflows.care import CareOpening, CareWorkflow
from workflows.cob import CobOpening, CobWorkflow
from workflows.concurrent import ConcurrentWorkflow
from workflows.dispute import DisputeWorkflow
from workflows.grievance import GrievanceOpening, GrievanceWorkflow
from workflows.guideline import GuidelineOpening, GuidelineWorkflow
from workflows.message import MessageOpening, MessageWorkflow
from workflows.precertification import PrecertificationWorkflow
from workflows.referral import ReferralWorkflow
from workflows.retrospective import RetrospectiveWorkflow
from workflows.running.casework import C
from workflows.standing import StandingWorkflow
from workflows.technology import TechnologyOpening, TechnologyWorkflow


@dataclass(frozen=True)
class RunningKind(Generic[C]):
    """A kind of case as it runs."""

    case: type[C]
    workflow: type[Any]
    opening: Callable[[C, str], Frozen]
    """What the story begins with again, after its run of that id was ended from outside."""
    application: Callable[[C], Application] | None
    """The case as admission knew it; None where a case claims nothing."""


def matter(opening: type[MatterOpening], workflow: type[Any]) -> RunningKind[Any]:
    """A kind that what came in opens."""

    def again(case: Matter, run: str) -> MatterOpening:
        return opening.of(case.number, case.came, left_in=run)

    def application(case: Matter) -> Application:
        return again(case, "").application

    return RunningKind(opening.matter, workflow, again, application)


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
        matter(GrievanceOpening, GrievanceWorkflow),
        matter(CobOpening, CobWorkflow),
        matter(MessageOpening, MessageWorkflow),
        matter(CareOpening, CareWorkflow),
        matter(TechnologyOpening, TechnologyWorkflow),
        matter(GuidelineOpening, GuidelineWorkflow),
        RunningKind(LiveAuthorization, AuthorizationWorkflow, LiveAuthorization.issued_again, None),
    )
}
"""Every kind, by its name."""

WORKFLOWS = {name: row.workflow for name, row in RUNNING.items()}
