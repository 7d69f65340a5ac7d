"""Somebody at a terminal: types each answer when it is asked for, and sees what everybody in the room would see."""

import asyncio
import os
import pty
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager
from typing import TextIO

from tests.edges.fluent import runs
from tests.edges.installation import Installation

NO_MORE = "\x04"  # Ctrl-D: whoever asks for more than was answered finds an end


async def types(
    installation: Installation, *words: str, as_: str, answers: list[str], **variables: str
) -> tuple[int, str]:
    """The code that a command left with, and all that stood on the screen."""
    ours, theirs = pty.openpty()
    os.write(ours, ("".join(f"{answer}\n" for answer in answers) + NO_MORE).encode())
    reading = asyncio.create_task(asyncio.to_thread(_everything, ours))
    environment = installation.environment | {"PLAZO_STAFF": as_, "TERM": "dumb"} | variables
    with _sat_at(theirs) as streams, chdir(installation.desk):
        code = await runs(words, streams, environment)
    return code, await reading


@contextmanager
def _sat_at(terminal: int) -> Iterator[list[TextIO]]:
    """What is typed there and twice what is shown; afterwards it is hung up."""
    with ExitStack() as hung_up:
        hung_up.callback(os.close, terminal)
        yield [
            hung_up.enter_context(open(terminal, mode, buffering=1, encoding="utf-8", closefd=False))
            for mode in "rww"
        ]


def keys(*words: str, answers: list[str]) -> int:
    """How many keys that is, from the first of the command to the last Enter."""
    return len(" ".join(("plazo", *words))) + 1 + sum(len(answer) + 1 for answer in answers)


def _everything(terminal: int) -> str:
    seen = b""
    try:
        while more := os.read(terminal, 4096):
            seen += more
    except OSError:  # so Linux says that nobody writes any more
        pass
    finally:
        os.close(terminal)
    return seen.decode().replace("\r\n", "\n")
