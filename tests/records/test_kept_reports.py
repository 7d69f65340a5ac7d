"""What a month kept of the floor's figures: made when it is over, kept once, and shown as it was."""

from datetime import date

import pytest
from temporalio.testing import ActivityEnvironment

from activities.desk.reports import MonthQuestion, Reports
from activities.desk.supervision import Occasion, Oversight
from domain.report.floor import Subject
from domain.terms.refusals import Refused
from domain.terms.walls import WITHIN
from records.counts import CountStore
from tests.builders import at
from tests.fakes import FakeBinder, FakeDocuments
from tests.records.pages import a_page_of, pages_of_a_denial
from tests.world import PACK

FIRST_OF_APRIL = at("2037-04-01 03:00 AST")
MARCH = MonthQuestion(month="2037-03")


@pytest.fixture
def reports(register, database) -> Reports:
    return Reports(register, CountStore(database), PACK, FakeDocuments(), FakeBinder())


async def keep(reports, scheduled_at=FIRST_OF_APRIL):
    oversight = Oversight(reports.register, PACK, None, None, reports)
    return await ActivityEnvironment().run(
        oversight.figures, Occasion(scheduled_at=scheduled_at, now=FIRST_OF_APRIL)
    )


async def received(reports, month=MARCH):
    """How many cases were received in a month, as it was kept."""
    kept = {one.subject: one for one in await reports.kept(month)}
    [chart, *_] = kept[Subject.WORKLOAD].charts
    return sum(bar.share.count for bar in chart.bars)


async def test_a_month_keeps_every_report_of_the_floor_and_stays_as_it_was(register, reports):
    for page in pages_of_a_denial():
        await register.write(page)

    titles = await keep(reports)
    await register.write(a_page_of("PRE-3333-3333-3333"))

    kept = await reports.kept(MARCH)
    assert {one.subject for one in kept} == set(Subject)
    assert {(one.first, one.last) for one in kept} == {(date(2037, 3, 1), date(2037, 3, 31))}
    assert sorted(one.title for one in kept) == sorted(titles)
    assert await received(reports) == 1


async def test_a_month_that_is_made_again_is_kept_once_as_it_came_to_be(register, reports):
    await register.write(a_page_of())
    await keep(reports)
    await register.write(a_page_of("PRE-3333-3333-3333"))

    await keep(reports)

    assert len(await reports.kept(MARCH)) == len(Subject)
    assert await received(reports) == 2


async def test_a_run_that_was_missed_keeps_the_month_for_which_it_was_due(register, reports):
    await register.write(a_page_of())

    await keep(reports, scheduled_at=at("2037-03-01 03:00 AST"))

    assert await reports.kept(MARCH) == ()
    assert await received(reports, MonthQuestion(month="2037-02")) == 0


async def test_what_is_of_all_plans_is_for_nobody_who_works_for_some(register, reports):
    await register.write(a_page_of())
    await keep(reports)
    before = WITHIN.set(frozenset({"mcs-classicare"}))
    try:
        with pytest.raises(Refused, match="is of all plans"):
            await reports.kept(MARCH)
    finally:
        WITHIN.reset(before)
