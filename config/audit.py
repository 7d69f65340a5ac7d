"""The audit: who read and who acted, on what, when, as rows that are only added, each chained to the one before.

A file for each process and day, in a folder of the home. A row's mark is a keyed hash of the row and of the mark
before it; the first row of a file names the newest mark of another file. So whoever removes, changes or reorders
rows is found out, but for the newest ones: an anchor holds those, which is kept elsewhere. Nothing that a case says
is in it; why somebody did it is in words of their own, and sealed.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import AwareDatetime, ValidationError

from config.sealing.keyring import KeyRing
from domain.terms.frozen import Frozen
from domain.terms.refusals import PlazoError

UNREADABLE = "(sealed with another key ring, or changed)"

Did = Literal[
    "read", "asked", "acted", "began", "broke the glass", "opened the pages", "logged in", "was refused"
]


class Mark(Frozen):
    """How far a file had come."""

    file: str
    rows: int
    mark: str


class Row(Frozen):
    """One thing that somebody did."""

    at: AwareDatetime
    who: str
    did: Did
    what: str
    case: str | None = None
    because: str = ""
    """Why it was refused, or for what reason somebody reads beyond their plans."""


class Trail:
    """Writes rows, in the order in which they happen here."""

    def __init__(self, folder: Path, ring: KeyRing, anchor: Path | None = None) -> None:
        self._folder = folder
        self._ring = ring
        self._anchor = anchor
        self._day: date | None = None
        self._file: int | None = None
        self._at = Mark(file="", rows=0, mark="")

    def note(self, who: str, did: Did, what: str, *, case: str | None = None, because: str = "") -> None:
        """Add a row. Raises OSError where it cannot be written: then nothing is shown or done either."""
        now = datetime.now(UTC)
        if now.date() != self._day:
            self._begin(now)
        why = self._ring.veiled(because) if because else ""
        row = Row(at=now, who=who, did=did, what=what, case=case, because=why)
        self._add(row.model_dump(mode="json", exclude_defaults=True))

    def _begin(self, now: datetime) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = newest(self._folder)
        if before and self._anchor:
            _append(self._anchor, before.model_dump_json())
        name = f"{now:%Y%m%dT%H%M%S%f}-{os.getpid()}.jsonl"
        if self._file is not None:
            os.close(self._file)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        self._file, self._day = os.open(self._folder / name, flags, 0o600), now.date()
        self._at = Mark(file=name, rows=0, mark=name)
        self._add({"after": before.model_dump(mode="json") if before else None})

    def _add(self, row: Mapping[str, Any]) -> None:
        said = json.dumps(row, ensure_ascii=False)
        mark = self._ring.chained(self._at.mark, said)
        assert self._file is not None
        os.write(self._file, f"{mark} {said}\n".encode())
        self._at = Mark(file=self._at.file, rows=self._at.rows + 1, mark=mark)


def newest(folder: Path) -> Mark | None:
    """How far the newest file has come; its last line may be on its way."""
    for path in sorted(folder.glob("*.jsonl"), reverse=True):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n")[:-1] if line]
        if lines:
            return Mark(file=path.name, rows=len(lines), mark=lines[-1].partition(" ")[0])
    return None


@dataclass(frozen=True)
class Audit:
    """Reads what was written."""

    folder: Path
    ring: KeyRing

    def rows(self, case: str | None = None) -> Iterator[Row]:
        """Every row, or those of a case, in the order of their instants."""
        found = [row for path in self._files() for _, said in _lines(path) if (row := _row(said))]
        for row in sorted((row for row in found if case in {None, row.case}), key=lambda row: row.at):
            yield row.model_copy(update={"because": self._opened(row.because)})

    def _opened(self, why: str) -> str:
        try:
            return self.ring.unveiled(why)
        except PlazoError:
            return UNREADABLE

    def faults(self, anchor: Path | None = None) -> Iterator[str]:
        """What was removed, changed or reordered, in sentences; nothing where all is as it was written."""
        marks = {path.name: [mark for mark, _ in _lines(path)] for path in self._files()}
        for path in self._files():
            at = path.name
            for number, (mark, said) in enumerate(_lines(path), start=1):
                if mark != self.ring.chained(at, said):
                    yield f"{path.name}, row {number}: it is not what was written after the row before."
                    break
                at = mark
            yield from self._missing(_after(path), marks, f"which {path.name} goes on from")
        for held in _held(anchor):
            yield from self._missing(held, marks, "which the anchor holds")

    @staticmethod
    def _missing(held: Mark | None, marks: Mapping[str, list[str]], who: str) -> Iterator[str]:
        if held and held.mark not in marks.get(held.file, [])[held.rows - 1 : held.rows]:
            yield f"{held.file}, row {held.rows}, {who}: it is not there."

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.jsonl"))


def _lines(path: Path) -> list[tuple[str, str]]:
    """Each row with its mark before it."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [(mark, said) for mark, _, said in (line.partition(" ") for line in lines)]


def _row(said: str) -> Row | None:
    try:
        return Row.model_validate_json(said)
    except ValidationError:
        return None


def _after(path: Path) -> Mark | None:
    try:
        before = json.loads(_lines(path)[0][1])["after"]
        return Mark.model_validate(before) if before else None
    except (IndexError, KeyError, ValueError, TypeError):
        return None  # its first row is at fault, which is said


def _held(anchor: Path | None) -> list[Mark]:
    lines = anchor.read_text(encoding="utf-8").splitlines() if anchor and anchor.exists() else []
    return [Mark.model_validate_json(line) for line in lines]


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
