"""Plans are walls: of two plans in one register, whoever works for one finds nothing of the other."""

from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from domain.case.sensitive import MARKED, SENSITIVE
from domain.desk.glass import BrokenGlass
from domain.terms.refusals import Refused
from domain.terms.walls import BEYOND, READER, WITHIN, WITHOUT
from domain.view.board import Day
from domain.view.search import Wanted, wanted
from records.tables import CaseRow, KeptReportRow, Record
from records.walls import OF_EVERYBODY
from tests.builders import pack
from tests.records.pages import HOUR, NUMBER, RECEIVED, a_case_in_review, a_claim, a_page, approved, taken

OWN, OTHER = "mcs-classicare", "mcs-life"
THEIRS = "PRE-2222-2222-2223"
ANA = "ana rivera 1957-04-02"
NOW = RECEIVED + 48 * HOUR


@contextmanager
def within(*plans):
    before = WITHIN.set(frozenset(plans))
    try:
        yield
    finally:
        WITHIN.reset(before)


@pytest.fixture
async def both(register):
    """A case of each plan, alike in everything else, with work, an answer, an authorization and letters."""
    for number, plan in ((NUMBER, OWN), (THEIRS, OTHER)):
        await register.claim(a_claim(number, plan=plan))
        case = a_case_in_review(number, plan=plan)
        await register.write(a_page(taken(case, "rn-rivera")))
        await register.write(a_page(approved(case), 0))
    return register


async def everything(register):
    """What a register answers to each of its questions about cases, by question; nothing of another plan."""
    days = {plan.id: Day.of(CALENDAR, NOW) for plan in pack().plan if plan.id in {OWN, OTHER}}
    return {
        "worklist": await register.worklist(queues=("nurse-review",), assignee="rn-rivera", now=NOW),
        "found": (await register.find([wanted(ANA)], skip=0, most=10)).cases,
        "counted": (await register.find([wanted(ANA)], skip=0, most=0)).total,
        "by number": (await register.find([Wanted(keys=(), number=THEIRS)], skip=0, most=10)).total,
        "remembered": await register.remembered(THEIRS),
        "closed": await register.closed_case(THEIRS),
        "kept": await register.kept_case(THEIRS),
        "position": await register.position(THEIRS),
        "known": await register.known(),
        "written": await register.written([NUMBER, THEIRS]),
        "alike": await register.alike(a_claim("PRE-2222-2222-2224", plan=OTHER)),
        "board": await register.board(days, NOW),
    }


CALENDAR = a_case_in_review().policy.calendar


async def test_whoever_works_for_all_plans_sees_both_and_nobody_else_does(both):
    seen = await everything(both)
    assert (seen["counted"], seen["by number"]) == (2, 1)
    assert seen["remembered"]
    with within(OTHER):
        theirs = await everything(both)
        assert (theirs["counted"], theirs["by number"]) == (1, 1)
        assert set(theirs["written"]) == {THEIRS}


async def test_no_question_reaches_beyond_the_wall(both):
    with within(OWN):
        seen = await everything(both)
        assert THEIRS not in repr(seen)
        assert OTHER not in repr({name: one for name, one in seen.items() if name != "board"})
        assert {row.plan for row in seen["board"].queues} <= {OWN}
        assert (seen["counted"], seen["by number"], seen["remembered"], seen["kept"]) == (1, 0, None, None)
    with within():
        nothing = await everything(both)
        assert not any(nothing[name] for name in nothing if name != "board"), nothing
        assert not nothing["board"].queues
        assert not any(nothing["board"].hours)


async def test_broken_glass_lets_one_case_be_read_and_no_other(both):
    before = BEYOND.set(frozenset({THEIRS}))
    try:
        with within(OWN):
            seen = await everything(both)
            assert (seen["counted"], seen["by number"]) == (2, 1)
            assert seen["remembered"]
        with within():
            assert [one.case for one in (await everything(both))["known"]] == [THEIRS]
    finally:
        BEYOND.reset(before)


async def test_what_glass_was_broken_is_known_from_then_on(register):
    broken = [
        BrokenGlass(case=THEIRS, who=who, at=at, until=at + HOUR, reason="complaint")
        for who, at in (("sup-diaz", NOW), ("dir-luna", NOW - HOUR))
    ]
    for glass in (*broken, broken[0]):
        await register.keep_glass(glass)

    assert await register.broken_glass(NOW) == (broken[0],)
    assert await register.broken_glass(NOW - HOUR) == (broken[1], broken[0])


async def test_nobody_finds_a_case_of_their_own_or_of_their_family(both):
    [own] = {row.member_hash for row in await rows_of(both)}
    before = WITHOUT.set(frozenset({own}))
    try:
        seen = await everything(both)
        assert not any(seen[name] for name in seen if name != "board"), seen
        assert not seen["board"].queues
    finally:
        WITHOUT.reset(before)


async def rows_of(register):
    with register._database.engine.connect() as connection:
        return connection.execute(select(OWN_CASES.c.member_hash)).all()


async def test_every_table_about_cases_is_narrowed_whoever_reads_it(both, database):
    tables = {name: table for name, table in Record.metadata.tables.items() if name not in OF_EVERYBODY}
    assert tables.keys() >= {"cases", "events", "work", "notices", "authorizations", "search_keys"}
    with database.engine.begin() as connection:
        connection.execute(KeptReportRow.__table__.insert(), MIXED)
    filled = 0
    for name, table in tables.items():
        whose = table.c.get("case_number", table.c.get("number", table.c.get("plan", table.c[0])))
        with database.engine.connect() as connection:
            all_of_them = set(connection.scalars(select(whose)))
            with within(OWN):
                own = set(connection.scalars(select(whose)))
                joined = set(connection.scalars(select(whose).join(OWN_CASES, whose == OWN_CASES.c.number)))
                count = connection.scalar(select(func.count()).select_from(table))
        filled += THEIRS in all_of_them
        assert own <= {NUMBER, OWN}, name
        assert joined <= {NUMBER}, name
        assert count or not all_of_them or name == KeptReportRow.__tablename__, name
    assert filled > 4


MIXED = {"month": "2037-03", "subject": "workload", "report": "{}"}  # of all plans at once
OWN_CASES = Record.metadata.tables[str(CaseRow.__tablename__)].alias()


@contextmanager
def read_by(who):
    before = READER.set(who)
    try:
        yield
    finally:
        READER.reset(before)


async def test_what_is_sensitive_is_masked_for_whoever_does_not_work_on_it(register):
    await register.claim(a_claim(NUMBER, plan=OWN))
    case = a_case_in_review(NUMBER, plan=OWN)
    case.log.flag(SENSITIVE, MARKED, RECEIVED)
    await register.write(a_page(case))

    async def seen():
        [found] = (await register.find([wanted(ANA)], skip=0, most=10)).cases
        [work] = await register.worklist(queues=("nurse-review",), assignee=None, now=NOW)
        return found.member, found.services, work.what, work.services

    everything = await seen()
    with read_by("rn-colon"):
        assert await seen() == ("sensitive", (), "sensitive", ())
        assert await register.closed_to_reader(NUMBER)
        with pytest.raises(Refused, match="this case is sensitive"):
            await register.remembered(NUMBER)

    await register.write(a_page(taken(case, "rn-rivera")))
    with read_by("rn-rivera"):
        assert await register.remembered(NUMBER)
        [found] = (await register.find([wanted(ANA)], skip=0, most=10)).cases
        assert (found.member, found.services) == everything[:2]
