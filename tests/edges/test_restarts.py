"""A whole `plazo up` that is killed, stopped and started again: cases go on, and nothing happens twice.

One home lives through all of it, in the order of the tests. While it is down, a deadline passes.
"""

import asyncio
import signal
from datetime import UTC, datetime, timedelta

import psutil
import pytest
import pytest_asyncio

from domain.parts.clocks import LATENESS_WORTH_SAYING
from tests.edges.installation import PATIENCE, Installation, ago

pytestmark = pytest.mark.slow

DAY = timedelta(hours=24)  # Puerto Rico, expedited
AHEAD = timedelta(seconds=8)  # enough to open a case and stop everything before it falls due
SECOND = timedelta(seconds=1)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def survivor(tmp_path_factory):
    """An installation that was killed while a case waited, and stopped while another one's deadline came near."""
    installation = Installation(tmp_path_factory.mktemp("restarts"))
    facts = {"installation": installation}
    async with installation.up() as first:
        facts["waiting"] = await installation.opened("02", reference="KILLED")
        denied = await installation.opened("02", reference="KILLED AFTER THE LETTERS")
        await installation.answer("approve", denied, as_="rn-rivera")
        facts["approved"] = denied
        facts["left over"] = installation.home.running().pid
        first.send_signal(signal.SIGKILL)
        await first.wait()
        facts["outlived"] = lives(facts["left over"])
        async with installation.up() as second:
            facts["taken over"] = not lives(facts["left over"])
            await installation.answer("approve", facts["waiting"], as_="rn-rivera")
            facts["timelines"] = {
                case: await told(installation, case) for case in (facts["waiting"], facts["approved"])
            }
            facts["late"] = await installation.opened("10", reference="OUTAGE", received_at=ago(DAY - AHEAD))
            facts["due at"] = datetime.fromisoformat(
                (await installation.json("show", facts["late"]))["due_at"]
            )
            server = installation.home.running().pid
            second.send_signal(signal.SIGINT)
            facts["left with"] = await asyncio.wait_for(second.wait(), PATIENCE)
            facts["server behind"] = lives(server)
    return facts


async def told(installation, case):
    """What happened to an approved case, once both letters have left and nothing more is to come."""
    async with asyncio.timeout(PATIENCE):
        while len(letters_sent((await installation.json("timeline", case))["events"])) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    await installation.at_rest(case)
    return (await installation.json("timeline", case))["events"]


def lives(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def letters_sent(events):
    return [event["details"]["key"] for event in events if event["kind"] == "notice_sent"]


async def test_the_server_that_a_killed_up_left_behind_is_taken_over(survivor):
    assert survivor["outlived"]
    assert survivor["taken over"]


async def test_a_case_goes_on_after_everything_was_killed(survivor):
    kinds = [event["kind"] for event in survivor["timelines"][survivor["waiting"]]]

    assert "determined" in kinds
    assert kinds.count("received") == kinds.count("coverage_checked") == kinds.count("determined") == 1


async def test_no_letter_leaves_twice_because_everything_was_killed(survivor):
    for case, events in survivor["timelines"].items():
        keys = letters_sent(events)
        assert len(keys) == len(set(keys)) == 2
        assert survivor["installation"].letters(case) == sorted(f"{key}.txt" for key in keys)


async def test_ctrl_c_stops_the_server_and_leaves_with_0(survivor):
    assert survivor["left with"] == 0
    assert not survivor["server behind"]
    assert survivor["installation"].home.running() is None


async def test_a_deadline_that_passed_in_an_outage_is_recorded_once_with_its_lateness(survivor):
    installation, case, due_at = survivor["installation"], survivor["late"], survivor["due at"]
    back_from = due_at + LATENESS_WORTH_SAYING + 2 * SECOND
    await asyncio.sleep(max((back_from - datetime.now(UTC)).total_seconds(), 0))

    async with installation.here():
        started = datetime.now(UTC)
        async with asyncio.timeout(PATIENCE):
            while not (breaches := breaches_in(await installation.json("timeline", case))):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        await installation.at_rest(case)
        events = (await installation.json("timeline", case))["events"]
        page = await installation.json("show", case)

    assert breaches_in({"events": events}) == breaches
    (breach,) = breaches
    recorded_at = datetime.fromisoformat(breach["recorded_at"])
    assert datetime.fromisoformat(breach["at"]) == due_at + SECOND, "the first instant that is too late"
    lateness = recorded_at - due_at
    assert breach["details"]["lateness_seconds"] == lateness.total_seconds()
    assert lateness >= LATENESS_WORTH_SAYING
    assert recorded_at - started < timedelta(seconds=PATIENCE)
    assert page["clocks"][0]["breached"]
    assert page["lines"][0]["outcome"] is None, "a timer never denies; the answer stays owed"
    keys = letters_sent(events)
    assert len(keys) == len(set(keys))
    assert installation.letters(case) == sorted(f"{key}.txt" for key in keys)


def breaches_in(timeline):
    return [event for event in timeline["events"] if event["kind"] == "breached"]
