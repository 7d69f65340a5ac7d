"""Bringing the register's tables up to date, from code: no alembic.ini has to lie anywhere."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from domain.terms.refusals import Unreachable
from records.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"

_LOCK = int.from_bytes(b"plazo", "big")  # PostgreSQL: the advisory lock that one upgrade holds
_PATIENCE_SECONDS = 10  # SQLite: how long another process may take to do the same
_RETRY_SECONDS = 0.2


async def upgrade(database: Database) -> None:
    """Bring the tables to the newest version. Of processes that start together one does it, the others wait.

    Raises Unreachable where there is no register, or another process does not let go of it.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + _PATIENCE_SECONDS
    while True:
        try:
            await database.write(_upgrade)
        except OperationalError as error:
            # SQLite gives up on a lock sooner than a long migration may take
            if "locked" not in str(error.orig) or loop.time() > deadline:
                first = str(error.orig).partition("\n")[0]
                raise Unreachable(f"The register cannot be reached: {first}.") from error
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            return


def alembic_config(connection: Connection) -> Config:
    """What an alembic command needs to work on this connection, inside its transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    command.upgrade(alembic_config(connection), "head")
