"""`plazo up` and `plazo worker`: everything started in order, and stopped in the opposite one."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from temporalio.client import Client
from temporalio.service import RPCError

from config.access.identity import of_the_system, own_keys
from config.access.login_link import login_link
from config.access.staff_keys import StaffKeys
from config.home import Home, RunningServer
from config.house import house_of
from config.logging import configure
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import connect, dial
from config.views import zones
from domain.terms.refusals import Misuse, PlazoError
from worker import namespace, ports
from worker.running.rubbish import look_no_more_at_what_stays
from worker.server import PORT, UI_PORT, EmbeddedServer

if TYPE_CHECKING:
    from records.store import Store

OWN = "This home is yours alone: --as says who of the staff acts. Where several people work, they log in."
OPENS = (
    "This opens the pages in a browser, once and within ten minutes (`plazo login --browser` prints another):"
)
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Stack:
    """What runs: the server, a worker on it, and a client that reads its cases."""

    client: Client
    server: RunningServer
    ring: KeyRing
    register: "Store"
    ended: Callable[[], Awaitable[Exception]]
    """Waits until the server ends by itself, and returns what to raise."""
    amiss: tuple[str, ...] = ()
    """What does not belong together here, in sentences."""
    of_one_user: bool = False


async def run_up(
    settings: Settings,
    *,
    port: int | None = PORT,
    ui_port: int | None = UI_PORT,
    virtual_time: bool = False,
    ready: Callable[[Stack], None] | None = None,
) -> int:
    """Keep everything up until Ctrl-C or SIGTERM, which is how it ends well: exit code 0.

    `ready` is told once all of it answers; by default it prints where the Web UI is.
    """
    configure()

    async def keep_up() -> int:
        ended: Exception | None = None
        try:
            async with stack(settings, port=port, ui_port=ui_port, virtual_time=virtual_time) as running:
                look_no_more_at_what_stays(settings.cases_at_hand)
                (ready or _say_where)(running)
                async with _beside(_compare(running, settings.task_queue)):
                    ended = await running.ended()
        finally:
            if ended:
                raise ended  # and not that the worker then could not take its leave of the server
        return 0

    return await unless_stopped(keep_up()) or 0


@asynccontextmanager
async def stack(
    settings: Settings,
    *,
    port: int | None = PORT,
    ui_port: int | None = UI_PORT,
    virtual_time: bool = False,
) -> AsyncIterator[Stack]:
    """The embedded server, the pages, the register and the worker; a port of 0 or None is any free one.

    Raises PlazoError, in one line, for whatever a person can put right: the home, a port, a second `up`.
    """
    home = Home(settings.home)
    home.prepare()
    with home.hold(), ports.take(ui_port, "the pages", "--ui-port") as listening:
        from config import schedules  # noqa: PLC0415 - what works loads only where a worker runs
        from worker import assembly, belonging  # noqa: PLC0415
        from worker.pages.application import Site, serving  # noqa: PLC0415
        from workflows.running.attributes import ATTRIBUTES  # noqa: PLC0415

        ring = _ring(home)
        keys = StaffKeys.load_or_generate(home.staff_keys, of_one_user=True)
        server = EmbeddedServer(
            home,
            pages=f"http://{ports.LOOPBACK}:{ports.number(listening)}",
            port=port,
            virtual_time=virtual_time,
            task_queue=settings.task_queue,
            house=settings.house_namespace,
        )
        async with server as running:
            client = await dial(
                {"target_host": running.address, "namespace": running.namespace},
                ring,
                logs=True,
                voice=of_the_system(settings),
            )
            await namespace.register(client, ATTRIBUTES)
            await namespace.keep_closed_cases(client)
            amiss = await belonging.settle(client, settings)
            site = Site(server.web_ui, client, ring, settings)
            async with assembly.running(client, settings) as register, serving(site, listening):
                await schedules.apply(house_of(client, settings), next(iter(zones(settings.policy).values())))
                yield Stack(client, running, ring, register, server.ended, amiss, keys.of_one_user)


async def run_worker(settings: Settings) -> int:
    """A worker for the cluster that `temporal.toml` or TEMPORAL_* name, until Ctrl-C or SIGTERM: exit code 0."""
    configure()

    async def keep_working() -> int:
        from worker import assembly, belonging  # noqa: PLC0415 - as above
        from workflows.running.attributes import ATTRIBUTES  # noqa: PLC0415

        print("Starting the worker.", flush=True)
        voice = of_the_system(settings)
        client = await connect(settings, logs=True, voice=voice)
        voice.token()  # without keys it would find out with the first case
        await namespace.register(client, ATTRIBUTES)
        await namespace.make(house_of(client, settings).client)
        kept = await namespace.retention(client)
        if kept < namespace.A_YEAR:
            # Another's namespace is theirs to set; the register remembers what Temporal forgets.
            print(
                f"Namespace {client.namespace} forgets closed cases after {kept.days} days; a year is advised."
            )
        for sentence in await belonging.settle(client, settings):
            print(sentence)
        async with assembly.running(client, settings):
            look_no_more_at_what_stays(settings.cases_at_hand)
            address = client.service_client.config.target_host
            print(
                f"Working on queue {settings.task_queue} of {address}, namespace {client.namespace}.",
                flush=True,
            )
            await asyncio.Event().wait()
        return 0

    return await unless_stopped(keep_working()) or 0


async def run_pages(settings: Settings, *, web_ui: str, ui_port: int | None = UI_PORT) -> int:
    """The pages before a Web UI that runs elsewhere, until Ctrl-C or SIGTERM: exit code 0."""
    configure()

    async def keep_showing() -> int:
        from worker.pages.application import Site, serving  # noqa: PLC0415 - as above

        ring = KeyRing.load(Home(settings.home).keyring)
        client = await connect(settings, ring=ring, voice=of_the_system(settings))
        with ports.take(ui_port, "the pages", "--ui-port") as listening:
            async with serving(Site(web_ui, client, ring, settings), listening):
                here = f"http://{ports.LOOPBACK}:{ports.number(listening)}"
                print(f"Pages: {here}, before {web_ui}", flush=True)
                if own_keys(settings):
                    print(OPENS, login_link(here, ring), flush=True)
                await asyncio.Event().wait()
        return 0

    return await unless_stopped(keep_showing()) or 0


async def _compare(running: Stack, task_queue: str) -> None:
    """Say where register, Temporal and authorizations differ, as a killed machine or an old disk leaves them."""
    from worker.doctor import Doctor  # noqa: PLC0415 - as above

    doctor = Doctor(running.client, task_queue, running.register, running.ring)
    differences = 0
    try:
        async for finding in doctor.examine():
            differences += 1
            print(finding, flush=True)
    except (PlazoError, RPCError) as error:
        print(f"The cases could not be compared: {error}; `plazo doctor` tries again.", flush=True)
        return
    if differences:
        print(f"{differences} of {doctor.seen} cases differ; `plazo doctor --mend` mends them.", flush=True)


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Something that is done meanwhile, and given up when the block is left."""
    doing = asyncio.create_task(work)
    try:
        yield
    finally:
        doing.cancel()
        with suppress(asyncio.CancelledError):
            await doing


async def unless_stopped(work: Coroutine[Any, Any, int]) -> int | None:
    """The exit code of `work`; None if Ctrl-C or SIGTERM ended it, after it put everything away.

    Asked again, it does not hurry: each step of putting away has its own limit.
    """
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for each in _STOPS:
        loop.add_signal_handler(each, stopped.set)
    working, waiting = asyncio.create_task(work), asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        return None
    finally:
        waiting.cancel()
        for each in _STOPS:
            loop.remove_signal_handler(each)


def _ring(home: Home) -> KeyRing:
    """This home's key ring. A home that kept its cases and lost its ring is not given a new one over them."""
    if home.server_db.exists() and not home.keyring.exists():
        raise Misuse(
            f"The cases of {home.folder} are sealed with a key ring that is gone; put keyring.json back into it."
        )
    return KeyRing.load_or_generate(home.keyring)


def opened_by(running: Stack) -> str:
    return f"{OPENS} {login_link(running.server.ui, running.ring)}"


def _say_where(running: Stack) -> None:
    pace = ", where cases can be moved through time" if running.server.virtual_time else ""
    kept = "" if running.amiss else "; every case is kept"
    said = f"Plazo is up{pace}. Web UI: {running.server.ui} - Ctrl-C stops it{kept}."
    own = [OWN, opened_by(running)] if running.of_one_user else []
    print(said, *running.amiss, *own, sep="\n", flush=True)
