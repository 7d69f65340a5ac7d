"""A file that a command makes for somebody: whole or not at all, for its owner alone, over nothing unless told."""

import sys
from pathlib import Path
from stat import S_ISREG

from config import files
from domain.terms.refusals import Misuse

STANDARD_OUTPUT = "-"


def refuse_unless_writable(out: str, field: str, *, force: bool) -> None:
    """Before anything is asked of anybody: a file that nobody gets is not made."""
    if out == STANDARD_OUTPUT:
        return
    path = Path(out)
    try:
        there = path.stat()
    except FileNotFoundError:
        if not path.absolute().parent.is_dir():
            raise Misuse(f"{field}: {path.name} cannot be written (there is no such folder).") from None
    except (OSError, ValueError):
        raise Misuse(f"{field}: no file can be called {out!r}.") from None
    else:
        if not S_ISREG(there.st_mode):
            raise Misuse(f"{field}: {path.name or out} is no file.")
        if not force:
            raise _there_already(field, path)


def write(out: str, field: str, content: bytes, *, force: bool) -> None:
    if out == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        return
    path = Path(out)
    try:
        if force:
            files.replace(path, content)
        elif not files.create(path, content):
            raise _there_already(field, path)
    except OSError as error:
        raise Misuse(f"{field}: {path.name} cannot be written ({error.strerror}).") from None


def _there_already(field: str, path: Path) -> Misuse:
    return Misuse(f"{field}: {path.name} is there already; --force writes over it.")
