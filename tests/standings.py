"""Standing referrals, valid by default: a ProCare member's to a neurologist, for a year."""

from typing import Any

from domain.case.keeping import come_to_rest
from domain.determination.decisions import Approve
from domain.request.line import Coverage
from domain.request.request import Request
from domain.standing.standing import StandingReferral
from domain.terms.people import Language
from tests.builders import a_request, at, policy, staff

RECEIVED = at("2026-10-06 09:00 PACIFIC")
NEUROLOGIST = {"name": "Amira Haddad MD", "npi": "1234567893", "specialty": "neurology"}


def a_standing(plan: str = "procare", **changes: Any) -> Request:
    """Twelve visits through 5 October of the next year, for a degenerative condition."""
    fields: dict[str, Any] = {
        "plan": plan,
        "received_at": RECEIVED,
        "service": "99243",
        "units": 12,
        "from_day": "2026-10-20",
        "servicing_provider": NEUROLOGIST,
        "standing": {
            "condition": "degenerative",
            "through": "2027-10-05",
            "scope": "visits and medication, no procedures",
        },
    }
    return a_request(**(fields | changes))


def a_referral(plan: str = "procare", **changes: Any) -> StandingReferral:
    request = a_standing(plan, **changes)
    rules = policy(plan, request.received_at.year, request.services, StandingReferral.kind)
    case = StandingReferral.received("STA-2222-2222-2222", "member", rules, request, now=request.received_at)
    case.coverage_found(Coverage(eligible=True, covered=True, because="covered"), request.received_at)
    come_to_rest(case, request.received_at)
    return case


def given(plan: str = "procare", **changes: Any) -> StandingReferral:
    """A physician gave it."""
    case = a_referral(plan, **changes)
    act = Approve(actor=staff("md-vega"))
    act.refuse_unless_allowed(case, case.received_at)
    act.apply(case, case.received_at)
    come_to_rest(case, case.received_at)
    return case


def told(language: Language) -> StandingReferral:
    provider = {
        "name": "Peter Lang MD",
        "npi": "1234567893",
        "address": "12 Example Ave",
        "language": language,
    }
    return given(member={"language": language}, requesting_provider=provider)
