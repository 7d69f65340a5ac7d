"""The staff file of the pack: who works here, by id. A command needs no more of the pack to know who acts."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.policy.rows import Staff
from domain.terms.people import Actor
from domain.terms.refusals import Misuse

STAFF_FILE = "staff.toml"


def everybody(folder: Path) -> list[Actor]:
    """All of the staff, in the order of the file."""
    return [person(folder, str(row.get("id"))) for row in _rows(folder)]


def person(folder: Path, name: str) -> Actor:
    """One member of staff, as `row` finds them."""
    return Actor.model_validate(row(folder, name).model_dump(include=set(Actor.model_fields)))


def row(folder: Path, name: str) -> Staff:
    """One member of staff. Raises Misuse where the file cannot be read, or nobody in it has this id."""
    found = next((one for one in _rows(folder) if one.get("id") == name), None)
    if found is None:
        raise Misuse(f"staff: nobody is called {name[:40]!r} in the staff file; see policy/{STAFF_FILE}.")
    try:
        return Staff.model_validate(found)
    except ValidationError:
        raise Misuse(
            f"staff: the row {name!r} of {STAFF_FILE} has a fault; see `plazo policy check`."
        ) from None


def _rows(folder: Path) -> list[dict[str, Any]]:
    try:
        return _read((folder / STAFF_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Misuse(
            f"staff: {STAFF_FILE} of the policy pack cannot be read; see `plazo policy check`."
        ) from None


@lru_cache(maxsize=2)
def _read(text: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(text).get("staff", [])
    return rows
