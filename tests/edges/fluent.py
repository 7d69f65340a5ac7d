"""Commands as processes of their own, forked from one that has everything loaded.

Loading Python and building models takes a command ten times longer than its work. A forked command goes through the
same front door to the same exit; only its loading was done before.
"""

import asyncio
import importlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from worker.typist import ended

PATIENCE = 120.0  # a liveness bound


class Answer(NamedTuple):
    """What a command left with, and what it wrote."""

    code: int
    out: str
    err: str


class Fluent:
    """Runs `plazo` with these words, this standard input and exactly this environment."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.edges.loaded"])

    async def types(self, words: Sequence[str], given: bytes, environment: Mapping[str, str]) -> Answer:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "0").write_bytes(given)
            process = self.context.Process(target=_become, args=(words, dict(environment), folder))
            process.start()
            async with asyncio.timeout(PATIENCE):
                await ended(process)
            assert process.exitcode is not None
            out, err = ((Path(folder) / name).read_text(encoding="utf-8") for name in ("1", "2"))
            return Answer(process.exitcode, out, err)


def _become(words: Sequence[str], environment: dict[str, str], folder: str) -> None:
    """In the new process: become the command."""
    for descriptor, mode in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)):
        os.dup2(os.open(Path(folder) / str(descriptor), mode, 0o600), descriptor)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - multiprocessing closed it; it ends with the process
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["plazo", *words]
    importlib.import_module("plazo").main()
