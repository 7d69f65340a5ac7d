"""Files that are whole or absent, and readable by their owner alone.

A reader never sees half a key ring or half a document, whichever process is killed at whichever moment.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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


def settle(folder: Path) -> None:
    """Make a new name in `folder` outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
