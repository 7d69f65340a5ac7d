"""A storm: the deadlines of many open cases fall in one second, while staff go on working.

`python -m benchmarks.storm --count 500`: requests that were received 72 hours before one instant are to be answered
by then (expedited); each is opened, waits for a nurse, and runs late, which owes two letters. Told are the seconds
until the register knows of every missed deadline and until it has all the letters sent, the attempts that failed in
any history, and how long a note takes a person in two cases that the storm does not touch, before and meanwhile: in
an expedited one, and in a standard one, which stands in line behind the storm.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TimeoutType
from temporalio.client import WorkflowHistory

from benchmarks.house import TOLD, WAITS, House, a_house, numbers
from benchmarks.playing import PATIENCE, middle, nearly_all, several, timed
from benchmarks.table import Table, asked
from domain.clock.timeframe import Urgency

ANSWERED_WITHIN = timedelta(hours=72)
LATE = "SELECT case_number FROM events WHERE kind = 'breached'"
SERIES = 7
FLIGHT = 10
WARMING_UP = 20  # cases, which tell how long opening takes
ACTS = 20  # of a person, before
HEAD = (
    "deadlines", "opened in, s", "all known after, s", "all told after, s", "failed attempts", "handed on",
    "notes", "p95 before, ms", "p95", "expedited p50", "expedited p95", "standard p50", "standard p95",
)  # fmt: skip


async def main(count: int = 500, lead: int = 0, form: str = "plain") -> None:
    """`lead` seconds are taken for opening them all; without it, twice as many as the first ones say."""
    members = numbers(SERIES, count + 2 + WARMING_UP)
    async with a_house(members) as house:
        calm = [await house.open(members.pop(), WAITS, urgency=each.value) for each in reversed(Urgency)]
        before = [await timed(house.note(case)) for case in calm for _ in range(ACTS)]
        began = time.monotonic()
        await several(FLIGHT, (_late(house, member, datetime.now(UTC)) for member in members[count:]))
        lead = lead or 10 + round(2 * (time.monotonic() - began) / WARMING_UP * count)
        at = (datetime.now(UTC) + timedelta(seconds=lead)).replace(microsecond=0)
        began = time.monotonic()
        cases = await several(FLIGHT, (_late(house, member, at) for member in members[:count]))
        opened = time.monotonic() - began
        if datetime.now(UTC) > at:
            raise SystemExit(f"opening took {opened:.0f} s, longer than was left; give more with --lead")
        await asyncio.sleep((at - datetime.now(UTC)).total_seconds())
        known, told, during = await _weather(house, set(cases), calm)
        histories = await several(
            FLIGHT, (house.client.get_workflow_handle(case).fetch_history() for case in cases)
        )
        table = Table(form, HEAD)
        table.row(
            count, round(opened), round(known, 1), round(told, 1), sum(map(_failed, histories)),
            sum(map(_handed_on, histories)), len(during), nearly_all(before), nearly_all(during),
            *(of(one) for one in (during[::2], during[1::2]) for of in (middle, nearly_all)),
        )  # fmt: skip


async def _late(house: House, member: str, at: datetime) -> str:
    received = (at - ANSWERED_WITHIN).isoformat()
    return await house.note(await house.open(member, WAITS, received_at=received, urgency="expedited"))


async def _weather(house: House, cases: set[str], calm: list[str]) -> tuple[float, float, list[float]]:
    """Seconds until all missed deadlines are known, and until all letters left; what each note took, by turns."""
    registers = [house.register(LATE), house.register(LATE, TOLD)]
    after: list[float] = []
    took: list[float] = []
    began = time.monotonic()
    async with asyncio.timeout(PATIENCE):
        while len(after) < len(registers):
            took += [await timed(house.note(case)) for case in calm]
            if cases <= await asyncio.to_thread(registers[len(after)].whole):
                after.append(time.monotonic() - began)
            await asyncio.sleep(0.1)
    return after[0], after[1], took


def _failed(history: WorkflowHistory) -> int:
    """Attempts that came to nothing, of steps and of tasks."""
    return sum(
        max(event.activity_task_started_event_attributes.attempt - 1, 0)
        + event.HasField("workflow_task_failed_event_attributes")
        + event.HasField("workflow_task_timed_out_event_attributes")
        for event in history.events
    ) - _handed_on(history)


def _handed_on(history: WorkflowHistory) -> int:
    """Tasks that nobody had tried when they had waited too long for the worker that has the case at hand."""
    return sum(
        event.workflow_task_timed_out_event_attributes.timeout_type
        == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
        for event in history.events
    )


if __name__ == "__main__":
    asyncio.run(main(**asked(__doc__, count=500, lead=0)))
