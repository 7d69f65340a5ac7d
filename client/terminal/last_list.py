"""The last list that a terminal was shown, so that a case can be looked at by its row: `plazo show 3`.

It holds case numbers alone, which name nobody, in a file of the home for each session of a shell.
"""

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from config import files
from config.home import Home
from config.settings import Settings
from domain.terms.case_number import parse
from domain.terms.refusals import Misuse

A_DAY = 24 * 60 * 60  # seconds; what was listed yesterday is not what somebody means


def keep_list(cases: Sequence[str], settings: Settings) -> None:
    """Keep these rows as the last list; where the home cannot be written, rows cannot be named."""
    path = _path(settings)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        for older in path.parent.iterdir():
            if older.stat().st_mtime < time.time() - A_DAY:
                older.unlink()
        files.replace(path, json.dumps(cases).encode())


def last_list(settings: Settings) -> list[str]:
    """The case numbers of the last list. Raises OSError or ValueError where none was shown here."""
    kept: list[str] = json.loads(_path(settings).read_bytes())
    return kept


def named(case: str, settings: Settings) -> str:
    """The case that is meant: by its number, or by its row in the last list."""
    if not (case.isascii() and case.isdigit()):
        return parse(case)
    try:
        kept = last_list(settings)
    except (OSError, ValueError):
        raise Misuse("case: no list was shown here of which this could be a row.") from None
    if not 1 <= int(case) <= len(kept):
        raise Misuse(f"case: the last list has {len(kept)} rows.")
    return kept[int(case) - 1]


def _path(settings: Settings) -> Path:
    return Home(settings.home).lists / f"{os.getsid(0)}.json"
