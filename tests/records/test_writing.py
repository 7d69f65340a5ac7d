"""Each page is kept once, whole, and never under an older one."""

import asyncio
from itertools import permutations

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from domain.case import dispatch
from domain.parts.events import EventKind
from domain.view.page import Position
from records.rows import Rows
from records.tables import (
    AuthorizationRow,
    CaseRow,
    DeterminationRow,
    DocumentRow,
    EventRow,
    NoticeRow,
    Record,
    WorkRow,
)
from tests.builders import COMPLETE, a_document
from tests.records.pages import (
    HOUR,
    NUMBER,
    RECEIVED,
    a_case_in_review,
    a_claim,
    a_page,
    a_page_of,
    approved,
    pages_of_a_denial,
    taken,
)


async def rows(database, table: type[Record]):
    with database.engine.connect() as connection:
        return connection.execute(select(table)).all()


async def counts(database) -> dict[str, int]:
    """Rows of every table, all counted at one moment."""
    tables = Record.metadata.sorted_tables
    sizes = [select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in tables]
    with database.engine.connect() as connection:
        return connection.execute(select(*sizes)).one()._asdict()


async def test_a_page_written_twice_is_kept_once(register, database):
    page = a_page(approved(a_case_in_review()))

    await register.write(page)
    once = await counts(database), await register.remembered(NUMBER)
    await register.write(page)

    assert (await counts(database), await register.remembered(NUMBER)) == once
    assert once[0] == {
        "cases": 1,
        "events": len(page.events),
        "work": len(page.work),
        "determinations": 1,
        "authorizations": 1,
        "notices": 2,
        "documents": 1,
        "payments": 0,
        "rates": 0,
        "absences": 0,
        "attestations": 0,
        "broken_glass": 0,
        "installation": 0,
        "claimed_lines": 0,
        "receipts": 0,
        "kept_reports": 0,
        "appealed_lines": 0,
        "search_keys": 3,
        "unmatched": 0,
    }


async def test_the_register_remembers_a_case_as_it_last_stood_with_all_its_events(register):
    pages = pages_of_a_denial()
    await register.claim(a_claim())
    for page in pages:
        await register.write(page)

    remembered = await register.remembered(NUMBER)

    assert remembered.sheet == pages[-1].sheet
    assert remembered.events == tuple(event for page in pages for event in page.events)
    assert remembered.events[0].at == RECEIVED
    assert remembered.events[0].at.tzinfo is not None


async def test_a_case_that_was_only_claimed_or_never_heard_of_is_not_remembered(register):
    await register.claim(a_claim())

    assert await register.remembered(NUMBER) is None
    assert await register.remembered("PRE-9999-9999-9999") is None


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_in_whatever_order_pages_come_the_newest_stands_and_no_event_is_missing(
    register, database, order
):
    pages = pages_of_a_denial()
    told = tuple(event for page in pages for event in page.events)
    from_the_start = [page.model_copy(update={"events": told[: page.last_sequence]}) for page in pages]

    for place in order:
        assert await register.write(from_the_start[place])

    remembered = await register.remembered(NUMBER)
    assert remembered.sheet == pages[-1].sheet
    assert remembered.events == told
    (case,) = await rows(database, CaseRow)
    assert (case.stage, case.status_code, case.urgency) == ("decided", "A3", "standard")
    work = await rows(database, WorkRow)
    assert {one.queue for one in work if one.closed_at is None} == {"calls"}


async def test_a_page_that_does_not_go_on_from_what_is_known_is_not_written(register):
    in_review, referred, denied = pages_of_a_denial()
    assert await register.write(in_review)

    assert not await register.write(denied)

    assert (await register.remembered(NUMBER)).sheet == in_review.sheet
    assert await register.write(referred)
    assert await register.write(denied)


A_RESET = Position(first_run="first", run_started_at=RECEIVED + HOUR, history_length=9)
BEFORE_IT = Position(first_run="first", run_started_at=RECEIVED, history_length=50)


async def test_a_run_that_was_reset_replaces_what_the_one_before_it_wrote_and_never_the_other_way(
    register, database
):
    undone = a_page(approved(a_case_in_review())).model_copy(update={"position": BEFORE_IT})
    other = taken(a_case_in_review(), "rn-colon")
    reset = a_page(other).model_copy(update={"position": A_RESET})
    await register.write(undone)

    await register.write(reset)
    await register.write(undone)

    remembered = await register.remembered(NUMBER)
    assert remembered.events == tuple(other.log.events)
    assert remembered.sheet == reset.sheet
    for phantom in (AuthorizationRow, DeterminationRow, NoticeRow):
        assert await rows(database, phantom) == []


async def test_what_is_known_to_be_right_replaces_what_only_looks_newer(register):
    lost = a_page(approved(a_case_in_review())).model_copy(update={"position": BEFORE_IT})
    case = a_case_in_review()
    restored = a_page(case).model_copy(
        update={"position": BEFORE_IT.model_copy(update={"history_length": 20})}
    )
    await register.write(lost)

    await register.write(restored)
    assert (await register.remembered(NUMBER)).events == lost.events
    await register.write(restored, whatever_stands=True)

    assert (await register.remembered(NUMBER)).events == tuple(case.log.events)


async def test_a_case_is_kept_whole_whether_it_is_closed_or_not(register):
    page = a_page_of()
    await register.write(page)

    assert await register.kept_case(NUMBER) == page.state
    assert await register.closed_case(NUMBER) is None
    assert await register.kept_case("PRE-9999-9999-9999") is None


async def test_a_page_of_a_case_whose_claim_was_lost_is_kept_all_the_same(register):
    await register.write(a_page_of())

    assert await register.remembered(NUMBER)


async def test_what_a_claim_said_outlives_every_page(register, database):
    await register.claim(a_claim(reference="reference", fingerprint="fingerprint"))

    await register.write(a_page_of())

    (case,) = await rows(database, CaseRow)
    assert (case.reference_hash, case.fingerprint_hash) == ("reference", "fingerprint")


async def test_a_determination_is_kept_with_who_decided_when_and_why(register, database):
    for page in pages_of_a_denial():
        await register.write(page)

    (answer,) = await rows(database, DeterminationRow)
    assert (answer.line, answer.outcome, answer.decided_at) == (1, "denied", RECEIVED + 2 * HOUR)
    assert (answer.decider_id, answer.reason_id) == ("md-ortiz", "criteria_not_met")
    assert await rows(database, AuthorizationRow) == []


async def test_an_approval_is_kept_with_its_authorization(register, database):
    case = approved(a_case_in_review(units=2))

    await register.write(a_page(case))

    (permit,) = await rows(database, AuthorizationRow)
    assert (permit.number, permit.service_code, permit.units) == ("AUT-2222-2222-2222-01", "72148", 2)
    assert permit.from_day == case.lines[0].authorization.from_day


async def test_a_letter_is_owed_first_and_then_sent_with_its_proof(register, database):
    case = approved(a_case_in_review())
    owed = a_page(case)
    dispatch.sent(case, case.letters.notices[0].key, "spooled under its key", RECEIVED + 2 * HOUR)
    sent = a_page(case, len(owed.events))

    await register.write(owed)
    before = await rows(database, NoticeRow)
    await register.write(sent)
    after = await rows(database, NoticeRow)

    assert [one.sent_at for one in before] == [None, None]
    letters = {letter.recipient: letter for letter in after}
    assert letters["member"].sent_at == RECEIVED + 2 * HOUR
    assert letters["member"].proof == "spooled under its key"
    assert letters["provider"].sent_at is None


async def test_a_document_is_kept_by_its_hash(register, database):
    fax = a_document("fax-7", "laboratory").model_copy(update={"sha256": "ab" * 32, "received_at": RECEIVED})

    await register.write(a_page_of(documents=(*COMPLETE, fax)))

    kept = {document.document_id: document for document in await rows(database, DocumentRow)}
    assert set(kept) == {"study-1", "fax-7"}
    assert (kept["fax-7"].sha256, kept["fax-7"].received_at) == ("ab" * 32, RECEIVED)


async def test_eight_writers_at_once_lose_nothing(register, database):
    cases = [f"PRE-2222-2222-222{place}" for place in range(8)]
    histories = {case: pages_of_a_denial(case) for case in cases}

    async def write_all(case: str) -> None:
        await register.claim(a_claim(case, fingerprint="the same for all"))
        for page in histories[case]:
            await register.write(page)

    await asyncio.gather(*(write_all(case) for case in cases))

    for case in cases:
        remembered = await register.remembered(case)
        assert remembered.sheet == histories[case][-1].sheet
        assert [event.sequence for event in remembered.events] == list(range(1, len(remembered.events) + 1))
        assert len((await register.claim(a_claim(case, fingerprint="the same for all"))).alike) == 7


async def test_eight_writers_of_the_same_case_leave_its_newest_page(register, database):
    pages = pages_of_a_denial()

    told = tuple(event for page in pages for event in page.events)
    from_the_start = [page.model_copy(update={"events": told[: page.last_sequence]}) for page in pages]

    await asyncio.gather(*(register.write(from_the_start[place % 3]) for place in range(8)))

    remembered = await register.remembered(NUMBER)
    assert remembered.sheet == pages[-1].sheet
    assert remembered.events == tuple(event for page in pages for event in page.events)


async def test_a_write_that_is_given_up_in_the_middle_leaves_nothing_behind_and_nothing_stuck(
    register, database
):
    page = a_page_of()

    for patience in range(60):
        writing = asyncio.create_task(register.write(page))
        for _ in range(patience):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        kept = await counts(database)
        assert kept["events"] in {0, len(page.events)}, "half a page"
        assert kept["cases"] == (kept["events"] > 0)

    await register.write(page)
    assert (await register.remembered(NUMBER)).sheet == page.sheet
    given_up = [one for one in asyncio.all_tasks() if one.get_coro().__qualname__ == "PageWriter._write_all"]
    await asyncio.gather(*given_up)  # each is finished all the same


async def test_a_page_that_cannot_be_written_whole_is_not_written_at_all(
    register, database, ring, monkeypatch
):
    page = a_page(approved(a_case_in_review()))

    def fails(*_: object) -> None:
        raise ConnectionError("gone in the middle")

    monkeypatch.setattr(Rows, "of", fails)
    with pytest.raises(ConnectionError):
        await register.write(page)

    assert set((await counts(database)).values()) == {0}


async def test_events_are_kept_by_their_kind_and_by_the_person_not_the_name(register, database):
    for page in pages_of_a_denial():
        await register.write(page)

    with database.engine.connect() as connection:
        found = connection.scalars(
            select(col(EventRow.by_id)).where(col(EventRow.kind) == EventKind.DETERMINED.value)
        )
        assert list(found) == ["md-ortiz"]
