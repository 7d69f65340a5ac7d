"""The staff file of the pack: who works here, by id. A command needs no more of the pack to know who acts."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from domain.pack import Staff
from domain.people import Actor
from domain.refusals import Misuse

STAFF_FILE = "staff.toml"


def person(folder: Path, name: str) -> Actor:
    """One member of staff. Raises Misuse where the file cannot be read, or nobody in it has this id."""
    try:
        rows = tomllib.loads((folder / STAFF_FILE).read_text(encoding="utf-8")).get("staff", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Misuse(
            f"staff: {STAFF_FILE} of the policy pack cannot be read; see `plazo policy check`."
        ) from None
    row = next((row for row in rows if row.get("id") == name), None)
    if row is None:
        raise Misuse(f"staff: nobody is called {name[:40]!r} in the staff file; see policy/{STAFF_FILE}.")
    try:
        return Actor.model_validate(Staff.model_validate(row).model_dump())
    except ValidationError:
        raise Misuse(
            f"staff: the row {name!r} of {STAFF_FILE} has a fault; see `plazo policy check`."
        ) from None
