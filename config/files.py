"""Files that are whole or absent, and readable by their owner alone.

A reader never sees half a key ring or half a document, whichever process is killed at whichever moment.
"""

import fcntl
import os
import shlex
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from domain.terms.refusals import Misuse

T = TypeVar("T")

_A_MOMENT = 0.1  # seconds


class Watched(Generic[T]):
    """A file that is read again whenever it was replaced: what it says counts from then on."""

    def __init__(self, path: Path, reading: Callable[[Path], T]) -> None:
        self._path = path
        self._reading = reading
        self._found: tuple[tuple[int, int], T] | None = None
        self._looked = 0.0  # by the clock of this process, when it was found

    def lately(self) -> T:
        """What it said a moment ago, for whoever asks hundreds of times a second."""
        if self._found is None or time.monotonic() - self._looked > _A_MOMENT:
            return self.read()
        return self._found[1]

    def read(self) -> T:
        """What it says now. Raises whatever reading it raises."""
        self._looked = time.monotonic()
        try:
            there = self._path.stat()
            state = there.st_ino, there.st_mtime_ns
        except OSError:
            state = (0, 0)
        if self._found is None or self._found[0] != state:
            self._found = state, self._reading(self._path)
        return self._found[1]


def replace(path: Path, content: bytes) -> None:
    """Write `content` under `path`; whoever wrote last wins."""
    with _beside(path, content) as written:
        written.replace(path)
    settle(path.parent)


def create(path: Path, content: bytes) -> bool:
    """Write `content` under `path` unless something is there: False means that another process came first."""
    with _beside(path, content) as written:
        try:
            path.hardlink_to(written)  # unlike a rename, a link never overwrites
        except FileExistsError:
            return False
    settle(path.parent)
    return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only one who changes what is under `path`, among those who ask for it in this way."""
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A finished file of mode 600 in the same folder, gone again afterwards."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # a name must never survive a power cut that its content did not
        yield written
    finally:
        written.unlink(missing_ok=True)


def refuse_if_open_to_others(path: Path, what: str = "The file") -> None:
    """Raise Misuse, with the command that closes it; FileNotFoundError where there is none."""
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise Misuse(f"{what} {path} is open to others; close it: chmod 600 {shlex.quote(str(path))}")


def settle(folder: Path) -> None:
    """Make a new name in `folder` outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
