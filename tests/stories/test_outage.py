"""Stories of a world that goes away and comes back. Nothing is lost, nothing is said twice."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from activities import heartbeat
from domain.desk.desk import Claim, Note, RecordCall, Release, Withdraw
from domain.determination.decisions import Approve
from domain.parts.events import EventKind
from tests.builders import a_request, at, staff
from tests.world import World, eventually
from workflows.running import steps

OUTAGE = timedelta(minutes=2)
UNTIL_TRIED_AGAIN = timedelta(seconds=15)


async def test_while_the_register_is_away_acts_are_answered_and_afterwards_all_of_it_is_written(plan):
    case = await plan.submit(a_request())
    plan.register.down = True
    lengths = [await case.length()]
    for who, act, words in [
        ("rn-rivera", Claim, {}),
        ("rn-rivera", Note, {"text": "called the office"}),
        ("rn-rivera", Release, {}),
        ("rn-colon", Claim, {}),
    ]:
        said = await case.does(who, act, **words)
        assert said.case == case.number
        lengths.append(await case.length())
    await case.let_pass(OUTAGE)
    lengths.append(await case.length())
    grown = [after - before for before, after in pairwise(lengths)]
    print("events while the register is away, act by act, and over two minutes:", grown)
    assert all(events <= 9 for events in grown)
    assert plan.register.refusals > 10
    assert await case.does("rn-colon", Approve)
    assert len(plan.register.events_of(case.number)) < len(await case.events())

    plan.register.down = False
    await case.let_pass(UNTIL_TRIED_AGAIN)
    await case.sheet()
    assert plan.register.events_of(case.number) == await case.events()
    assert len(plan.letters(case, "determination")) == 2


async def test_a_post_that_fails_and_works_again_sends_each_letter_once(plan):
    case = await plan.submit(a_request())
    plan.post.down = True
    await case.does("rn-rivera", Approve)
    await case.let_pass(OUTAGE)
    sheet = await case.look()
    assert sheet.shown.stage == "decided"
    assert sheet.why.startswith("decided, not yet told")
    assert plan.post.asked > 2
    plan.post.down = False
    await case.let_pass(UNTIL_TRIED_AGAIN)
    assert (await case.sheet()).shown.stage == "telling"
    assert len({one.key for one in plan.post.sent}) == len(plan.post.sent) == 2
    assert len(await case.events(EventKind.NOTICE_SENT)) == 2


async def test_what_comes_from_a_directory_that_was_away_changes_nothing_that_was_taken_back(plan):
    answers = plan.directory.coverage

    async def away(*_):
        raise ConnectionError("the directory is away")

    plan.directory.coverage = away
    case = await plan.submit(a_request())
    assert (await case.look()).shown.stage == "received"
    await case.does("ic-santos", Withdraw)
    assert not plan.post.sent, "nobody has compared whose request it is"
    plan.directory.coverage = answers
    await case.let_pass(UNTIL_TRIED_AGAIN)
    assert await case.closed_as() == "cancelled"
    assert (await case.events())[-1].kind is EventKind.CLOSED
    assert plan.register.events_of(case.number) == await case.events()


async def test_what_fell_due_while_nothing_ran_is_kept_once_and_only_the_highest_speaks(env):
    """X1: back after the breach, one breach with its lateness; what was done on paper in time removes it."""
    world = World(env)
    now = datetime.now(UTC).replace(microsecond=0)
    urgent = {"plan": "mcs-life", "service": "71260", "urgency": "expedited", "from_day": f"{now:%Y-%m-%d}"}
    overdue = a_request(**urgent, reference="A", received_at=now - timedelta(hours=40, minutes=10))
    behind = a_request(**urgent, reference="B", received_at=now - timedelta(hours=20))
    openings = [asyncio.create_task(world.submit(one)) for one in (overdue, behind)]
    async with world.worker():
        case, other = await asyncio.gather(*openings)
        passed = [one.details["rung"] for one in await other.events(EventKind.ESCALATED)]
        assert passed == ["three_quarters"]
        assert len(await other.events(EventKind.RUNG_PASSED)) == 1
        assert not await other.events(EventKind.BREACHED)

        assert not await case.events(EventKind.ESCALATED)
        assert len(await case.events(EventKind.RUNG_PASSED)) == 3
        [breach] = await case.events(EventKind.BREACHED)
        assert 0 <= breach.details["lateness_seconds"] - (16 * 60 + 10) * 60 < 60
        assert len(world.letters(case, "missed_deadline")) == 2

    # another worker goes on where the first one stopped
    async with world.worker():
        on_paper = {"at": overdue.received_at + timedelta(hours=23, minutes=30)}
        assert "supervisor" in await case.is_refused("rn-rivera", Approve, **on_paper)
        by_supervisor = on_paper | {"confirmed_by": staff("sup-diaz")}
        await case.does("rn-rivera", Approve, **by_supervisor)
        await case.does("rn-rivera", RecordCall, to="member", reached=True, **by_supervisor)
        sheet = await case.sheet()
        [clock] = [one for one in sheet.shown.clocks if one.timeframe == "pr-urgent"]
        assert (clock.satisfied_at, clock.breached) == (on_paper["at"], False)
        assert len(await case.events(EventKind.BREACHED, EventKind.BREACH_REMOVED)) == 2
        assert len(world.letters(case, "missed_deadline")) == 2
        assert "breach" not in sheet.flags


async def test_what_fell_due_in_an_outage_is_recorded_before_an_act_that_came_after_it(env):
    """Reported: the job that marks a request late runs after the withdrawal, and the miss is never counted."""
    world = World(env)
    async with world.worker():
        case = await world.submit(a_request(received_at=at("2037-03-02 18:41 AST")))
        await case.let_pass(until=at("2037-03-09 23:00 AST"))
    moving = asyncio.create_task(env.fast_forward(case.handle, timedelta(hours=2)))

    async def past_due() -> bool | None:
        return await case.now() > at("2037-03-10 00:00:00 AST") or None

    await eventually(past_due)
    acting = asyncio.create_task(case.does("ic-santos", Withdraw))
    for _ in range(20):
        await case.now()  # round trips on the same connection: the act has reached the server by then
    async with world.worker():
        await acting
        await moving
        await case.sheet()
        kinds = [event.kind for event in await case.events(EventKind.BREACHED, EventKind.WITHDRAWN)]
        assert kinds == [EventKind.BREACHED, EventKind.WITHDRAWN]


async def test_a_register_that_is_only_slow_is_waited_for_and_not_asked_twice(plan, monkeypatch):
    for page in (heartbeat, steps):
        monkeypatch.setattr(page, "MISSED_AFTER", timedelta(seconds=0.4))
    asked, write = [], plan.register.write

    async def slowly(page, *, whatever_stands=False):
        asked.append(page.last_sequence)
        await asyncio.sleep(1 if len(asked) == 1 else 0)
        return await write(page, whatever_stands=whatever_stands)

    monkeypatch.setattr(plan.register, "write", slowly)
    case = await plan.submit(a_request())
    await case.sheet()

    assert len(asked) == len(set(asked)), "the same page was asked for again while it was written"
