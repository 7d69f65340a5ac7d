"""The presses: threads in which letters are set and put where they leave from, as many as there are cores."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def _give_way() -> None:
    """A press takes what is left of the processor: what people wait for, and the register, come first."""
    if sys.platform != "linux":  # elsewhere it is the whole process that would give way
        return
    this = os.PRIO_PROCESS, threading.get_native_id()
    with suppress(OSError):  # where that may not be, letters are set all the same
        os.setpriority(*this, min(os.getpriority(*this) + 10, 19))


_PRESSES = ThreadPoolExecutor(os.cpu_count(), "press", _give_way)


async def in_a_press(work: Callable[P, T], *about: P.args, **named: P.kwargs) -> T:
    """Do this once a press is free. To set a letter, or to wait for a disk, would hold up every case.

    What was asked of a press is done: whoever is told to stop meanwhile stops after it.
    """
    asked = asyncio.wrap_future(_PRESSES.submit(work, *about, **named))
    try:
        return await asyncio.shield(asked)
    except asyncio.CancelledError:
        await asyncio.wait({asked})
        raise
