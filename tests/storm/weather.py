"""An installation whose parts can be killed one by one: a server with its disk, and a worker, each a process."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
from temporalio.client import Client

from config.access.identity import of_the_system
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import dial, is_worked_on
from domain.terms.refusals import Unreachable
from tests.edges.installation import PLAZO, Installation
from worker import namespace, ports
from worker.server import stop_left_over
from workflows.running.attributes import ATTRIBUTES

AN_UP = Path(__file__).parents[1] / "edges" / "an_up.py"
PATIENCE = 120.0  # a liveness bound


class Weather:
    """Starts what was killed again, on the same port, so that whoever was talking to it finds it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.installation = Installation(folder)
        self.home = self.installation.home
        self.chance = random.Random(seed)
        with ports.take(0, "the storm", "--port") as taken:
            self.port = ports.number(taken)
        self.up: asyncio.subprocess.Process | None = None
        self.worker: asyncio.subprocess.Process | None = None
        self.blows: list[str] = []

    @contextlib.asynccontextmanager
    async def blowing(self) -> AsyncIterator["Weather"]:
        try:
            await self.start_server()
            client = await self.client()
            await namespace.register(client, ATTRIBUTES)
            await self.start_worker()
            await self.worked_on(client)  # to load it can take longer than a command waits for an answer
            yield self
        finally:
            await self.kill_worker()
            await self.kill_server()
            await stop_left_over(self.home)

    async def client(self) -> Client:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    voice = of_the_system(Settings(home=self.home.folder))
                    ring = KeyRing.load(self.home.keyring)
                    return await dial({"target_host": f"127.0.0.1:{self.port}"}, ring, voice=voice)
                except Unreachable:
                    await asyncio.sleep(0.1)

    async def worked_on(self, client: Client) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                if await is_worked_on(client, Settings(home=self.home.folder).task_queue):
                    return
                await asyncio.sleep(0.1)

    async def start_server(self) -> None:
        self.up = await asyncio.create_subprocess_exec(
            *(sys.executable, str(AN_UP), str(self.home.folder), str(self.port)),
            stdout=asyncio.subprocess.PIPE,
            env=self.installation.environment,
        )
        assert await asyncio.wait_for(self.up.stdout.readline(), PATIENCE) == b"up\n"

    async def start_worker(self) -> None:
        with self.installation.log.open("ab") as log:
            self.worker = await asyncio.create_subprocess_exec(
                *(PLAZO, "worker"), env=self.installation.environment, stdout=log, stderr=log
            )

    async def kill_worker(self) -> None:
        if self.worker and self.worker.returncode is None:
            self.worker.kill()
            await self.worker.wait()

    async def kill_server(self) -> None:
        """As a machine loses it: no goodbye, neither from the server nor from what looks after it."""
        if running := self.home.running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(running.pid, signal.SIGKILL)
        if self.up and self.up.returncode is None:
            self.up.kill()
            await self.up.wait()

    @contextlib.contextmanager
    def a_full_disk(self):
        """The server's files may not grow: every write fails, and the server stays."""
        server = psutil.Process(self.home.running().pid)
        server.rlimit(psutil.RLIMIT_FSIZE, (4096, psutil.RLIM_INFINITY))
        try:
            yield
        finally:
            with contextlib.suppress(psutil.NoSuchProcess):
                server.rlimit(psutil.RLIMIT_FSIZE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY))

    async def blow(self) -> None:
        """Something is lost, and comes back."""
        what = self.chance.choice(["worker", "server", "both", "disk"])
        self.blows.append(what)
        if what == "disk":
            with self.a_full_disk():
                await asyncio.sleep(self.chance.uniform(0.1, 1.0))
            return
        if what != "server":
            await self.kill_worker()
        if what != "worker":
            await self.kill_server()
            await self.start_server()
        if what != "server":
            await self.start_worker()
