"""What is looked at by itself, hourly, each morning, each month: `plazo schedules apply | list | run | pause`."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter
from temporalio.client import ScheduleOverlapPolicy
from temporalio.service import RPCError, RPCStatusCode

from client.reach.silence import unreachable
from client.terminal.options import Common
from config import schedules
from config.console import NONE, ConsoleWords
from config.house import House, house_of
from config.temporal import connect
from config.views import zones
from domain.terms.refusals import Misuse


@asynccontextmanager
async def _house(common: Common) -> AsyncIterator[House]:
    try:
        yield house_of(await connect(common.settings), common.settings)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Misuse("schedule: it is not there yet; `plazo schedules apply` makes it.") from None
        raise unreachable(error) from None


def _zone(common: Common) -> str:
    """The zone of the pack's first plan: its morning is everybody's."""
    return next(iter(zones(common.settings.policy).values()))


async def list_(*, common: Common = Common()) -> int:
    """List the schedules: when each ran last and runs next, and which are paused.

    For example:
        plazo schedules list
    """
    async with _house(common) as house:
        found = await schedules.standing(house)
    if common.json:
        print(json.dumps([asdict(one) for one in found], default=datetime.isoformat, indent=2))
        return 0
    if not found:
        print("There is none; `plazo schedules apply` makes them.")
        return 0
    zone = ZoneInfo(_zone(common))
    ConsoleWords().rows(
        (
            (
                one.id,
                _when(one.last_at, zone),
                f"paused: {one.paused}" if one.paused else _when(one.next_at, zone),
                one.about,
            )
            for one in found
        ),
        ("schedule", "last", "next", "what it does"),
    )
    return 0


async def apply(*, common: Common = Common()) -> int:
    """Make or change the schedules as this version of Plazo has them; what is paused stays so. `plazo up` does it.

    For example:
        plazo schedules apply
    """
    async with _house(common) as house:
        done = await schedules.apply(house, _zone(common))
    _tell(f"{name}: {what}" for name, what in done.items())
    return 0


async def run(name: str, /, *, common: Common = Common()) -> int:
    """Look at something now, beside its schedule.

    For example:
        plazo schedules run digest

    Parameters
    ----------
    name
        sweep, digest, figures or reviews.
    """
    planned = schedules.named(name)
    async with _house(common) as house:
        await house.client.get_schedule_handle(planned.id).trigger(overlap=ScheduleOverlapPolicy.ALLOW_ALL)
    _tell([f"{planned.id}: begun"])
    return 0


async def pause(
    name: str,
    /,
    *,
    because: str = "",
    off: Annotated[bool, Parameter(negative="")] = False,
    common: Common = Common(),
) -> int:
    """Pause a schedule, or let it go on; what was missed meanwhile is not made up for.

    For example:
        plazo schedules pause sweep --because "the register moves tonight"

    Parameters
    ----------
    name
        sweep, digest, figures or reviews.
    because
        Why, for whoever finds it paused.
    off
        Let it go on.
    """
    planned = schedules.named(name)
    if not off and not because:
        raise Misuse("because: say why, for whoever finds it paused.")
    async with _house(common) as house:
        handle = house.client.get_schedule_handle(planned.id)
        await (handle.unpause(note=because) if off else handle.pause(note=because))
    _tell([f"{planned.id}: {'goes on' if off else 'paused'}"])
    return 0


def _tell(lines: Iterable[str]) -> None:
    print(*lines, sep="\n")


def _when(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M %Z}" if instant else NONE
