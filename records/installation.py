"""What a register says of itself: which key ring sealed it, which server its cases live on, what it lacks."""

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from domain.parts.stage import Stage
from records.engine import READING
from records.tables import CaseRow, InstallationRow

RING = "key ring"
SERVER = "server"  # the id of the Temporal namespace
LACKS = "lacks"


async def marks(engine: AsyncEngine) -> dict[str, str]:
    """All that it says, by name."""
    async with AsyncSession(engine.execution_options(**READING)) as session:
        return {row.name: row.value for row in await session.scalars(select(InstallationRow))}


async def mark(engine: AsyncEngine, name: str, value: str) -> None:
    """Say this from now on, in place of what was said."""
    insert = (
        (sqlite if engine.dialect.name == "sqlite" else postgresql)
        .insert(InstallationRow)
        .values(name=name, value=value)
    )
    async with engine.begin() as connection:
        await connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


async def unmark(engine: AsyncEngine, name: str) -> None:
    """Say it no more."""
    async with engine.begin() as connection:
        await connection.execute(delete(InstallationRow).where(col(InstallationRow.name) == name))


async def counted(engine: AsyncEngine) -> tuple[int, int]:
    """How many cases it knows, and how many of them are open as far as it knows."""
    is_open = col(CaseRow.stage) != Stage.CLOSED.value
    found = select(func.count(), func.count().filter(is_open)).select_from(CaseRow)
    async with engine.execution_options(**READING).connect() as connection:
        known, alive = (await connection.execute(found)).one()
    return known, alive


async def a_sealed_sheet(engine: AsyncEngine) -> bytes | None:
    """Something that was sealed, whatever it says; None where nothing is kept yet."""
    found = select(col(CaseRow.sealed)).where(col(CaseRow.sealed).is_not(None)).limit(1)
    async with AsyncSession(engine.execution_options(**READING)) as session:
        return await session.scalar(found)
