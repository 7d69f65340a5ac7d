"""Opening the register: SQLite in the home unless an address names PostgreSQL.

A register that cannot be had fails within seconds: the case that writes to it waits and asks again by itself, and a
write that hangs would only hide that. What was being written never stands in an error: errors are logged.
"""

from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from domain.terms.refusals import Misuse
from records.walls import keep_walls

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}

READING = {"sqlite_begin": "DEFERRED"}
"""Execution options of a transaction that only reads: SQLite then gives it a snapshot and no lock."""

_BUSY_SECONDS = 1  # SQLite: how long one writer waits for another process
_QUEUE_SECONDS = (
    10  # SQLite: how long an operation waits for the others of this process: a burst stands in line
)
_CONNECT_SECONDS = 5  # PostgreSQL: how long a silent server is given


def make_engine(url: str, queue_seconds: float = _QUEUE_SECONDS) -> AsyncEngine:
    """The register at `url`; whoever makes an engine disposes of it, or the process does not end.

    `queue_seconds` is how long an operation stands in line with SQLite: a command that nobody asks again has time.
    Raises Misuse for an address that names neither engine. The address may hold a password, so it is not repeated.
    """
    address = _address(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    engine = _sqlite(address, queue_seconds) if is_sqlite else _postgresql(address)
    keep_walls(engine)
    return engine


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise Misuse("database_url: this is not the address of a database.") from None
    driver = DRIVERS.get(address.get_backend_name())
    if driver is None:
        raise Misuse("database_url: the register is kept in sqlite:///FILE or postgresql://HOST/DATABASE.")
    return address.set(drivername=driver)


def _sqlite(address: URL, queue_seconds: float) -> AsyncEngine:
    # One connection: the writers of a process stand in line for it, and do not race for SQLite's lock.
    engine = create_async_engine(
        address,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=queue_seconds,
        connect_args={"timeout": _BUSY_SECONDS},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
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


def _postgresql(address: URL) -> AsyncEngine:
    patience = {} if "connect_timeout" in address.query else {"connect_timeout": _CONNECT_SECONDS}
    return create_async_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args=patience)
