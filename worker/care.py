"""The operator's care of what is kept: `plazo doctor`, `plazo register rebuild`."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from config import settings
from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from domain.terms.refusals import Misuse, Unreachable

if TYPE_CHECKING:
    from temporalio.client import Client

    from worker.doctor import Doctor


TRIES = 6  # half a second apart
_PATIENCE = 60  # seconds that one look waits for the others of a wave


async def doctor(
    *,
    mend: Annotated[bool, Parameter(negative="")] = False,
    home: Path | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Compare what the register, Temporal and the authorizations say of each case, while a worker runs.

    For example:
        plazo doctor --mend

    Ends with 1 where something differs and was not mended.

    Parameters
    ----------
    mend
        Take up again what was ended from outside, and write down again what the cases know better.
    home
        The Plazo home (PLAZO_HOME).
    as_json
        Print the findings as JSON.
    """
    from rich.console import Console  # noqa: PLC0415 - as everywhere: commands load what they need
    from rich.progress import Progress  # noqa: PLC0415

    findings = []
    bar = Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    chosen = settings.load(home=home)
    async with _doctor(chosen) as looking:
        with bar:
            task = bar.add_task("Comparing cases", total=None)
            async for finding in looking.examine(
                mend=mend, tell=lambda done, total: bar.update(task, completed=done, total=total)
            ):
                findings.append(finding)
                if not as_json:
                    print(finding)
        if all(finding.mended for finding in findings):
            await _made_whole(looking, chosen)
    if as_json:
        print(json.dumps([finding.model_dump(mode="json") for finding in findings], indent=2))
    elif not findings:
        print(f"{looking.seen} cases: register, Temporal and authorizations say the same.")
    return int(any(not finding.mended for finding in findings))


async def rebuild(*, home: Path | None = None) -> int:
    """Fill an empty register from what the cases in Temporal say, closed ones too, while a worker runs.

    For example:
        plazo register rebuild

    Ends with 1 where a case could not answer.

    Parameters
    ----------
    home
        The Plazo home (PLAZO_HOME).
    """
    chosen = settings.load(home=home)
    async with _doctor(chosen) as looking:
        if await looking.register.known():
            raise Misuse("register: it is not empty; `plazo doctor --mend` mends what differs.")
        written, silent = await looking.rebuild()
        print(f"{written} cases were written down.")
        for finding in silent:
            print(finding)
        if silent:
            print(f"{len(silent)} could not be asked: `plazo doctor --mend` writes them down when they can.")
        else:
            await _made_whole(looking, chosen)
    return int(bool(silent))


async def _made_whole(looking: "Doctor", chosen: Settings) -> None:
    """The next start has nothing to say about register and server."""
    from worker.belonging import made_whole  # noqa: PLC0415

    await made_whole(looking.client, chosen)


@asynccontextmanager
async def _doctor(chosen: Settings) -> AsyncIterator["Doctor"]:
    from temporalio.service import RPCError  # noqa: PLC0415

    from config.access.identity import of_the_system  # noqa: PLC0415
    from config.temporal import connect  # noqa: PLC0415

    ring = KeyRing.load(Home(chosen.home).keyring)
    client = await connect(chosen, ring=ring, voice=of_the_system(chosen))
    await _refuse_without_worker(client, chosen.task_queue)

    from records.database import database_at  # noqa: PLC0415 - the database loads once there is something to ask
    from records.store import Store  # noqa: PLC0415
    from records.upgrade import upgrade  # noqa: PLC0415
    from worker.doctor import Doctor  # noqa: PLC0415

    database = database_at(chosen.database_url, queue_seconds=_PATIENCE)
    try:
        await upgrade(database)
        yield Doctor(client, chosen.task_queue, Store(database, ring), ring)
    except RPCError as error:
        raise Unreachable(f"The Temporal server answers {error.status.name}; is it up?") from None
    finally:
        await database.dispose()


async def _refuse_without_worker(client: "Client", task_queue: str) -> None:
    """Raise Unreachable where nobody works on the cases, so that each would be asked in vain."""
    from config.temporal import NO_WORKER, is_worked_on  # noqa: PLC0415

    for _ in range(TRIES):  # one that just started has not asked for work yet
        if await is_worked_on(client, task_queue):
            return
        await asyncio.sleep(0.5)
    raise Unreachable(NO_WORKER)
