"""Cases that are played, so many in flight, until a register has each of them, and what they took of processors."""

import asyncio
import math
import sqlite3
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

import psutil

PATIENCE = 600  # seconds

Play = Callable[[str], Awaitable[str]]
T = TypeVar("T")


@dataclass
class Measured:
    """What a number of cases took, in seconds: of the clock, and of each processor."""

    cases: int
    clock: float
    worker: float
    server: float
    client: float

    @property
    def each(self) -> list[int]:
        """Milliseconds of processor a case: the worker's, the server's and the client's."""
        return [round(1000 * spent / self.cases) for spent in (self.worker, self.server, self.client)]


class Register:
    """Which cases are whole in a register, looked at from outside."""

    def __init__(self, file: Path, *questions: str) -> None:
        self.file = file
        self.questions = questions

    def whole(self) -> set[str]:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30) as kept:
            found = [{row[0].replace("AUT", "PRE") for row in kept.execute(one)} for one in self.questions]
        return set.intersection(*found)


@dataclass
class Player:
    """Who plays cases: how one is played, where it is seen whole, and the processes that it takes."""

    name: str
    play: Play
    register: Register
    worker: int
    server: int | None  # a database in a file has none

    def spent(self) -> list[float]:
        return [_spent(self.worker), _spent_by_all(self.server) if self.server else 0.0, time.process_time()]


async def measure(player: Player, numbers: Collection[str], flight: int) -> Measured:
    """Play these cases, so many in flight; a case has landed when its register has all of it."""
    landed: dict[str, asyncio.Event] = {}
    gate = asyncio.Semaphore(flight)

    async def fly(number: str) -> None:
        async with gate:
            case = await player.play(number)
            await landed.setdefault(case, asyncio.Event()).wait()

    async def watch() -> None:
        while True:
            for case in await asyncio.to_thread(player.register.whole):
                landed.setdefault(case, asyncio.Event()).set()
            await asyncio.sleep(0.1)

    began, spent = time.monotonic(), player.spent()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        # Whose end is everybody's: else all would wait for what nobody sees.
        watching = group.create_task(watch())
        await asyncio.gather(*map(fly, numbers))
        watching.cancel()
    each = [after - before for before, after in zip(spent, player.spent(), strict=True)]
    return Measured(len(numbers), time.monotonic() - began, *each)


def _spent(pid: int) -> float:
    used = psutil.Process(pid).cpu_times()
    return float(used.user + used.system)


def _spent_by_all(pid: int) -> float:
    """A server with a process for each connection: those that are gone count too."""
    server = psutil.Process(pid)
    gone = server.cpu_times()
    return sum(_spent(one.pid) for one in (server, *server.children())) + float(
        gone.children_user + gone.children_system
    )


async def several(flight: int, work: Iterable[Awaitable[T]]) -> list[T]:
    """All of it, so many at once."""
    gate = asyncio.Semaphore(flight)

    async def one(awaited: Awaitable[T]) -> T:
        async with gate:
            return await awaited

    return await asyncio.gather(*map(one, work))


async def timed(work: Awaitable[object]) -> float:
    """How many milliseconds it took."""
    began = time.perf_counter()
    await work
    return 1000 * (time.perf_counter() - began)


def middle(took: Sequence[float]) -> int:
    return round(median(took))


def nearly_all(took: Sequence[float]) -> int:
    """What nineteen of twenty stayed under."""
    return round(sorted(took)[math.ceil(0.95 * len(took)) - 1])
