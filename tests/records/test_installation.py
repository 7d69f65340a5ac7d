"""What a register says of itself, on both engines."""

import asyncio

from records.installation import LACKS, RING, SERVER, a_sealed_sheet, counted, mark, marks, unmark
from tests.records.pages import a_claim, a_page_of


async def test_it_says_what_it_was_told_last(database):
    assert await marks(database) == {}

    await mark(database, RING, "a ring")
    await mark(database, SERVER, "a server")
    await mark(database, SERVER, "another")
    await mark(database, LACKS, "everything")
    await unmark(database, LACKS)

    assert await marks(database) == {RING: "a ring", SERVER: "another"}


async def test_workers_that_start_together_say_it_once(database):
    await asyncio.gather(*(mark(database, RING, "a ring") for _ in range(5)))

    assert await marks(database) == {RING: "a ring"}


async def test_it_knows_how_many_cases_it_has_and_something_that_was_sealed(database, register, ring):
    assert (await counted(database), await a_sealed_sheet(database)) == ((0, 0), None)

    await register.claim(a_claim())
    await register.write(a_page_of())
    await register.claim(a_claim("PRE-3333-3333-3333"))

    assert await counted(database) == (2, 1), "what is only claimed is not open"
    assert ring.can_open(await a_sealed_sheet(database))
