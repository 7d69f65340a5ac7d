"""What a case is found by, and what of it lies in the register: keyed hashes, made again from what is sealed."""

import asyncio

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import col

from config.sealing.keyring import KeyRing
from domain.view.search import wanted
from records.store import Store
from records.tables import CaseRow, SearchKeyRow
from tests.builders import a_request
from tests.records.pages import HOUR, NUMBER, RECEIVED, a_case_in_review, a_page, a_page_of, approved, ended
from tests.sampling import PROVE

ANA = "ana rivera 1957-04-02"
SECOND, THIRD = "PRE-2222-2222-2223", "PRE-2222-2222-4HBT"


async def found(register, *lines, skip=0, most=10) -> list[str]:
    answer = await register.find([wanted(line) for line in lines], skip=skip, most=most)
    return [case.case for case in answer.cases]


async def test_a_case_is_found_with_its_member_its_services_and_its_day(register):
    await register.write(a_page_of())

    [case] = (await register.find([wanted(ANA)], skip=0, most=10)).cases

    assert (case.case, case.member, case.services) == (NUMBER, "Ana Rivera", ("72148",))
    assert (case.status, case.outcome) == ("A4 Pended", None)
    assert case.received.startswith("Mon 2 Mar 2037 18:41")
    assert case.due.startswith("Mon 9 Mar 2037 23:59")


async def test_of_several_things_all_have_to_be_true(register):
    await register.write(a_page_of(reference="4471"))
    await register.write(a_page_of(SECOND))

    assert sorted(await found(register, ANA)) == [NUMBER, SECOND]
    assert await found(register, ANA, "4471") == [NUMBER]
    assert await found(register, ANA, "4472") == []


async def test_the_last_four_find_a_case_and_a_permit_finds_whoever_issued_it(register):
    page = a_page(approved(a_case_in_review()))
    await register.write(page)
    await register.write(a_page_of(THIRD))

    assert await found(register, "4hbt") == [THIRD]
    assert await found(register, page.permits[0].authorization.number) == [NUMBER]


async def test_open_cases_come_first_and_what_is_most_is_said_with_how_many_there_are(register):
    await register.write(a_page(ended(a_case_in_review(NUMBER))))
    await register.write(a_page_of(SECOND, received_at=RECEIVED + 48 * HOUR))
    await register.write(a_page_of(THIRD))

    assert await found(register, ANA) == [THIRD, SECOND, NUMBER]
    answer = await register.find([wanted(ANA)], skip=2, most=1)
    assert ([case.case for case in answer.cases], answer.total) == ([NUMBER], 3)


async def test_what_was_corrected_is_found_by_what_is_right(register):
    case = a_case_in_review()
    await register.write(a_page(case))
    written = len(case.log.events)
    case.request = a_request(member={"contract_number": "MCS-0002"})
    case.warn("two digits were swapped", RECEIVED + HOUR)
    await register.write(a_page(case, written))

    assert await found(register, "MCS-0002") == [NUMBER]
    assert await found(register, "MCS-0001") == []


async def test_a_register_that_is_older_than_its_keys_gets_them_from_what_is_sealed(database, register):
    await register.write(a_page_of())
    await register.write(a_page_of(SECOND))
    keys = select(SearchKeyRow.case_number, SearchKeyRow.hash, SearchKeyRow.kind)
    with database.engine.begin() as connection:
        before = set(connection.execute(keys).all())
        connection.execute(delete(SearchKeyRow))
    assert await found(register, ANA) == []

    await register.index(asyncio.Event())

    with database.engine.connect() as connection:
        assert set(connection.execute(keys).all()) == before


async def test_what_cannot_be_opened_keeps_no_other_without_its_keys(database, register):
    await register.write(a_page_of())
    await register.write(a_page_of(SECOND))
    with database.engine.begin() as connection:
        connection.execute(delete(SearchKeyRow))
        connection.execute(update(CaseRow).where(col(CaseRow.number) == NUMBER).values(state=b"damaged"))

    await register.index(asyncio.Event())

    assert await found(register, ANA) == [SECOND]


async def test_another_ring_finds_nobody(database, register):
    await register.write(a_page_of())

    assert await found(Store(database, KeyRing.generate()), ANA) == []
    with database.engine.connect() as connection:
        hashes = connection.scalars(select(col(SearchKeyRow.hash))).all()
    assert hashes
    assert not any("0001" in one or "rivera" in one for one in hashes)


@pytest.mark.slow
async def test_of_many_cases_the_one_is_found_without_reading_the_others(database, register):
    await register.write(a_page_of())
    with database.engine.begin() as connection:
        row = dict(connection.execute(select(CaseRow)).one()._mapping)
        many = [
            row | {"number": f"PRE-{number:04}-9999-9999"} for number in range(10_000 if PROVE else 2_000)
        ]
        connection.execute(CaseRow.__table__.insert(), many)
        plan = (
            connection.exec_driver_sql(
                "EXPLAIN QUERY PLAN SELECT case_number FROM search_keys WHERE hash IN ('a')"
            )
            if database.engine.dialect.name == "sqlite"
            else None
        )
    assert plan is None or "ix_search_keys_hash" in str(plan.all())

    assert await found(register, ANA) == [NUMBER]
