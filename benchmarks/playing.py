"""Cases of a house that really runs, played as the commands do it, and what each took of every processor.

A house is a home with its embedded server and its worker, two processes of their own; whoever plays is this one.
"""

import asyncio
import json
import math
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, TypeVar
from unittest.mock import patch

import psutil  # type: ignore[import-untyped]
from temporalio.client import Client

from client.reach.cases import Cases
from client.reach.counter import Counter
from config import pack
from config.access.staff import person
from config.home import Home
from config.house import house_of
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import connect
from domain.case.acts import Act
from domain.desk.desk import Note
from domain.request.request import Request
from domain.terms.refusals import Unreachable

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "examples" / "precert"
APPROVED = "01-approved-by-criteria.json"  # at once: it closes as soon as its letters have gone
WAITS = "02-nurse-approval.json"  # for a nurse, and stays open
PATIENCE = 600  # seconds
NOTED = "SELECT case_number FROM events WHERE kind = 'noted'"
TOLD = "SELECT case_number FROM notices WHERE sent_at IS NOT NULL GROUP BY 1 HAVING count(*) = 2"
AUTHORIZED = "SELECT substr(number, 1, 18) FROM cases WHERE kind = 'authorization'"

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
    watching = asyncio.create_task(watch())
    async with asyncio.timeout(PATIENCE):
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


@contextmanager
def process(*words: str, says: str) -> Iterator[int]:
    """A process of ours, from when it says so; its number."""
    command = [sys.executable, "-m", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            for line in running.stdout:
                if says in line:
                    break
            yield running.pid
        finally:
            running.terminate()
            running.wait()


def numbers(series: int, count: int) -> list[str]:
    """Contract numbers of members; each program has a series of its own."""
    return [f"MCS-{series}{number:06}" for number in range(count)]


def members(directory: Path, listing: Collection[str]) -> None:
    """A directory with these members, each covered as the example's is."""
    listed = (ROOT / "examples" / "directory.toml").read_text(encoding="utf-8")
    row = next(row for row in listed.split("\n\n") if '"MCS-100001"' in row)
    rows = [re.sub("MCS-100001", number, row) for number in listing]
    directory.write_text("\n\n".join([listed, *rows]), encoding="utf-8")


class House:
    """A home with its server and its worker, as `plazo up` starts them, and those who submit, note and ask."""

    def __init__(self, settings: Settings, client: Client, worker: int, server: int) -> None:
        self.settings, self.client, self.worker, self.server = settings, client, worker, server
        ring = KeyRing.load(Home(settings.home).keyring)
        self.desk = Cases(client, settings.task_queue, house_of(client, settings))
        self.clerk, self.nurse = (person(settings.policy, who) for who in ("ic-santos", "rn-rivera"))
        store = DocumentStore(settings.documents, ring)
        self.counter = Counter(
            self.desk, "precertification", ring, store, self.clerk, pack.load(settings.policy)
        )
        self.an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")

    async def open(self, member: str, sample: str = APPROVED, **fields: object) -> str:
        """The case of a request like the sample's, of the member with that number."""
        file = SAMPLES / sample
        its = json.loads(file.read_text(encoding="utf-8"))
        she = json.loads((SAMPLES / APPROVED).read_text(encoding="utf-8"))["member"]
        fields = {"received_at": self.an_hour_ago, "reference": member} | fields
        asked = its | fields | {"member": she | {"contract_number": member}}
        return (await self.counter.open(Request.model_validate(asked), SAMPLES)).case

    async def does(self, case: str, act: Act[Any]) -> str:
        """One act of a person, as soon as the case is admitted."""
        while True:
            with suppress(Unreachable):
                await self.desk.act(case, act)
                return case
            await asyncio.sleep(0.5)

    async def note(self, case: str) -> str:
        return await self.does(case, Note(actor=self.nurse, text="seen"))

    def held(self) -> float:
        """Megabytes of memory that the worker holds."""
        return float(psutil.Process(self.worker).memory_info().rss) / 2**20

    async def play(self, member: str) -> str:
        return await self.note(await self.open(member))

    def register(self, *questions: str) -> Register:
        return Register(self.settings.home / "register.db", *questions)

    @property
    def us(self) -> Player:
        return Player("Plazo", self.play, self.register(NOTED, TOLD, AUTHORIZED), self.worker, self.server)


@asynccontextmanager
async def a_house(listing: Collection[str]) -> AsyncIterator[House]:
    """One with these members, until the block is left."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "directory.toml"
        members(directory, listing)
        chosen = {
            "PLAZO_HOME": str(Path(folder) / "home"),
            "PLAZO_DIRECTORY_FILE": str(directory),
            "TEMPORAL_CONFIG_FILE": os.devnull,
        }
        with (
            patch.dict(os.environ, chosen),
            process("plazo", "up", "--port", "0", "--ui-port", "0", says="is up") as worker,
        ):
            settings = Settings()
            running = Home(settings.home).running()
            assert running
            yield House(settings, await connect(settings), worker, running.pid)


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
