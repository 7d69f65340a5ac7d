"""What the letters of a stay say: when coverage ends, who is asked about it until when, and why, in detail."""

from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.terms.people import Language

if TYPE_CHECKING:
    from domain.concurrent.concurrent import Concurrent

Facts = dict[Language, dict[str, JsonValue]]


def non_coverage(case: "Concurrent") -> Facts:
    """The last covered day, and how the QIO is asked, where the notice is delivered in time."""
    return {language: _end(case, language) for language in Language}


def explanation(case: "Concurrent") -> Facts:
    """The same, and why."""
    ends = case.termination
    return {
        language: _end(case, language) | {"because": ends.because.in_language(language) if ends else ""}
        for language in Language
    }


def _end(case: "Concurrent", language: Language) -> dict[str, JsonValue]:
    ends, calendar = case.termination, case.policy.calendar
    if ends is None:  # pragma: no cover - there is an end to tell of
        raise AssertionError("no end of coverage is proposed")
    rule, asks = case.policy.service_rule(case.lines[0].asked.service), case.stays.quality_organization
    until = ends.review_until(calendar)
    return {
        "service": case.lines[0].asked.service,
        "title": rule.title.in_language(language) if rule else None,
        "last_day": ends.ends_on(calendar).isoformat(),
        "ask_by": calendar.day_of(until).isoformat() if until else None,
        "organization": asks.name if asks else None,
        "organization_telephone": asks.telephone if asks else None,
        "source": ends.row.source,
    }
