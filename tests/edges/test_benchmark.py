"""The benchmarks run, so that they cannot rot; what they print is nobody's promise here."""

import json
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from benchmarks import growth, soak, speed, storm
from benchmarks.house import a_house, numbers

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture(scope="module")
async def house():
    async with a_house([number for series in range(10) for number in numbers(series, 20)]) as house:
        yield house


@pytest.fixture
def printed(house, monkeypatch, capsys):
    """Has every program play in this house; what it printed."""

    @asynccontextmanager
    async def this_one(_listing):
        yield house

    for program in (growth, soak, speed, storm):
        monkeypatch.setattr(program, "a_house", this_one)
    for program in (growth, soak, speed, storm):
        monkeypatch.setattr(program, "WARMING_UP", 1)
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


async def test_ours_and_the_floor_are_measured_in_one_run(printed):
    await speed.main(2, flights=(2,), form="json")

    rows = printed()
    assert [row["who"] for row in rows][:2] == ["The floor", "Plazo"]
    assert all(row["worker, ms a case"] > 0 for row in rows)


async def test_a_storm_of_deadlines_ends_when_every_letter_was_sent(printed, monkeypatch):
    monkeypatch.setattr(storm, "ACTS", 1)

    await storm.main(2, lead=6, form="json")

    (row,) = printed()
    assert row["deadlines"] == 2
    assert row["all known after, s"] <= row["all told after, s"]


async def test_what_grows_is_asked_of_cases_and_of_the_register(printed, monkeypatch):
    monkeypatch.setattr(growth, "TRIES", 1)

    await growth.main((2, 3), register=10, form="json")

    rows = printed()
    asked = [(row["question"], row["open"]) for row in rows if "question" in row]
    assert asked[:6] == [(what, count) for count in (2, 3) for what in ("show", "note", "forecast")]
    assert [row["open"] for row in rows if "MB a cached case" in row] == [2, 3]


async def test_a_soak_of_two_seconds_plays_both_kinds_of_work(printed, monkeypatch):
    monkeypatch.setattr(soak, "pace", lambda _capacity: 2.0)

    await soak.main(2 / 60, form="json")

    (row,) = printed()
    assert row["cases"] == 4
    assert row["flat"] in ("yes", "no")
