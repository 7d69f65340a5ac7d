"""What each letter of a grievance says: the facts that are fixed when it becomes owed. Days are ISO dates."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from pydantic import JsonValue

from domain.clock.timeframe import Urgency
from domain.grievance.complaint import Sorted
from domain.policy.grievances import About
from domain.terms.people import Language, Words

if TYPE_CHECKING:
    from domain.grievance.grievance import Grievance

Facts = dict[str, JsonValue]
Said = Callable[[Language], Facts]


def received(case: "Grievance", language: Language) -> Facts:
    """That it came, by when it is answered, and who looks into it."""
    named = case.reviewer if case.terms.names_the_reviewer else None
    due, calendar = case.due_at, case.policy.calendar
    to_the_minute = due is not None and case.urgency is Urgency.EXPEDITED
    return {
        "about": case.about.value,
        "until": calendar.day_of(due).isoformat() if due else None,
        "until_time": f"{calendar.local(due):%H:%M %Z}" if due and to_the_minute else None,
        "in_writing": case.is_answered_in_writing,
        "reviewer": named.signed(language) if named else None,
        "appealed_too": case.sorted_as is Sorted.BOTH,
    }


def extended(until: date, ground: Words, asked_by: str, language: Language) -> Facts:
    return {"until": until.isoformat(), "ground": ground.in_language(language), "asked_by": asked_by}


def answered(case: "Grievance", says: Words, language: Language) -> Facts:
    """What was found, in whose words, and where else the member may turn."""
    hears = case.grievances.quality_organization if case.about is About.QUALITY_OF_CARE else None
    further = case.terms.further
    return {
        "about": case.about.value,
        "found": case.found.value if case.found else None,
        "says": says.in_language(language),
        "reviewer": case.reviewer.signed(language) if case.reviewer else None,
        "further": further.in_language(language) if further else None,
        "quality_organization": hears.model_dump(include={"name", "telephone"}) if hears else None,
    }
