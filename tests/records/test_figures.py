"""The figures of a month: counted by plan and kind, once, however often they are counted."""

from datetime import timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from records.tables import FigureRow
from tests.builders import at
from tests.records.pages import a_page_of, pages_of_a_denial

MARCH = (at("2037-03-01 00:00 AST"), at("2037-04-01 00:00 AST"))


async def figures(engine):
    async with AsyncSession(engine) as session:
        rows = (await session.exec(select(FigureRow))).all()
    return {(row.month, row.plan, row.kind, row.figure): row.count for row in rows}


async def test_a_month_counts_what_was_received_and_answered_in_it(register, engine):
    for page in pages_of_a_denial():
        await register.write(page)
    await register.write(a_page_of("PRE-3333-3333-3333"))

    await register.keep_figures("2037-03", *MARCH)

    whose = ("2037-03", "mcs-classicare", "precertification")
    assert await figures(engine) == {(*whose, "received"): 2, (*whose, "denied"): 1}


async def test_a_month_that_is_counted_again_is_kept_once(register, engine):
    await register.write(a_page_of())
    await register.keep_figures("2037-03", *MARCH)
    await register.write(a_page_of("PRE-3333-3333-3333"))

    kept = await register.keep_figures("2037-03", *MARCH)

    assert kept == 1
    assert list((await figures(engine)).values()) == [2]


async def test_a_month_ends_before_its_last_instant(register, engine):
    await register.write(a_page_of())
    received = at("2037-03-02 18:41 AST")

    assert await register.keep_figures("a", received - timedelta(seconds=1), received) == 0
    assert await register.keep_figures("b", received, received + timedelta(seconds=1)) == 1
