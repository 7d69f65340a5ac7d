"""The database of a register: SQLite in the home unless an address names PostgreSQL.

A transaction is a function of one connection, and runs in a thread from its beginning to its end: asked one by one
from an event loop, statements cost twenty times as much, and one given up in the middle would keep SQLite's lock.

A register that cannot be had fails within seconds: the case that writes to it waits and asks again by itself, and a
write that hangs would only hide that. What was being written never stands in an error: errors are logged.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from domain.terms.refusals import Misuse
from records.walls import keep_walls

T = TypeVar("T")

DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}

_READING = {"sqlite_begin": "DEFERRED"}
"""Execution options of a transaction that only reads: SQLite then gives it a snapshot and no lock."""

_ABREAST = 10  # PostgreSQL: transactions at once
_BUSY_SECONDS = 1  # SQLite: how long one writer waits for another process
_QUEUE_SECONDS = 10  # how long an operation waits for the others of this process: a burst stands in line
_CONNECT_SECONDS = 5  # PostgreSQL: how long a silent server is given


class Database:
    """Reads and writes for the tasks of one event loop; whoever opened it disposes of it."""

    def __init__(self, engine: Engine, abreast: int, queue_seconds: float) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**_READING)
        self._queue_seconds = queue_seconds
        self._threads = ThreadPoolExecutor(abreast, "register")
        self._gate = asyncio.Semaphore(abreast)

    async def read(self, ask: Callable[[Connection], T]) -> T:
        """What is found in one snapshot. Raises TimeoutError where too many stand in line."""
        return await self._transaction(self._reading, ask)

    async def write(self, change: Callable[[Connection], T]) -> T:
        """All of it is kept, or nothing; also when whoever asked stops waiting. Raises TimeoutError as above."""
        return await self._transaction(self.engine, change)

    async def _transaction(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        try:
            async with asyncio.timeout(self._queue_seconds):
                await self._gate.acquire()
        except TimeoutError:
            raise TimeoutError("Too many stand in line for the register.") from None

        def run() -> T:
            with engine.begin() as connection:
                return work(connection)

        running = asyncio.get_running_loop().run_in_executor(self._threads, copy_context().run, run)
        running.add_done_callback(lambda _: self._gate.release())
        return await asyncio.shield(running)

    async def dispose(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self.engine.dispose()


def database_at(url: str, queue_seconds: float = _QUEUE_SECONDS) -> Database:
    """The register's database at `url`.

    `queue_seconds` is how long an operation stands in line: a command that nobody asks again has time.
    Raises Misuse for an address that names neither kind. The address may hold a password, so it is not repeated.
    """
    address = _address(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    engine = _sqlite(address) if is_sqlite else _postgresql(address)
    keep_walls(engine)
    # SQLite has one: the writers of a process stand in line, and do not race for its lock.
    return Database(engine, 1 if is_sqlite else _ABREAST, queue_seconds)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise Misuse("database_url: this is not the address of a database.") from None
    driver = DRIVERS.get(address.get_backend_name())
    if driver is None:
        raise Misuse("database_url: the register is kept in sqlite:///FILE or postgresql://HOST/DATABASE.")
    return address.set(drivername=driver)


def _sqlite(address: URL) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin late, and deferred; `_begin` does it instead
    cursor = connection.cursor()
    # Every commit reaches the disk (synchronous = FULL, the default): nobody would write a lost page again.
    for pragma in ("journal_mode = WAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes may find that somebody else wrote in between.
    how = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {how}")


def _postgresql(address: URL) -> Engine:
    patience = {} if "connect_timeout" in address.query else {"connect_timeout": _CONNECT_SECONDS}
    return create_engine(
        address, hide_parameters=True, pool_pre_ping=True, pool_size=_ABREAST, connect_args=patience
    )
