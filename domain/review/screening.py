"""Is leave needed at all? What the pack lists as never needing it, and emergencies."""

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.case import ending
from domain.case.events import EventKind
from domain.policy.case_policy import CasePolicy
from domain.policy.rows import exempt
from domain.request.line import Line
from domain.request.request import Request
from domain.review import announcing
from domain.terms.notice import NoticeKind

if TYPE_CHECKING:
    from domain.review.assessed import AssessedCase

CONFIRM_EMERGENCY = "confirm the emergency, or review as expedited"


def why_none_is_needed(case: "AssessedCase") -> str:
    if is_emergency(case.policy, case.request):
        return "an emergency in an emergency setting"
    return "on no list of this plan, and no decision was asked for"


def inform_not_required(case: "AssessedCase", why: str, now: datetime) -> None:
    """Tell the requester that no precertification is required. Nothing was decided, so no clock is kept."""
    case.not_required = True
    case.log.record(EventKind.SCREENED, f"no precertification required: {why}", now=now)
    ending.end_clocks(case, now)
    services: list[JsonValue] = [line.asked.service for line in case.lines]
    verify_at = case.policy.plan.eligibility_telephone if case.request.visit else None
    announcing.owe_same(
        case, NoticeKind.NOT_REQUIRED, now, services=services, eligibility_telephone=verify_at
    )


def is_emergency_unconfirmed(case: "AssessedCase") -> bool:
    """Somebody ticked it, and nothing shows it yet."""
    return case.request.emergency and not case.not_required


def ask_to_confirm_emergency(case: "AssessedCase", now: datetime) -> None:
    """A tick is not a confirmation: a nurse looks, and meanwhile the request is an expedited one."""
    case.need("nurse-review", CONFIRM_EMERGENCY, now)


def is_emergency(policy: CasePolicy, request: Request) -> bool:
    """Service in an emergency setting; a tick alone is not enough."""
    listed = any(row.emergency for row in policy.never_required)
    return listed and request.emergency and request.is_in_emergency_setting


def never_required(policy: CasePolicy, request: Request, line: Line) -> bool:
    """Does the pack list this service as never needing precertification? The row that names more counts."""
    return exempt(policy.sought(request, line.asked), policy.service, policy.never_required) is not None
