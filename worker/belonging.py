"""What belongs together: a key ring, the Temporal namespace whose cases it sealed, and the register of these cases.

A foreign ring would seal what the right one cannot open, so it is refused before a worker starts. Namespace and
register each keep the mark of the ring, a keyed hash that tells nothing of it. The register also keeps the id of
the namespace: over another one it knows cases that nobody carries on, and an empty register knows none. It also
keeps which keys of the ring sealed here: one that is missing, or is another one, is told before a case is stuck.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from temporalio.client import Client
from temporalio.service import RPCError

from config.home import Home
from config.sealing.keyring import KeyRing
from config.settings import Settings
from config.temporal import OF_ANOTHER_RING, RING_MARK
from domain.terms.refusals import Misuse
from records import installation
from records.database import Database, database_at
from records.installation import LACKS, RING, SERVER
from records.upgrade import upgrade
from worker import namespace
from worker.key_uses import KEY, Looking, read_back, said_of

ANOTHER_SERVER = (
    "The open cases of the register ({alive}) live on another Temporal server: here nobody carries them on, and no "
    "deadline of theirs fires. Put that server's database back, or name it; `plazo doctor` says what differs."
)
EMPTY = (
    "The register does not know the cases that this Temporal server had before: worklists and searches lack them. "
    "Put the register back, or `plazo register rebuild` fills it; `plazo doctor` says what differs."
)


async def settle(client: Client, settings: Settings) -> tuple[str, ...]:
    """Mark what is new; say in sentences what is amiss and can be lived with.

    Raises Misuse where the ring of this home did not seal what is here.
    """
    path = Home(settings.home).keyring
    ring = KeyRing.load(path)
    foreign = OF_ANOTHER_RING.format(ring=path)
    async with _register(settings) as database:
        marks, sealed = await installation.marks(database), await installation.a_sealed_sheet(database)
        there = await namespace.info(client)
        if RING in marks and marks[RING] == ring.mark:
            await _refuse_without_a_key(client, database, settings, ring, marks)
        elif RING in marks or (sealed and not ring.can_open(sealed)):
            raise Misuse(f"The register is {foreign}")
        if there.data.get(RING_MARK, ring.mark) != ring.mark:
            raise Misuse(f"The cases of Temporal namespace {client.namespace} are {foreign}")
        if RING_MARK not in there.data:
            with suppress(RPCError):  # it may not be ours to write to; then the register alone says it
                await namespace.keep_data(client, {RING_MARK: ring.mark})
        await installation.mark(database, RING, ring.mark)
        for key in ring.kept.keys:
            await installation.mark(database, f"{KEY}{key.id}", said_of(key))
        return await _amiss(client, database, marks, there.id)


async def _refuse_without_a_key(
    client: Client, database: Database, settings: Settings, ring: KeyRing, marks: dict[str, str]
) -> None:
    """A key that sealed what is here is in the ring, as it was, or nothing needs it. Raises Misuse."""
    looking = Looking(client, database, settings, ring)
    known = {name.removeprefix(KEY): read_back(told) for name, told in marks.items() if name.startswith(KEY)}
    began = {began for _, began in known.values()} | {key.begins_at for key in ring.kept.keys}
    for key, (check, begins_at) in known.items():
        held = ring.kept.named(key)
        if held and held.check == check:
            continue
        ended_at = min((one for one in began if one > begins_at), default=None)
        uses = await looking.uses_of(key, begins_at, ended_at)
        if held is None and not uses:
            continue  # it seals later, or never did
        fault = "has another key under the name" if held else "lacks key"
        raise Misuse(
            f"The key ring {Home(settings.home).keyring} {fault} {key}, needed for {uses}; "
            "put back the copy that has it."
        )


async def _amiss(client: Client, database: Database, marks: dict[str, str], here: str) -> tuple[str, ...]:
    """What a register has to do with this server; one that says nothing yet is this one's if it has any cases."""
    known, alive = await installation.counted(database)
    there = (await client.count_workflows()).count
    if alive and marks.get(SERVER, here if there else "") != here:
        return (ANOTHER_SERVER.format(alive=alive),)
    await installation.mark(database, SERVER, here)
    if there and not known:  # said at each start until it is filled, whatever new cases it learns of
        await installation.mark(database, LACKS, here)
        return (EMPTY,)
    return (EMPTY,) if marks.get(LACKS) == here else ()


async def made_whole(client: Client, settings: Settings) -> None:
    """The register agrees with this server again: it is this one's, and lacks nothing."""
    async with _register(settings) as database:
        await installation.mark(database, SERVER, (await namespace.info(client)).id)
        await installation.unmark(database, LACKS)


@asynccontextmanager
async def _register(settings: Settings) -> AsyncIterator[Database]:
    database = database_at(settings.database_url)
    try:
        await upgrade(database)
        yield database
    finally:
        await database.dispose()
