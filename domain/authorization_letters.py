"""What the letters of an authorization say: what is left before its last day, and by what it ended."""

from pydantic import JsonValue

from domain.determination import Authorization, Ending
from domain.people import Language, Words

Facts = dict[Language, dict[str, JsonValue]]


def reminder(permit: Authorization, left: int) -> Facts:
    """What is left, and until when."""
    said: dict[str, JsonValue] = {
        "number": permit.number,
        "service": permit.service,
        "units": permit.units,
        "units_left": left,
        "through": permit.through.isoformat() if permit.through else None,
    }
    return dict.fromkeys(Language, said)


def ended(
    permit: Authorization, ending: Ending, because: Words | None, replaced_by: str | None, *, in_the_us: bool
) -> Facts:
    """By what it ended, on which ground, and which number takes its place."""
    return {
        language: {
            "ended_as": ending.value,
            "numbers": [permit.number],
            "in_the_us": in_the_us,
            "because": because.in_language(language) if because else None,
            "circumstance": permit.ends_when.in_language(language) if permit.ends_when else None,
            "replaced_by": replaced_by,
        }
        for language in Language
    }
