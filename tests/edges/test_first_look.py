"""When a case that somebody began is looked for: a look costs the server something, and a wait somebody's time."""

import asyncio
from types import SimpleNamespace

import pytest

from client.reach import admission
from client.reach.admission import Admissions
from workflows.running.attributes import STATUS


class BeingAdmitted:
    """A case that is there after so many seconds."""

    def __init__(self, takes: float, clock: SimpleNamespace) -> None:
        self.takes, self.clock, self.looks = takes, clock, 0

    async def describe(self):
        self.looks += 1
        told = {STATUS: "A1"} if self.clock.seconds >= self.takes else {}
        return SimpleNamespace(close_time=None, status=None, typed_search_attributes=told)

    async def query(self, *_, **__):
        return "its sheet"


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(seconds=0.0)

    async def sleep(seconds):
        clock.seconds += seconds

    # Here alone: whoever else waits in this loop, a worker or its pages, would wait no more and never rest.
    monkeypatch.setattr(admission, "asyncio", SimpleNamespace(sleep=sleep, timeout=asyncio.timeout))
    return clock


async def test_it_is_looked_for_as_soon_as_those_before_it_were_there(clock):
    admissions = Admissions()
    looks, waited = [], []
    for takes in (0.9, 0.9, 0.9, 0.1, 0.1, 0.1):
        clock.seconds = 0.0
        case = BeingAdmitted(takes, clock)
        assert await admissions.first_sheet(case) == "its sheet"
        looks.append(case.looks)
        waited.append(round(clock.seconds, 2))

    assert looks == [6, 2, 2, 1, 1, 1]
    assert waited == [0.94, 0.94, 0.94, 0.75, 0.6, 0.48]


async def test_of_many_that_begin_at_once_each_is_given_longer(clock):
    admissions = Admissions()
    admissions.awaited = 19

    case = BeingAdmitted(0.6, clock)
    await admissions.first_sheet(case)

    assert (case.looks, admissions.awaited) == (1, 19)
