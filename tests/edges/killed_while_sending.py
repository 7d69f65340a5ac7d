"""A worker that is killed while it sends a notice: at the n-th wait for the disk, or just after all of them."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from config.settings import Settings
from domain.terms.notice import Notice
from worker.adapters.post.gateway import ways_out
from worker.adapters.post.spool import Spool


def die_at(step: int) -> None:
    waits = iter(range(1, step))

    def fsync(descriptor: int) -> None:
        if next(waits, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = fsync


if __name__ == "__main__":
    spool, templates, notice, when, *chosen = sys.argv[1:]
    gateway = ways_out(Settings(**json.loads(chosen[0]))) if chosen else Spool(Path(spool), Path(templates))
    die_at(int(when))
    asyncio.run(gateway.send(Notice.model_validate_json(notice)))
    os.kill(os.getpid(), signal.SIGKILL)  # it was sent, and nobody was told
