"""A worker that is killed while it sends a letter: at the n-th wait for the disk, or just after all of them."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from domain.events import Notice
from worker.adapters.spool import Spool


def die_at(step: int) -> None:
    waits = iter(range(1, step))

    def fsync(descriptor: int) -> None:
        if next(waits, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = fsync


if __name__ == "__main__":
    spool, templates, notice, when = sys.argv[1:]
    die_at(int(when))
    asyncio.run(Spool(Path(spool), Path(templates)).send(Notice.model_validate_json(notice)))
    os.kill(os.getpid(), signal.SIGKILL)  # it was sent, and nobody was told
