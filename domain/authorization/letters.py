"""What the letters of an authorization say: what is left before its last day, and by what it ended."""

from pydantic import JsonValue

from domain.authorization.state import AuthorizationState
from domain.clock.timeframe import CountsFrom, Timeframe
from domain.request.determination import Authorization
from domain.review.letters import against
from domain.terms.people import Language

Facts = dict[Language, dict[str, JsonValue]]


def reminder(permit: Authorization, left: int) -> Facts:
    """What is left, and until when."""
    said: dict[str, JsonValue] = {
        "number": permit.number,
        "service": permit.service,
        "units": permit.units,
        **({"measure": permit.measure.value} if permit.measure else {}),
        "units_left": left,
        "through": permit.through.isoformat() if permit.through else None,
    }
    return dict.fromkeys(Language, said)


def ended(case: AuthorizationState, row: Timeframe | None) -> Facts:
    """By what it ended, which number takes its place; where it was voided, by whom, and the `row` to appeal by."""
    permit, plan, by = case.permit, case.policy.plan, case.voided.by if case.voided else None
    return {
        language: {
            "ended_as": permit.ended_as.value if permit.ended_as else None,
            "numbers": [permit.number],
            "service": permit.service,
            "in_the_us": case.request.visit is not None,
            "because": case.because.in_language(language) if case.because else None,
            "circumstance": permit.ends_when.in_language(language) if permit.ends_when else None,
            "replaced_by": case.replaced_by,
            "decided_by": by.signed(language) if by else None,
            "adverse": row is not None,
            "appeal": _appeal(row) if row else None,
            **against(plan, language, goes_on=True),
        }
        for language in Language
    }


def _appeal(row: Timeframe) -> dict[str, JsonValue]:
    return {
        "days": (row.from_the_letter or row.span).length,
        "counts_from": (CountsFrom.NOTICE_DATE if row.from_the_letter else row.counts_from).value,
        "source": row.source,
    }
