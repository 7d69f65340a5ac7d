"""The keys that seal, for whoever runs an installation: `plazo keys new | list | retire`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from config import files, settings
from config.home import Home
from config.sealing.key_file import Key
from config.sealing.keyring import NAMED, KeyRing, sealed_by
from config.settings import Settings
from domain.terms.refusals import Misuse, Refused, Unreachable

if TYPE_CHECKING:
    from records.database import Database


async def new(*, in_hours: float = 0, home: Path | None = None) -> int:
    """Make a key that seals from now on, while everything runs; what older keys sealed stays readable.

    Workers and people with homes of their own need the new keyring.json before it seals: say in how many hours.

    For example:
        plazo keys new --in-hours 24

    Parameters
    ----------
    in_hours
        From when on it seals; until then it only opens.
    home
        The Plazo home (PLAZO_HOME).
    """
    chosen = settings.load(home=home)
    if in_hours < 0:
        raise Misuse("in_hours: a key seals from now on or later.")
    async with _register(chosen) as database:
        from records.installation import mark  # noqa: PLC0415 - as everywhere: commands load what they need
        from worker.key_uses import KEY, said_of  # noqa: PLC0415

        path = Home(chosen.home).keyring
        with files.alone(path):
            begins = datetime.now(UTC) + timedelta(hours=in_hours) if in_hours else None
            keys = KeyRing.load(path).kept.with_new_key(begins)
            keys.save(path)
        made = keys.keys[-1]
        await mark(database, f"{KEY}{made.id}", said_of(made))
    for key in keys.keys:
        print(_told(key, keys.sealing(datetime.now(UTC))))
    return 0


async def list_(*, home: Path | None = None) -> int:
    """List the keys, oldest first, with what each sealed of the register and the documents.

    For example:
        plazo keys list

    Parameters
    ----------
    home
        The Plazo home (PLAZO_HOME).
    """
    chosen = settings.load(home=home)
    ring = KeyRing.load(Home(chosen.home).keyring)
    async with _register(chosen) as database:
        from config.sealing.documents import DocumentStore  # noqa: PLC0415 - as above
        from records.resealing import sealed_rows  # noqa: PLC0415

        rows, documents = await sealed_rows(database, NAMED), DocumentStore(chosen.documents, ring).keys()
    for key in ring.kept.keys:
        print(f"{_told(key, ring.sealing)}; {rows[sealed_by(key.id)]} rows, {documents[key.id]} documents")
    return 0


async def wrap(*, module: Path, token: str, key: str = "plazo", home: Path | None = None) -> int:
    """Have the key ring wrapped by a PKCS#11 token: from then on its file says nothing to whoever lacks the token.

    Each start, and each command, needs the token and its PIN, in the file that PLAZO_KMS_PIN_FILE names.

    For example:
        plazo keys wrap --module /usr/lib/softhsm/libsofthsm2.so --token plazo

    Parameters
    ----------
    module
        The library of the token's maker.
    token
        The token's label.
    key
        The label of an AES key in it, which is made where there is none.
    home
        The Plazo home (PLAZO_HOME).
    """
    from config.sealing.kms import Envelope, Pkcs11  # noqa: PLC0415 - as above

    path = Home(settings.load(home=home).home).keyring
    with files.alone(path):
        kept, kms = KeyRing.load(path).kept, Pkcs11(module=str(module), token=token, key=key)
        kms.make()
        wrapped = Envelope.closed(kept.written(), kms)
        if wrapped.opened() != kept.written():
            raise Misuse("kms: the token does not give back what it was given; the key ring stays as it is.")
        files.replace(path, wrapped.model_dump_json(indent=2).encode())
    print(f"{path} is wrapped by key {key} of token {token}. Copies of it from before are not.")
    return 0


async def retire(key: str, /, *, home: Path | None = None) -> int:
    """Forget an older key: seal anew what it sealed of the register and the documents, once no case needs it.

    Refused while Temporal keeps a case that began when it sealed, open or closed: its history has that key.

    For example:
        plazo keys retire 5f0c21d9

    Parameters
    ----------
    key
        Its id, as `plazo keys list` shows it.
    home
        The Plazo home (PLAZO_HOME).
    """
    chosen = settings.load(home=home)
    path = Home(chosen.home).keyring
    ring = KeyRing.load(path)
    old = _older(ring, key)
    async with _register(chosen) as database:
        from config import schedules  # noqa: PLC0415 - as above
        from config.access.identity import of_the_system  # noqa: PLC0415
        from config.house import house_of  # noqa: PLC0415
        from config.sealing.documents import DocumentStore  # noqa: PLC0415
        from config.temporal import connect  # noqa: PLC0415
        from config.views import zones  # noqa: PLC0415
        from records.installation import unmark  # noqa: PLC0415
        from records.resealing import reseal  # noqa: PLC0415
        from worker.key_uses import KEY, Looking  # noqa: PLC0415

        client = await connect(chosen, ring=ring, voice=of_the_system(chosen))
        after = ring.kept.after(old)
        when = old.begins_at, after.begins_at if after else None
        looking = Looking(client, database, chosen, ring)
        uses = await looking.uses_of(old.id, *when)
        if uses.open_cases or uses.closed_cases:
            raise Refused(f"keys: {old.id} is still needed for {uses}")
        await schedules.apply(house_of(client, chosen), next(iter(zones(chosen.policy).values())))
        DocumentStore(chosen.documents, ring).reseal(old.id)
        anew = await reseal(database, ring, sealed_by(old.id))
        if left := await looking.uses_of(old.id, *when):
            raise Unreachable(f"keys: {old.id} was used meanwhile, for {left}; try again.")
        with files.alone(path):
            ring.kept.without(old).save(path)
        await unmark(database, f"{KEY}{old.id}")
    print(f"{old.id} is forgotten; {anew} rows and {uses.documents} documents were sealed anew.")
    if uses:
        print("Backups from before need the key ring from before.")
    return 0


def _older(ring: KeyRing, key: str) -> Key:
    """The key of that id, in whose place another one seals. Raises Misuse."""
    found = ring.kept.named(key)
    if found is None:
        raise Misuse(f"keys: there is no key {key[:8]}; there are {', '.join(k.id for k in ring.kept.keys)}.")
    if found == ring.sealing:
        raise Misuse(f"keys: {found.id} is the key that seals; make a new one first, with `plazo keys new`.")
    return found


def _told(key: Key, sealing: Key) -> str:
    now = datetime.now(UTC)
    later = f"seals from {key.begins_at:%Y-%m-%d %H:%M} UTC on"
    does = "seals" if key == sealing else later if key.begins_at > now else "opens"
    return f"{key.id}  {does}, made {key.created_at:%Y-%m-%d %H:%M} UTC"


@asynccontextmanager
async def _register(chosen: Settings) -> AsyncIterator["Database"]:
    from records.database import database_at  # noqa: PLC0415 - as above
    from records.upgrade import upgrade  # noqa: PLC0415

    database = database_at(chosen.database_url, queue_seconds=60)
    try:
        await upgrade(database)
        yield database
    finally:
        await database.dispose()
