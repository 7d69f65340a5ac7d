"""What grows with the number of open cases, and what does not: showing one, noting, its forecast, and memory.

`python -m benchmarks.growth --counts 100,1000 --register 100000`: cases are opened as fast as it goes until so many
are open (10,000 take an hour on two slow cores), and then asked by lot. The worker keeps so many of them at hand as
its cache holds; the others are replayed when somebody asks. The last rows are questions to the register alone,
with a tenth as many open cases as closed ones.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence

from benchmarks import board
from benchmarks.house import WAITS, House, a_house, numbers
from benchmarks.playing import middle, several, timed
from benchmarks.table import Table, asked

SERIES = 8
FLIGHT = 20
TRIES = 40  # questions of each kind
WARMING_UP = 10  # cases; what is loaded once is nobody's
MEMORY = ("open", "opened in, s", "worker, MB", "MB a cached case")


async def main(counts: Sequence[int] = (100, 1000), register: int = 100_000, form: str = "plain") -> None:
    members = numbers(SERIES, WARMING_UP + max(counts))
    memory = []
    table = Table(form, board.HEAD)
    async with a_house(members) as house:
        cases = await _opened(house, members[:WARMING_UP])
        for case in cases:
            await house.desk.forecast(await house.note(case))
        at_first, took = house.held(), 0.0
        for count in sorted(counts):
            began = time.monotonic()
            cases += await _opened(house, members[len(cases) : WARMING_UP + count])
            took += time.monotonic() - began
            held = house.held()
            each = (held - at_first) / min(count, house.settings.cases_at_hand)
            memory.append((count, round(took), round(held), round(each, 2)))
            for question, ask in _questions(house).items():
                spent = [await timed(ask(random.choice(cases))) for _ in range(TRIES)]
                table.row(question, count, 0, middle(spent), round(min(spent)), round(max(spent)))
    if register:
        async for row in board.figures(register // 10, register):
            table.row(*row)
    table = Table(form, MEMORY)
    for row in memory:
        table.row(*row)


async def _opened(house: House, members: Sequence[str]) -> list[str]:
    return await several(FLIGHT, (house.open(member, WAITS) for member in members))


def _questions(house: House) -> dict[str, Callable[[str], Awaitable[object]]]:
    return {"show": house.desk.sheet, "note": house.note, "forecast": house.desk.forecast}


if __name__ == "__main__":
    asyncio.run(main(**asked(__doc__, counts=(100, 1000), register=100_000)))
