"""Somebody at a terminal: types each answer when it is asked for, and sees what everybody in the room would see."""

import asyncio
import os
import pty

from tests.edges.installation import PATIENCE, PLAZO, Installation


async def types(
    installation: Installation, *words: str, as_: str, answers: list[str], **variables: str
) -> tuple[int, str]:
    """The code that a command left with, and all that stood on the screen."""
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(PLAZO, *words),
        cwd=installation.desk,
        env=installation.environment | {"PLAZO_STAFF": as_, "TERM": "dumb"} | variables,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    reading = asyncio.create_task(asyncio.to_thread(_everything, ours))
    try:
        return await asyncio.wait_for(process.wait(), PATIENCE), await reading
    except TimeoutError:  # it asks for more than it was answered
        process.kill()
        raise AssertionError(await reading) from None


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
