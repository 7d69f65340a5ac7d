"""What a shell completes beside what a help says: people, queues, reasons, and the rows of the last list.

It is asked at every press of TAB, so it reads small files and loads no command. Where the script of a shell asks is
said by the parameters (`CaseNumber`, `AskedBack`).
"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from client.terminal.last_list import last_list
from config import settings
from config.settings import Settings
from domain.parts.queues import QUEUE_ROLES
from domain.terms.refusals import PlazoError

PEOPLE = ("--as", "--to", "--confirmed-by")


def completions(words: Sequence[str]) -> list[str]:
    """Each as a line of value and what it means; of the words after `plazo`, of which the last is being typed."""
    try:
        return [f"{value}\t{means}" for value, means in _found(words, settings.load())]
    except (PlazoError, OSError, ValueError):
        return []


def _found(words: Sequence[str], here: Settings) -> Iterator[tuple[str, str]]:
    command, before = words[0], words[-2]
    if before in PEOPLE or (command == "assign" and len(words) == len(("assign", "CASE", "TO"))):
        yield from ((row["id"], row["title"]) for row in _rows(here.policy / "staff.toml", "staff"))
    elif before == "--queue":
        yield from ((queue, role.value) for queue, role in QUEUE_ROLES.items())
    elif before == "--reason":
        for file, table in (("reason_library.toml", "library_reason"), ("reasons.toml", "reason")):
            yield from ((row["id"], row["words"]["en"]) for row in _rows(here.policy / file, table))
    else:
        for row, case in enumerate(last_list(here), start=1):
            yield str(row), case
            yield case, f"row {row}"


def _rows(file: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))[table]
    return rows
