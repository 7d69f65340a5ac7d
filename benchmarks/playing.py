"""Cases of a house that really runs, played as the commands do it, and what each took of every processor.

A house is a home with its embedded server and its worker, two processes of their own; whoever plays is this one.
"""

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
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
from domain.desk.desk import Note
from domain.request.request import Request
from domain.terms.refusals import Unreachable

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "precert" / "01-approved-by-criteria.json"
PATIENCE = 600  # seconds
NOTED = "SELECT case_number FROM events WHERE kind = 'noted'"
TOLD = "SELECT case_number FROM notices WHERE sent_at IS NOT NULL GROUP BY 1 HAVING count(*) = 2"
AUTHORIZED = "SELECT substr(number, 1, 18) FROM cases WHERE kind = 'authorization'"

Play = Callable[[str], Awaitable[str]]


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


def ours(settings: Settings, client: Client) -> Play:
    """Submitting and noting, as the commands do it; the request is of the member with that number."""
    ring = KeyRing.load(Home(settings.home).keyring)
    desk = Cases(client, settings.task_queue, house_of(client, settings))
    clerk, nurse = (person(settings.policy, who) for who in ("ic-santos", "rn-rivera"))
    store = DocumentStore(settings.documents, ring)
    counter = Counter(desk, "precertification", ring, store, clerk, pack.load(settings.policy))
    sample = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    sample["received_at"] = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")

    async def play(member: str) -> str:
        fields = {"reference": member, "member": sample["member"] | {"contract_number": member}}
        opened = await counter.open(Request.model_validate(sample | fields), EXAMPLE.parent)
        while True:
            with suppress(Unreachable):  # it is still being admitted
                await desk.act(opened.case, Note(actor=nurse, text="seen"))
                return opened.case
            await asyncio.sleep(0.5)

    return play


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


def members(directory: Path, numbers: Collection[str]) -> None:
    """A directory with these members, each covered as the example's is."""
    listed = (ROOT / "examples" / "directory.toml").read_text(encoding="utf-8")
    row = next(row for row in listed.split("\n\n") if '"MCS-100001"' in row)
    rows = [re.sub("MCS-100001", number, row) for number in numbers]
    directory.write_text("\n\n".join([listed, *rows]), encoding="utf-8")


@dataclass
class House:
    """A home with its server and its worker, as `plazo up` starts them, and a client of it."""

    settings: Settings
    client: Client
    worker: int
    server: int

    @property
    def desk(self) -> Cases:
        return Cases(self.client, self.settings.task_queue, house_of(self.client, self.settings))

    @property
    def us(self) -> Player:
        register = Register(self.settings.home / "register.db", NOTED, TOLD, AUTHORIZED)
        return Player("Plazo", ours(self.settings, self.client), register, self.worker, self.server)


@asynccontextmanager
async def a_house(numbers: Collection[str]) -> AsyncIterator[House]:
    """One with these members, until the block is left."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "directory.toml"
        members(directory, numbers)
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
