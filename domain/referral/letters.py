"""What the letters of a referral say beyond those of every review: the facts fixed when each becomes owed."""

from datetime import date

from pydantic import JsonValue

from domain.request.availability import LocalProvider
from domain.request.determination import Authorization, Ending
from domain.request.line import Line
from domain.request.network import Coinsurance, NetworkProvider
from domain.review.reviewed import ReviewedCase
from domain.terms.people import Language, Words


def available_locally(local: LocalProvider, services: list[str]) -> dict[str, JsonValue]:
    """Who gives the services in Puerto Rico."""
    return {
        "services": list(services),
        "local_provider": local.name,
        "local_telephone": local.telephone,
        "local_address": local.address,
    }


def preauthorization(
    case: ReviewedCase, line: Line, permit: Authorization, day: date | None, language: Language
) -> dict[str, JsonValue]:
    """What the chosen provider may give, and where it verifies that the member is eligible."""
    ends_when = permit.ends_when.in_language(language) if permit.ends_when else None
    plan = case.policy.plan
    return {
        "number": permit.number,
        "service": permit.service,
        "units": permit.units,
        "diagnoses": list(line.asked.diagnoses),
        "from": permit.from_day.isoformat(),
        "through": permit.through.isoformat() if permit.through else None,
        "ends_when": ends_when,
        "service_day": day.isoformat() if day else None,
        "eligibility_telephone": plan.eligibility_telephone or plan.telephone,
    }


def coinsurance(
    line: Line, provider: NetworkProvider | None, owed: Coinsurance | None
) -> dict[str, JsonValue]:
    """What part the member pays; where the directory does not say, the member's own policy does."""
    return {
        "service": line.service,
        "us_provider": provider.name if provider else None,
        "percent": f"{owed.percent:f}" if owed and owed.percent is not None else None,
        "amount": f"{owed.amount:f}" if owed and owed.amount is not None else None,
    }


def ended(
    ending: Ending, numbers: list[str], because: Words | None, language: Language
) -> dict[str, JsonValue]:
    """Which authorizations ended, and by what; on which ground, where there has to be one."""
    return {
        "ended_as": ending.value,
        "numbers": list(numbers),
        "service": None,  # they may be several
        "in_the_us": True,
        "because": because.in_language(language) if because else None,
        "circumstance": None,
        "replaced_by": None,
        "decided_by": None,
        "appeal": None,
    }
