"""Look-ups live in a namespace of their own, and what was read is deleted."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from client.reach.cases import Cases
from config.house import house_of
from config.settings import Settings
from tests.sampling import PROVE
from tests.world import eventually
from worker import namespace

pytestmark = pytest.mark.slow

MANY = 500 if PROVE else 120
A_KILOBYTE = 1024


def bytes_kept(home):
    """What the server's file holds, without the pages that are free again."""
    with closing(sqlite3.connect(f"file:{home.server_db}?mode=ro", uri=True)) as db:
        size, pages, free = (
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_size", "page_count", "freelist_count")
        )
    return size * (pages - free)


async def test_a_look_up_leaves_less_than_a_kilobyte_and_none_among_the_cases(installation):
    client = await installation.client()
    house = house_of(client, Settings(home=installation.home.folder))
    desk = Cases(client, "plazo", house)
    gate = asyncio.Semaphore(4)

    async def look():
        async with gate:
            await desk.worklist(("nurse-review",), None)

    await asyncio.gather(*[look() for _ in range(MANY // 10)])  # the file has room for what comes and goes
    before = bytes_kept(installation.home)
    await asyncio.gather(*[look() for _ in range(MANY)])

    async def little_stays():
        return bytes_kept(installation.home) - before < MANY * A_KILOBYTE or None

    async def hardly_any_is_listed():  # the server may list one after it forgot it; within a day it does no more
        return len([one async for one in house.client.list_activities("")]) <= MANY // 50 or None

    assert await eventually(little_stays)
    assert await eventually(hardly_any_is_listed)
    assert [one async for one in client.list_activities("")] == []


async def test_the_house_forgets_in_a_day_and_the_cases_do_not(installation):
    client = await installation.client()
    house = house_of(client, Settings(home=installation.home.folder))

    assert await namespace.retention(house.client) == namespace.A_DAY
    assert await namespace.retention(client) == namespace.RETENTION


async def test_a_worker_makes_the_house_where_there_is_none_and_finds_one_that_is_there(installation):
    client = await installation.client()
    house = house_of(client, Settings(home=installation.home.folder, house_namespace="another-house"))

    await namespace.make(house.client)
    await namespace.make(house.client)

    assert await namespace.retention(house.client) == namespace.A_DAY
