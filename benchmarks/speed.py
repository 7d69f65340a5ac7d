"""How many cases a second, and what each costs: ours beside the fair floor, in one run, on one server.

`python -m benchmarks.speed [CASES]`: each case is approved by criteria, has its two letters in the spool, its
authorization begun, one note heard, and all of that in the register. Ten are in flight, and then fifty. The
processor's time repeats on a busy machine; cases a second do not, and only their ratio says anything.
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
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import psutil  # type: ignore[import-untyped]
from temporalio.client import Client

from benchmarks.floor import QUEUE, FloorCase, Start
from client.reach.cases import Cases
from client.reach.counter import Counter
from config import pack
from config.access.staff import person
from config.calendars import calendar_for_case
from config.home import Home
from config.house import house_of
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import connect
from domain.desk.desk import Note
from domain.request.request import Request
from domain.terms.notice import Notice
from domain.terms.refusals import Unreachable
from worker.adapters.live_cases import TemporalCases

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "precert" / "01-approved-by-criteria.json"
IN_FLIGHT = (10, 50)
WARMING_UP = 10  # cases
PATIENCE = 600  # seconds
NOTED = "SELECT case_number FROM events WHERE kind = 'noted'"
TOLD = "SELECT case_number FROM notices WHERE sent_at IS NOT NULL GROUP BY 1 HAVING count(*) = 2"
AUTHORIZED = "SELECT substr(number, 1, 18) FROM cases WHERE kind = 'authorization'"
OF_FLOOR = "SELECT number FROM pages WHERE place = 'noted'"

Play = Callable[[str], Awaitable[str]]


@dataclass
class Measured:
    """What a number of cases took, in seconds: of the clock, and of each processor."""

    cases: int
    clock: float
    worker: float
    server: float
    client: float

    def __str__(self) -> str:
        each = (1000 * spent / self.cases for spent in (self.worker, self.server, self.client))
        return f"{self.cases / self.clock:5.1f} a second; ms a case: " + ", ".join(
            f"{who} {spent:.0f}" for who, spent in zip(("worker", "server", "client"), each, strict=True)
        )


class Register:
    """Which cases are whole in a register, looked at from outside."""

    def __init__(self, file: Path, *questions: str) -> None:
        self.file = file
        self.questions = questions

    def whole(self) -> set[str]:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30) as kept:
            found = [{row[0].replace("AUT", "PRE") for row in kept.execute(one)} for one in self.questions]
        return set.intersection(*found)


async def measure(
    play: Play, numbers: Collection[str], flight: int, register: Register, worker: int, server: int
) -> Measured:
    """Play these cases, so many in flight; a case has landed when its register has all of it."""
    landed: dict[str, asyncio.Event] = {}
    gate = asyncio.Semaphore(flight)

    async def fly(number: str) -> None:
        async with gate:
            case = await play(number)
            await landed.setdefault(case, asyncio.Event()).wait()

    async def watch() -> None:
        while True:
            for case in await asyncio.to_thread(register.whole):
                landed.setdefault(case, asyncio.Event()).set()
            await asyncio.sleep(0.1)

    began, spent = time.monotonic(), [_spent(worker), _spent(server), time.process_time()]
    watching = asyncio.create_task(watch())
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*map(fly, numbers))
    watching.cancel()
    now = [_spent(worker), _spent(server), time.process_time()]
    each = [after - before for before, after in zip(spent, now, strict=True)]
    return Measured(len(numbers), time.monotonic() - began, *each)


def _spent(pid: int) -> float:
    used = psutil.Process(pid).cpu_times()
    return float(used.user + used.system)


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


def floor(client: Client, notices: list[Notice]) -> Play:
    """The same of the floor, with as many bytes of policy."""
    chosen = pack.load()
    plan = chosen.plan_named("mcs-classicare")
    calendar = calendar_for_case(plan, datetime.now(UTC).date())
    policy = chosen.for_case(plan, calendar, ["72148"]).model_dump_json()
    request = EXAMPLE.read_text(encoding="utf-8")

    async def play(number: str) -> str:
        mine = [one.model_copy(update={"key": f"{number}-{place}"}) for place, one in enumerate(notices)]
        start = Start(number, request, policy, mine)
        handle = await client.start_workflow(FloorCase.run, start, id=number, task_queue=QUEUE)
        await handle.execute_update(FloorCase.note, "seen")
        return number

    return play


async def letters_of(client: Client, settings: Settings, case: str) -> list[Notice]:
    """The letters that one of our cases sent."""
    listed = await Cases(client, settings.task_queue, house_of(client, settings)).notices(case)
    keys = tuple(one.key for one in listed.notices)
    return list(await TemporalCases(client).letters(case, "", keys))


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


async def main(count: int = 60, flights: Sequence[int] = IN_FLIGHT) -> None:
    batches = {
        f: [f"MCS-{f}{number:06}" for number in range(count if f else WARMING_UP)] for f in (0, *flights)
    }
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "directory.toml"
        members(directory, [one for batch in batches.values() for one in batch])
        chosen = {
            "PLAZO_HOME": str(Path(folder) / "home"),
            "PLAZO_DIRECTORY_FILE": str(directory),
            "TEMPORAL_CONFIG_FILE": os.devnull,
        }
        with patch.dict(os.environ, chosen):
            await compare(batches.pop(0), batches)


async def compare(first: Collection[str], batches: Mapping[int, Collection[str]]) -> None:
    """Each batch by both, so many in flight as its key says; `first` is not counted: it has everything loaded."""
    settings = Settings()
    home = settings.home
    with process("plazo", "up", "--port", "0", "--ui-port", "0", says="is up") as worker:
        running = Home(home).running()
        assert running
        client = await connect(settings)
        play, register = ours(settings, client), Register(home / "register.db", NOTED, TOLD, AUTHORIZED)
        await measure(play, first, len(first), register, worker, running.pid)
        notices = await letters_of(client, settings, next(iter(register.whole())))
        with process("benchmarks.floor", str(home), says="up") as other:
            plain, of_floor = floor(client, notices), Register(home / "floor.db", OF_FLOOR)
            await measure(plain, first, len(first), of_floor, other, running.pid)
            for flight, batch in batches.items():
                us = await measure(play, batch, flight, register, worker, running.pid)
                it = await measure(plain, batch, flight, of_floor, other, running.pid)
                print(f"{flight} in flight\n  ours   {us}\n  floor  {it}")
                print(f"  ratio  {it.clock / us.clock:.2f}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
