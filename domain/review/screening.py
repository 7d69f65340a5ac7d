"""Is leave needed at all? What the pack lists as never needing it, and emergencies."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.case import ending
from domain.clock.timeframe import Services
from domain.parts.events import EventKind
from domain.policy.case_policy import CasePolicy
from domain.policy.rows import exempt
from domain.request.line import Line
from domain.request.request import Request, ServiceLine
from domain.review import announcing, letters
from domain.terms.notice import NoticeKind
from domain.terms.people import SYSTEM, Actor, Language

if TYPE_CHECKING:
    from domain.review.assessed import AssessedCase

CONFIRM_EMERGENCY = "confirm the emergency, or review as expedited"


def why_none_is_needed(case: "AssessedCase") -> str:
    if is_emergency(case.policy, case.request):
        return "an emergency in an emergency setting"
    return "on no list of this plan, and no decision was asked for"


def only_asked_about(case: "AssessedCase") -> list[Line]:
    """Lines that are on no list, and on which nobody wants a decision."""

    def is_wanted(line: Line) -> bool:
        wants = line.asked.wants_decision
        return case.request.wants_decision if wants is None else wants

    return [line for line in case.lines if line.kind is Services.UNLISTED and not is_wanted(line)]


def inform_of_lines(case: "AssessedCase", apart: list[Line], now: datetime) -> None:
    """They need none (NA) and are told so alone: no clock runs for them, and the others go on."""
    if apart == case.lines:
        inform_not_required(case, why_none_is_needed(case), now)
        return
    case.informed = tuple(line.asked for line in apart)
    case.lines = [line for line in case.lines if line not in apart]
    for clock in case.clocks.open:
        if clock.lines and not case.lines_of(clock):
            case.clocks.change(clock.id, ended_at=now)
    numbers = ", ".join(str(line.sequence) for line in apart)
    words = f"no precertification required for line {numbers}, and no decision was asked for"
    case.log.record(EventKind.SCREENED, words, now=now)
    _tell(case, case.informed, now)


def inform_not_required(case: "AssessedCase", why: str, now: datetime, by: Actor = SYSTEM) -> None:
    """Tell the requester that no precertification is required. Nothing was decided, so no clock is kept."""
    case.not_required = True
    case.log.record(EventKind.SCREENED, f"no precertification required: {why}", now=now, by=by)
    ending.end_clocks(case, now)
    _tell(case, [line.asked for line in case.lines], now)


def _tell(case: "AssessedCase", lines: Iterable[ServiceLine], now: datetime) -> None:
    """The letter that none is needed for these; where others are under review, it says so."""
    verify_at = case.policy.plan.eligibility_telephone if case.request.visit else None
    said: dict[str, JsonValue] = {
        "services": [line.service for line in lines],
        "eligibility_telephone": verify_at,
    }
    facts = {
        language: said | {"still_open": letters.still_open(case, language) if case.informed else []}
        for language in Language
    }
    announcing.owe(case, NoticeKind.NOT_REQUIRED, now, facts)


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
