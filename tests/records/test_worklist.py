"""Who sees which work, in which order."""

from datetime import timedelta

import pytest

from domain.view.page import ClaimedLine, Waiting
from tests.builders import at
from tests.records.pages import (
    HOUR,
    NUMBER,
    RECEIVED,
    a_case_in_review,
    a_claim,
    a_page,
    a_page_of,
    approved,
    closed,
    taken,
)

DUE = at("2037-03-09 23:59:59 AST")
SECOND = timedelta(seconds=1)
NOW = RECEIVED + HOUR


async def seen(register, who: str | None = "rn-rivera", queues=("nurse-review",), now=NOW) -> list[str]:
    return [row.case for row in await register.worklist(queues=queues, assignee=who, now=now)]


async def test_what_waits_in_a_queue_is_seen_with_its_case_and_its_time(register):
    await register.write(a_page_of())

    assert await register.worklist(queues=["nurse-review"], assignee="rn-rivera", now=NOW) == (
        Waiting(
            case=NUMBER,
            kind="precertification",
            queue="nurse-review",
            assignee=None,
            due_at=DUE,
            urgency="standard",
            overdue=False,
            what="review the lines that criteria alone did not approve",
            plan="mcs-classicare",
        ),
    )


async def test_a_row_names_the_services_that_were_asked_for_each_once_by_line(register):
    lines = [
        ClaimedLine(line=line, service=service, from_day=RECEIVED.date())
        for line, service in enumerate(("72148", "97110", "72148"), start=1)
    ]
    await register.claim(a_claim(lines=tuple(lines)))
    await register.write(a_page_of())

    [row] = await register.worklist(queues=["nurse-review"], assignee=None, now=NOW)

    assert row.services == ("72148", "97110")


async def test_an_empty_register_has_no_work(register):
    assert await seen(register) == []
    assert await seen(register, queues=()) == []


async def test_work_of_another_queue_is_not_seen(register):
    await register.write(a_page_of())

    assert await seen(register, queues=["physician-review", "calls"]) == []


async def test_what_somebody_has_taken_is_seen_by_that_person_alone(register):
    await register.write(a_page(taken(a_case_in_review(), "rn-rivera")))

    assert await seen(register, "rn-rivera") == [NUMBER]
    assert await seen(register, "rn-colon") == []
    assert await seen(register, None) == []
    [row] = await register.worklist(queues=["nurse-review"], assignee=None, now=NOW, everybody=True)
    assert (row.case, row.assignee) == (NUMBER, "rn-rivera")


async def test_a_list_is_read_page_by_page(register):
    for number in (NUMBER, "PRE-2222-2222-4HBR"):
        await register.write(a_page_of(number))
    one = {"queues": ["nurse-review"], "assignee": None, "now": NOW, "most": 1}

    pages = [await register.worklist(**one, skip=skip) for skip in range(3)]

    assert [[row.case for row in page] for page in pages] == [[NUMBER], ["PRE-2222-2222-4HBR"], []]


async def test_what_a_person_has_taken_is_seen_in_whatever_queue_it_is(register):
    await register.write(a_page(taken(a_case_in_review(), "rn-rivera")))

    assert await seen(register, "rn-rivera", queues=()) == [NUMBER]


async def test_the_least_time_left_comes_first_and_no_due_date_comes_last(register):
    without = a_page_of("PRE-2222-2222-2223")
    shown = without.sheet.shown.model_copy(update={"due_at": None})
    await register.write(
        without.model_copy(update={"sheet": without.sheet.model_copy(update={"shown": shown})})
    )
    await register.write(a_page_of("PRE-2222-2222-2224", received_at=RECEIVED + 24 * HOUR))
    await register.write(a_page_of("PRE-2222-2222-2225", received_at=RECEIVED))
    await register.write(a_page_of("PRE-2222-2222-2226", received_at=RECEIVED + HOUR, urgency="expedited"))

    assert [number[-1] for number in await seen(register)] == ["6", "5", "4", "3"]


async def test_work_with_a_date_of_its_own_is_due_on_that_date(register):
    case = a_case_in_review()
    own = RECEIVED + 5 * HOUR
    case.work.change(case.work.open[0], due_at=own)
    await register.write(a_page(case))

    (row,) = await register.worklist(queues=["nurse-review"], assignee=None, now=NOW)

    assert row.due_at == own


@pytest.mark.parametrize(
    ("now", "overdue"), [(DUE - SECOND, False), (DUE, False), (DUE + SECOND, True)], ids=str
)
async def test_work_is_overdue_one_second_after_it_was_due(register, now, overdue):
    await register.write(a_page_of())

    (row,) = await register.worklist(queues=["nurse-review"], assignee=None, now=now)

    assert row.overdue is overdue


async def test_finished_work_is_gone_and_what_followed_from_it_is_there(register):
    case = a_case_in_review()
    await register.write(a_page(case))
    written = len(case.log.events)

    await register.write(a_page(approved(case), written))

    assert await seen(register, queues=["nurse-review"]) == []
    assert await seen(register, queues=["calls"]) == [NUMBER, NUMBER], "member and provider"


async def test_a_closed_case_waits_for_nobody(register):
    await register.write(closed(a_page_of()))

    assert await seen(register) == []


async def test_how_far_cases_are_written_down_is_asked_of_many_at_once(register):
    page = a_page_of()
    await register.write(page)

    assert await register.written([NUMBER, "PRE-2222-2222-2222"]) == {NUMBER: page.events[-1].sequence}
    assert await register.written([]) == {}
