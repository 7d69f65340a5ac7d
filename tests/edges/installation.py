"""An installation as its staff know it: a `plazo up` in a home of its own, and `plazo` commands."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from temporalio.client import Client

from config.access.identity import of_the_system
from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import dial
from tests.edges.fluent import Answer, types
from tests.world import has_something_in_hand
from worker.server import stop_left_over
from worker.up import stack

EXAMPLES = Path(__file__).parents[2] / "examples" / "precert"
DIRECTORY = EXAMPLES.parent / "directory.toml"
PLAZO = Path(sys.executable).with_name("plazo")
PATIENCE = 120.0  # a liveness bound, on a slow and busy machine
PROVE = os.environ.get("PLAZO_PROVE") == "1"


class Installation:
    """One home, and everybody who works with it."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home")
        self.desk = folder / "desk"
        self.log = folder / "up.log"
        shutil.copytree(EXAMPLES / "documents", self.desk / "documents")
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("TEMPORAL_", "PLAZO_"))
        }
        self.directory = folder / "directory.toml"
        shutil.copy(DIRECTORY, self.directory)
        self.members = 0
        self.environment = inherited | {
            "PLAZO_DIRECTORY_FILE": str(self.directory),
            "PLAZO_HOME": str(self.home.folder),
            "TEMPORAL_CONFIG_FILE": os.devnull,
            "NO_COLOR": "1",
            "COLUMNS": "160",
        }

    @contextlib.asynccontextmanager
    async def up(self, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """A `plazo up` in a process of its own, from when it says so; nothing is left running."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(PLAZO, "up", "--port", "0", "--ui-port", "0", *options),
                env=self.environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        try:
            said = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
            assert b"Plazo is up" in said, self.log.read_text()
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
            try:
                await asyncio.wait_for(process.wait(), PATIENCE)
            finally:
                await stop_left_over(self.home)

    @contextlib.asynccontextmanager
    async def here(self, *, virtual_time: bool = False) -> AsyncIterator[None]:
        """The server, and in this process whatever else a `plazo up` runs: it need not load everything again."""
        with patch.dict(os.environ, self.environment, clear=True):
            settings = Settings()
        async with stack(settings, port=0, ui_port=0, virtual_time=virtual_time):
            yield

    async def plazo(self, *words: str, as_: str = "", given: str | bytes = b"", **variables: str) -> Answer:
        """Run a command, as this member of staff, with this on its standard input."""
        raw = given.encode() if isinstance(given, str) else given
        return await types(words, raw, self.environment | {"PLAZO_STAFF": as_} | variables)

    async def start(self, *words: str, as_: str = "", **variables: str) -> asyncio.subprocess.Process:
        """Start a command in a process of its own that loads everything itself, as from a shell."""
        return await asyncio.create_subprocess_exec(
            PLAZO,
            *words,
            env=self.environment | {"PLAZO_STAFF": as_} | variables,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def types(self, *words: str, as_: str = "", **variables: str) -> Answer:
        """Run a command as from a shell."""
        process = await self.start(*words, as_=as_, **variables)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        return Answer(process.returncode, out.decode(), err.decode())

    async def answer(self, *words: str, as_: str = "") -> str:
        """What a command that must succeed prints."""
        done = await self.plazo(*words, as_=as_)
        assert (done.code, done.err) == (0, ""), (words, done)
        return done.out

    async def json(self, *words: str, as_: str = "") -> Any:
        return json.loads(await self.answer(*words, "--json", as_=as_))

    # Requests

    def request(self, example: str, **fields: Any) -> dict[str, Any]:
        """A sample request that reached the plan an hour ago, with these fields changed, of a member of its own."""
        sample = json.loads(next(EXAMPLES.glob(f"{example}*.json")).read_text(encoding="utf-8"))
        member = {} if "member" in fields else {"member": self.somebody_like(sample["member"])}
        return sample | {"received_at": ago(timedelta(hours=1))} | member | fields

    def somebody_like(self, member: dict[str, Any]) -> dict[str, Any]:
        """Another of that name with the same coverage: of one member, what two tests ask for would look alike."""
        self.members += 1
        number = f"{member['contract_number']}-{self.members}"
        rows = self.directory.read_text(encoding="utf-8").split("\n\n")
        listed = next(row for row in rows if f'"{member["contract_number"]}"' in row)
        with self.directory.open("a", encoding="utf-8") as directory:
            row = re.sub(r'name = ".*"', f'name = "{member["name"]}"', listed)
            directory.write(f"\n{row.replace(member['contract_number'], number)}\n")
        return member | {"contract_number": number}

    def file(self, content: bytes | str | object, name: str = "request.json") -> str:
        """A file on somebody's desk: a request, or whatever else they have there."""
        if not isinstance(content, bytes | str):
            content = json.dumps(content)
        path = self.desk / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    async def opened(self, example: str, **fields: Any) -> str:
        """The number of a case that a clerk has just opened."""
        file = self.file(self.request(example, **fields), f"{fields.get('reference', example)}.json")
        opened = await self.json("precert", "submit", file, as_="ic-santos")
        assert opened["created"], "each test has a reference of its own"
        return str(opened["case"])

    # What is there afterwards

    async def client(self) -> Client:
        """Temporal, for looking behind what commands say."""
        server = self.home.running()
        ring, voice = KeyRing.load(self.home.keyring), of_the_system(Settings(home=self.home.folder))
        return await dial({"target_host": server.address}, ring, voice=voice)

    async def count_cases(self) -> int:
        """How many cases Temporal knows; it hears of a new one within milliseconds."""
        return (await (await self.client()).count_workflows("")).count

    async def history_length(self, case: str) -> int:
        client = await self.client()
        return (await client.get_workflow_handle(case).describe()).history_length

    async def at_rest(self, case: str) -> int:
        """Wait until nothing more is written to the history of a case; how long it is then."""
        handle, length = (await self.client()).get_workflow_handle(case), 0
        while True:
            described = await handle.describe()
            if not has_something_in_hand(described) and described.history_length == length:
                return length
            length = described.history_length
            await asyncio.sleep(0.3)

    def letters(self, case: str) -> list[str]:
        """The files with the words of the letters that were sent."""
        return sorted(path.with_suffix(".txt").name for path in self.home.spool.glob(f"{case}-*.pdf"))


def ago(span: timedelta) -> str:
    return (datetime.now(UTC) - span).isoformat(timespec="seconds")
