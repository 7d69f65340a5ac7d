"""What a register says of itself: which key ring sealed it, which server its cases live on, what it lacks."""

from sqlalchemy import delete, func, select
from sqlmodel import col

from domain.parts.stage import Stage
from records.database import Database
from records.tables import CaseRow, InstallationRow
from records.upserts import keep

RING = "key ring"
SERVER = "server"  # the id of the Temporal namespace
LACKS = "lacks"


async def marks(database: Database) -> dict[str, str]:
    """All that it says, by name."""
    said = select(col(InstallationRow.name), col(InstallationRow.value))
    rows = await database.read(lambda connection: connection.execute(said).all())
    return {row.name: row.value for row in rows}


async def mark(database: Database, name: str, value: str) -> None:
    """Say this from now on, in place of what was said."""
    await database.write(lambda connection: keep(connection, [InstallationRow(name=name, value=value)]))


async def unmark(database: Database, name: str) -> None:
    """Say it no more."""
    said = delete(InstallationRow).where(col(InstallationRow.name) == name)
    await database.write(lambda connection: connection.execute(said))


async def counted(database: Database) -> tuple[int, int]:
    """How many cases it knows, and how many of them are open as far as it knows."""
    is_open = col(CaseRow.stage) != Stage.CLOSED.value
    found = select(func.count(), func.count().filter(is_open)).select_from(CaseRow)
    known, alive = await database.read(lambda connection: connection.execute(found).one())
    return known, alive


async def a_sealed_sheet(database: Database) -> bytes | None:
    """Something that was sealed, whatever it says; None where nothing is kept yet."""
    found = select(col(CaseRow.sealed)).where(col(CaseRow.sealed).is_not(None)).limit(1)
    return await database.read(lambda connection: connection.scalar(found))
