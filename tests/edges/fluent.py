"""Commands in this process: through the front door, with streams and an environment of their own, side by side.

Loading Python and building models takes a command ten times longer than its work. Only the leaving is left out: a
command that is about its exit, about signals or pipes is a process of its own, `Installation.start`.
"""

import asyncio
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TextIO
from unittest.mock import patch

import plazo
from config.process_exit import settle_streams, told
from config.terminal import PagedOutput

PATIENCE = 120.0  # a liveness bound


class Answer(NamedTuple):
    """What a command left with, and what it wrote."""

    code: int
    out: str
    err: str


async def types(words: Sequence[str], given: bytes, environment: Mapping[str, str]) -> Answer:
    """Run `plazo` with these words, this standard input and exactly this environment."""
    stdin, out, err = (
        io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", write_through=True) for raw in (given, b"", b"")
    )
    code = await runs(words, (stdin, out, err), environment)
    return Answer(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


async def runs(words: Sequence[str], streams: Sequence[TextIO], environment: Mapping[str, str]) -> int:
    """The code with which `plazo` leaves, given its three standard streams and exactly this environment."""
    stdin, out, err = streams
    own = _OWN.set(
        {
            "stdin": stdin,
            "stdout": PagedOutput(out),
            "stderr": err,
            "environ": {os.fsencode(name): os.fsencode(value) for name, value in environment.items()},
        }
    )
    try:
        async with asyncio.timeout(PATIENCE):
            with _each_its_own():
                settle_streams()
                return await _left_with(words)
    finally:
        _OWN.reset(own)


async def _left_with(words: Sequence[str]) -> int:
    """The code that the command would leave with, as at the outermost exit."""
    try:
        return await plazo.invoke(list(words))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - as there
        return told(error)


_OWN: ContextVar[dict[str, Any]] = ContextVar("what a command has for itself")


class _Own:
    """Whatever the command that asks has for itself; elsewhere, what everybody has."""

    def __init__(self, name: str, everybodys: Any) -> None:
        self._found = lambda: _OWN.get({}).get(name, everybodys)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found(), name)

    def __getitem__(self, name: bytes) -> bytes:
        return self._found()[name]

    def __setitem__(self, name: bytes, value: bytes) -> None:
        self._found()[name] = value

    def __delitem__(self, name: bytes) -> None:
        del self._found()[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


_running = 0


@contextmanager
def _each_its_own() -> Iterator[None]:
    """From the first of the commands that run side by side to the last."""
    global _patches, _running  # noqa: PLW0603
    if not _running:
        _patches = [
            *(
                patch.object(sys, name, _Own(name, getattr(sys, name)))
                for name in ("stdin", "stdout", "stderr")
            ),
            patch.object(
                os.environ, "_data", _Own("environ", os.environ._data)
            ),  # others keep the mapping itself
        ]
        for one in _patches:
            one.start()
    _running += 1
    try:
        yield
    finally:
        _running -= 1
        if not _running:
            for one in _patches:
                one.stop()


def refused_in_one_line(answer, code, said):
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("plazo: ")
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    assert "Refused" not in answer.err
    assert said in answer.err
