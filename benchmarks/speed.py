"""How many cases a second, and what each costs: ours beside the fair floor, in one run, on one server.

`python -m benchmarks.speed --cases 60 --flights 10,50`: each case is approved by criteria, has its two letters in
the spool, its authorization begun, one note heard, and all of that in the register. Ten are in flight, and then
fifty. Where DBOS is installed (`make bench` does so), the same path on it is played too, with SQLite and with
PostgreSQL. The processor's time repeats on a busy machine; cases a second do not, only their ratio says anything.
"""

import asyncio
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from temporalio.client import Client

from benchmarks.floor import QUEUE, FloorCase, Start
from benchmarks.house import APPROVED, SAMPLES, House, a_house, numbers, process
from benchmarks.playing import Play, Player, Register, measure
from benchmarks.table import Table, asked
from config import pack
from config.calendars import calendar_for_case
from domain.terms.notice import Notice
from worker.adapters.live_cases import TemporalCases

IN_FLIGHT = (10, 50)
WARMING_UP = 10  # cases
OF_FLOOR = "SELECT number FROM pages WHERE place = 'noted'"
HEAD = ("who", "in flight", "cases a second", "of the floor", "worker, ms a case", "server", "client")


def starts(notices: Sequence[Notice]) -> Callable[[str], Start]:
    """What the floor begins with: what ours is asked, with as many bytes of policy and the same letters."""
    chosen = pack.load()
    plan = chosen.plan_named("mcs-classicare")
    calendar = calendar_for_case(plan, datetime.now(UTC).date())
    policy = chosen.for_case(plan, calendar, ["72148"]).model_dump_json()
    request = (SAMPLES / APPROVED).read_text(encoding="utf-8")

    def start(number: str) -> Start:
        mine = [one.model_copy(update={"key": f"{number}-{place}"}) for place, one in enumerate(notices)]
        return Start(number, request, policy, mine)

    return start


def floor(client: Client, start: Callable[[str], Start]) -> Play:
    async def play(number: str) -> str:
        handle = await client.start_workflow(FloorCase.run, start(number), id=number, task_queue=QUEUE)
        await handle.execute_update(FloorCase.note, "seen")
        return number

    return play


@contextmanager
def on_dbos(home: Path, start: Callable[[str], Start]) -> Iterator[list[Player]]:
    """The same path on DBOS, with either database; nobody, where DBOS is not installed."""
    if find_spec("dbos") is None:
        print("DBOS is not installed, and is left out: make bench installs it", file=sys.stderr)
        yield []
        return
    from benchmarks import yardstick  # noqa: PLC0415 - only where DBOS is

    with ExitStack() as stack:
        address, server = stack.enter_context(yardstick.postgresql())
        players = []
        for name, kept, pid in (
            ("sqlite", f"sqlite:///{home / 'dbos.db'}", None),
            ("postgresql", address, server),
        ):
            worker = stack.enter_context(process("benchmarks.yardstick", str(home), name, kept, says="up"))
            play = stack.enter_context(yardstick.plain(home, kept, start))
            register = Register(home / f"{name}.db", OF_FLOOR)
            players.append(Player(f"DBOS, {name}", play, register, worker, pid))
        yield players


async def letters_of(house: House, case: str) -> list[Notice]:
    """The letters that one of our cases sent."""
    listed = await house.desk.notices(case)
    keys = tuple(one.key for one in listed.notices)
    return list(await TemporalCases(house.client).letters(case, "", keys))


async def main(cases: int = 60, flights: Sequence[int] = IN_FLIGHT, form: str = "plain") -> None:
    batches = {flight: numbers(flight, cases if flight else WARMING_UP) for flight in (0, *flights)}
    async with a_house([one for batch in batches.values() for one in batch]) as house:
        await compare(house, batches.pop(0), batches, Table(form, HEAD))


async def compare(
    house: House, first: Collection[str], batches: Mapping[int, Collection[str]], table: Table
) -> None:
    """Each batch by all, so many in flight as its key says; `first` is not counted: it has everything loaded."""
    home, us = house.settings.home, house.us
    await measure(us, first, len(first))
    start = starts(await letters_of(house, next(iter(us.register.whole()))))
    of_floor: dict[int, float] = {}

    async def play(*players: Player) -> None:
        for flight, batch in batches.items():
            for player in players:
                took = await measure(player, batch, flight)
                ratio = round(of_floor.setdefault(flight, took.clock) / took.clock, 2)
                table.row(player.name, flight, round(took.cases / took.clock, 1), ratio, *took.each)

    with process("benchmarks.floor", str(home), says="up") as worker:
        register = Register(home / "floor.db", OF_FLOOR)
        it = Player("The floor", floor(house.client, start), register, worker, house.server)
        await measure(it, first, len(first))
        await play(it, us)
    # Only now: the workers of DBOS look for work all the time, which would take from the others.
    with on_dbos(home, start) as others:
        for player in others:
            await measure(player, first, len(first))
        await play(*others)


if __name__ == "__main__":
    asyncio.run(main(**asked(__doc__, cases=60, flights=IN_FLIGHT)))
