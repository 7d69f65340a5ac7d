"""The state of a case as it was kept before it had parts: closed cases are taken up from it for years."""

from typing import Any

PARTS = {
    "log": {"events": "events", "flags": "flags"},
    "work": {"work": "pieces", "absences": "absences"},
    "clocks": {"clocks": "named", "kept": "kept"},
    "letters": {
        name: name for name in ("notices", "on_their_way", "holds", "found_addresses", "found_numbers")
    },
    "papers": {"documents": "documents"},
}
"""By part, what its fields were called when they stood in the case itself."""


def in_parts(state: Any) -> Any:
    """The same state with each field in its part."""
    if not isinstance(state, dict) or "events" not in state:
        return state
    kept = dict(state)
    parts = {
        part: {name: kept.pop(old) for old, name in fields.items() if old in kept}
        for part, fields in PARTS.items()
    }
    return kept | parts
