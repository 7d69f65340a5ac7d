"""The list of papers to be printed, or faxed: one line of CSV for each, added once."""

import csv
import errno
import fcntl
import os
from io import FileIO, StringIO
from pathlib import Path
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
    """A file that several workers may add to; a line that a killed worker left unfinished is cut off."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lists(self, key: str) -> bool:
        """Is there a whole line of this key?"""
        written = self.path.read_bytes() if self.path.exists() else b""
        return b"\n" + key.encode() + b"," in written[: written.rfind(b"\n") + 1]

    def add(self, entry: Listed) -> None:
        """Add the line of a letter, unless it is there. Raises OSError where the disk is full, and adds nothing."""
        self.path.touch(mode=0o600)
        with self.path.open("a+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # given back when the file is closed, however that comes
            file.seek(0)
            written = file.read()
            whole = written[: written.rfind(b"\n") + 1]
            if len(whole) < len(written):
                file.truncate(len(whole))
            if b"\n" + entry.key.encode() + b"," in whole:
                return
            lines = [list(entry.model_dump().values())]
            if not whole:
                lines.insert(0, list(type(entry).model_fields))
            try:
                _write(file, _as_csv(lines))
            except OSError:
                file.truncate(len(whole))
                raise


def _write(file: FileIO, content: bytes) -> None:
    if file.write(content) < len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file.fileno())


def _as_csv(lines: list[list[Any]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
