"""Typing commands for the demo: each runs as a process of its own, forked from one that has them loaded already.

Loading Python takes a command longer than its work; seventy commands one after the other would take minutes.
"""

import asyncio
import importlib
import multiprocessing
import os
import sys
import tempfile
from multiprocessing.process import BaseProcess
from pathlib import Path

LOADED = [
    *(
        "client.desk.desk",
        "client.reach.look",
        "client.review.precert",
        "client.review.decisions",
        "client.review.clock_acts",
    ),
    *(
        "client.referral.referral",
        "client.referral.coordination",
        "client.dispute.disputes",
        "client.dispute.acts",
    ),
]


class Typist:
    """Runs `plazo` with these words and in this environment, and reads what it prints."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(LOADED)

    async def types(self, *words: str) -> tuple[int, str, str]:
        """Exit code, what was printed, and what was complained about."""
        with tempfile.TemporaryDirectory() as folder:
            said, complained = Path(folder) / "out", Path(folder) / "err"
            process = self.context.Process(
                target=_run, args=(list(words), self.environment, str(said), str(complained))
            )
            process.start()
            await ended(process)
            printed = said.read_text(encoding="utf-8")
            return process.exitcode or 0, printed, complained.read_text(encoding="utf-8")


async def ended(process: BaseProcess) -> None:
    """Wait for a process in this thread: its exit code can be read once, and `start` of another reads it too."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(process.sentinel, over.set)
    try:
        await over.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()


def _run(words: list[str], environment: dict[str, str], said: str, complained: str) -> None:
    """In the new process: become the command."""
    for descriptor, path in ((1, said), (2, complained)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(environment)
    sys.argv = ["plazo", *words]
    importlib.import_module("plazo").main()
