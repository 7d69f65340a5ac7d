"""A house that really runs, and whoever plays in it as the commands do it.

It is a home with its embedded server and its worker, two processes of their own; whoever plays is this one.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil
from temporalio.client import Client

from benchmarks.playing import Player, Register
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
NOTED = "SELECT case_number FROM events WHERE kind = 'noted'"
TOLD = "SELECT case_number FROM notices WHERE sent_at IS NOT NULL GROUP BY 1 HAVING count(*) = 2"
AUTHORIZED = "SELECT substr(number, 1, 18) FROM cases WHERE kind = 'authorization'"


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
