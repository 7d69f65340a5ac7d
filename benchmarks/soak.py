"""A soak: mixed work at half of what the house can do, for so many minutes, and the worker's memory meanwhile.

`python -m benchmarks.soak --minutes 20`: first it is measured how many cases a second are approved, ten in flight.
Then cases begin half as often, by turns one that is approved and sent, and one that waits for a nurse, is noted,
shown and foretold, and is withdrawn. Memory is flat when, over the second half, its slope adds less than a
twentieth: by then the worker's cache is as full as it gets.
"""

import asyncio
import time
from collections.abc import Sequence
from statistics import linear_regression

from benchmarks.house import WAITS, House, a_house, numbers
from benchmarks.playing import measure, nearly_all, timed
from benchmarks.table import Table, asked
from domain.desk.desk import Withdraw

SERIES = 9
FLIGHT = 10
WARMING_UP = 30  # cases, which tell the capacity
AT_MOST = 5.0  # cases a second
OFTEN = 60  # looks at memory in a soak
ONE_TWENTIETH = 0.05
HEAD = (
    "minutes", "capacity, cases a second", "cases", "p95, ms a case",
    "worker, MB at first", "at half time", "at the end", "more a minute", "flat",
)  # fmt: skip


async def main(minutes: float = 20, form: str = "plain") -> None:
    lasts = 60.0 * minutes
    members = numbers(SERIES, WARMING_UP + int(AT_MOST * lasts) + 1)
    async with a_house(members) as house:
        took = await measure(house.us, members[:WARMING_UP], FLIGHT)
        capacity = took.cases / took.clock
        memory = asyncio.create_task(_memory(house, lasts))
        spent = await _work(house, members[WARMING_UP:], pace(capacity), lasts)
        held = await memory
    later = held[len(held) // 2 :]
    slope = linear_regression(*zip(*later, strict=True)).slope
    flat = slope * minutes / 2 < ONE_TWENTIETH * later[0][1]
    told = [round(megabytes) for _, megabytes in (held[0], later[0], held[-1])]
    Table(form, HEAD).row(
        minutes, round(capacity, 1), len(spent), nearly_all(spent), *told, round(slope, 2), "yes" if flat else "no"
    )  # fmt: skip


def pace(capacity: float) -> float:
    """How many cases begin in a second."""
    return min(capacity / 2, AT_MOST)


async def _work(house: House, members: Sequence[str], each: float, lasts: float) -> list[float]:
    """What each case took, in milliseconds; so many begin in a second, whether or not the house keeps up."""
    working = []
    for place, member in enumerate(members[: int(each * lasts)]):
        working.append(asyncio.create_task(timed(_mixed(house, member) if place % 2 else house.play(member))))
        await asyncio.sleep(1 / each)
    return await asyncio.gather(*working)


async def _mixed(house: House, member: str) -> None:
    case = await house.note(await house.open(member, WAITS))
    await house.desk.sheet(case)
    await house.desk.forecast(case)
    await house.does(case, Withdraw(actor=house.clerk))


async def _memory(house: House, lasts: float) -> list[tuple[float, float]]:
    """Minutes, and the megabytes that the worker held."""
    began, seen = time.monotonic(), []
    for _ in range(OFTEN):
        await asyncio.sleep(lasts / OFTEN)
        seen.append(((time.monotonic() - began) / 60, house.held()))
    return seen


if __name__ == "__main__":
    asyncio.run(main(**asked(__doc__, minutes=20.0)))
