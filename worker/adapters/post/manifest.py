"""The list of papers to be printed, or faxed: one line of CSV for each, added once."""

import csv
import errno
import fcntl
import os
from io import FileIO, StringIO
from pathlib import Path
from threading import Lock
from typing import Any

from domain.terms.frozen import Frozen


class Listed(Frozen):
    """What stands in a list of papers: at the least the key, after which the file is called, with .pdf."""

    key: str


class Entry(Listed):
    """What a mail house is told of a letter; whose it is stands on the letter alone."""

    kind: str
    recipient: str
    language: str
    pages: int
    sha256: str
    template: str  # name, version and day of approval of the words


class Manifest:
    """A file that several workers may add to; a line that a killed worker left unfinished is cut off.

    Of the file only what was added since is read again: it has a line for every letter that ever left.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._taken = Lock()  # letters are set side by side
        self._forget()

    def _forget(self) -> None:
        self._keys: set[bytes] = set()
        self._read = 0  # bytes, to the end of a line
        self._last = b""  # that line

    def lists(self, key: str) -> bool:
        """Is there a whole line of this key?"""
        if not self.path.exists():
            return False
        with self._taken, self.path.open("rb", buffering=0) as file:
            self._read_on(file)
            return key.encode() in self._keys

    def add(self, entry: Listed) -> None:
        """Add the line of a letter, unless it is there. Raises OSError where the disk is full, and adds nothing."""
        self.path.touch(mode=0o600)
        with self._taken, self.path.open("a+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # given back when the file is closed, however that comes
            self._read_on(file)
            whole = self._read
            file.truncate(whole)
            if entry.key.encode() in self._keys:
                return
            lines = [list(entry.model_dump().values())]
            if not whole:
                lines.insert(0, list(type(entry).model_fields))
            try:
                _write(file, _as_csv(lines))
            except OSError:
                file.truncate(whole)
                raise

    def _read_on(self, file: FileIO) -> None:
        """Take in the whole lines that are new, all of them where it is not the list that it was."""
        file.seek(max(self._read - len(self._last), 0))
        if file.read(len(self._last)) != self._last:
            self._forget()
            file.seek(0)
        lines = file.readall().splitlines(keepends=True)
        if lines and not lines[-1].endswith(b"\n"):
            lines.pop()
        if lines:
            self._keys |= {line.partition(b",")[0] for line in lines}
            self._read += sum(map(len, lines))
            self._last = lines[-1]


def _write(file: FileIO, content: bytes) -> None:
    if file.write(content) < len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file.fileno())


def _as_csv(lines: list[list[Any]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
