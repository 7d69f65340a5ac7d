"""Opening a register: which address, which tables, and what happens while somebody else has it."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from time import monotonic, sleep

import pytest
import pytest_asyncio
from alembic import command
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import col

from domain.terms.refusals import Misuse, Unreachable
from records.database import database_at
from records.store import Store
from records.tables import CaseRow
from records.upgrade import MIGRATIONS, alembic_config, upgrade
from tests.records.pages import NUMBER, a_claim, a_page_of

NEWEST = max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]
UPGRADE = """
import asyncio, sys
from records.database import database_at
from records.upgrade import upgrade

async def main():
    database = database_at(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await upgrade(database)
    await database.dispose()

asyncio.run(main())
"""


@pytest_asyncio.fixture
async def upgraded(address):
    database = database_at(address)
    await upgrade(database)
    yield database
    await database.dispose()


async def test_the_migrations_and_the_tables_say_the_same(upgraded):
    with upgraded.engine.begin() as connection:
        command.check(alembic_config(connection))


async def test_a_register_that_is_up_to_date_stays_as_it_is(upgraded, ring):
    register, page = Store(upgraded, ring), a_page_of()
    await register.claim(a_claim())
    await register.write(page)

    await upgrade(upgraded)

    assert (await register.remembered(NUMBER)).sheet == page.sheet


async def test_the_first_version_can_be_taken_back(upgraded):
    with upgraded.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
        left = inspect(connection).get_table_names()
    assert left == ["alembic_version"]


@pytest.mark.slow
async def test_processes_that_start_at_once_both_find_a_finished_register(address):
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", "-c", UPGRADE, address),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert await process.stdout.readline() == b"ready\n"

    await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [process.returncode for process in processes] == [0, 0]
    database = database_at(address)
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).all() == [(NEWEST,)]
        assert connection.execute(select(col(CaseRow.number))).all() == []
    await database.dispose()


@pytest.fixture
def somebody_elses(tmp_path):
    """Another process that holds the SQLite register, in the middle of a transaction."""
    with closing(sqlite3.connect(tmp_path / "register.db", isolation_level=None)) as other:
        yield other


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_a_locked_register_refuses_within_two_seconds_and_everybody_in_the_line(
    register, somebody_elses
):
    page = a_page_of()
    somebody_elses.execute("BEGIN IMMEDIATE")

    begun = monotonic()
    answers = await asyncio.gather(
        *(register.write(page) for _ in range(5)), register.claim(a_claim()), return_exceptions=True
    )
    took = monotonic() - begun

    assert {type(answer) for answer in answers} <= {OperationalError, TimeoutError}
    assert 0.5 < took < 3.5

    somebody_elses.execute("ROLLBACK")
    await register.write(page)
    assert await register.remembered(NUMBER)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_a_locked_register_can_still_be_read(register, somebody_elses):
    await register.write(a_page_of())
    somebody_elses.execute("BEGIN IMMEDIATE")

    assert await register.remembered(NUMBER)
    assert await register.worklist(queues=["nurse-review"], assignee=None, now=a_claim().received_at)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_writers_of_several_processes_wait_for_each_other(address, database, ring):
    databases = [database_at(address) for _ in range(4)]

    await asyncio.gather(*(_count_up(database) for database in databases))

    with database.engine.connect() as connection:
        assert connection.scalar(select(col(CaseRow.last_sequence))) == 4 * 20
    for other in databases:
        await other.dispose()


async def _count_up(database) -> None:
    """Read, then write what was read and one more: what SQLite would lose if both began as readers."""
    await Store(database, None).claim(a_claim())
    for _ in range(20):
        await database.write(_count_one_more)


def _count_one_more(connection) -> None:
    number = connection.scalar(select(col(CaseRow.last_sequence)))
    sleep(0.001)
    connection.execute(text("UPDATE cases SET last_sequence = :next"), {"next": number + 1})


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_sqlite_keeps_foreign_keys_and_a_log_of_its_own(database):
    with database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA busy_timeout")) == 1000


@pytest.mark.parametrize(
    "url", ["mysql://staff:open-sesame@host/register", "open-sesame", "", "sqlite:/open-sesame"]
)
def test_an_address_that_names_no_register_is_refused_without_repeating_it(url):
    with pytest.raises(Misuse, match=r"^database_url: ") as refused:
        database_at(url)
    assert "open-sesame" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///register.db", "sqlite+pysqlite"),
        ("sqlite+aiosqlite:///register.db", "sqlite+pysqlite"),
        ("postgresql://host/register", "postgresql+psycopg"),
        ("postgres://host/register", "postgresql+psycopg"),
    ],
)
async def test_each_engine_is_reached_by_the_one_driver_that_we_have(url, driver):
    database = database_at(url)
    assert database.engine.url.drivername == driver
    await database.dispose()


@pytest.mark.parametrize(
    "url", ["postgresql://:open-sesame@127.0.0.1:1/register", "sqlite:////nowhere/register.db"]
)
async def test_a_register_that_is_not_there_is_said_to_be_unreachable_at_once(url):
    database = database_at(url)

    begun = monotonic()
    with pytest.raises(Unreachable, match=r"^The register cannot be reached: .*\.$") as refused:
        await upgrade(database)

    assert monotonic() - begun < 6
    assert "open-sesame" not in str(refused.value)
    await database.dispose()


async def test_an_error_of_the_database_does_not_repeat_what_was_written(database):
    with database.engine.connect() as connection, pytest.raises(DBAPIError) as failed:
        connection.execute(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": "Ana Rivera"})

    assert "Ana" not in str(failed.value)
