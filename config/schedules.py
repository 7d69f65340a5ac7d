"""The schedules of supervision: when each runs, what happens to those that were missed, and how they are applied.

A described schedule never equals the one that was given, so each carries a digest of what it was made from.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.api.common.v1 import Payload
from temporalio.client import (
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from config.house import House
from config.sealing.codec import SEALED_BY
from domain.terms.refusals import Misuse, Unreachable
from workflows.running.priorities import ON_A_SCHEDULE
from workflows.supervision import Supervision, Watch

TRIES = 20  # a second apart
DIGEST = "plazo-made-from"

AT_NIGHT = [ScheduleRange(3)]
AT_DAWN = [ScheduleRange(6)]  # in Puerto Rico: the month is over in every plan's zone
FIRST = [ScheduleRange(1)]
NOW_IS_ENOUGH = SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(days=7))
"""One that was missed says how it is now, and several would say the same."""
EACH_COUNTS = SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ALL, catchup_window=timedelta(days=400))
"""Each month that was missed has figures of its own. (Skipping would run only the oldest.)"""


@dataclass(frozen=True)
class Planned:
    """One schedule, as this version of Plazo has it."""

    watch: Watch
    about: str
    calendar: ScheduleCalendarSpec
    policy: SchedulePolicy

    @property
    def id(self) -> str:
        return self.watch.value

    def schedule(self, house: House, zone: str) -> Schedule:
        digest = hashlib.sha256(repr((self, house.task_queue, zone, ON_A_SCHEDULE)).encode()).hexdigest()[:20]
        return Schedule(
            action=ScheduleActionStartWorkflow(
                Supervision.run,
                self.watch,
                id=f"supervision-{self.id}",
                task_queue=house.task_queue,
                static_summary=self.about,
                priority=ON_A_SCHEDULE,
                memo={DIGEST: digest},
            ),
            spec=ScheduleSpec(calendars=[self.calendar], time_zone_name=zone),
            policy=self.policy,
        )


PLANNED = (
    Planned(
        Watch.SWEEP,
        "Compare register, Temporal and authorizations",
        ScheduleCalendarSpec(hour=[ScheduleRange(0, 23)], minute=[ScheduleRange(17)]),
        NOW_IS_ENOUGH,
    ),
    Planned(
        Watch.DIGEST,
        "Tell each supervisor what waits and what is late",
        ScheduleCalendarSpec(hour=[ScheduleRange(6)], minute=[ScheduleRange(30)]),
        NOW_IS_ENOUGH,
    ),
    Planned(
        Watch.FIGURES,
        "Keep the figures of the month that is over",
        ScheduleCalendarSpec(day_of_month=FIRST, hour=AT_DAWN),
        EACH_COUNTS,
    ),
    Planned(
        Watch.REVIEWS,
        "Say which criteria and choices are to be reviewed",
        ScheduleCalendarSpec(day_of_month=FIRST, hour=AT_NIGHT, minute=[ScheduleRange(30)]),
        EACH_COUNTS,
    ),
)


def named(name: str) -> Planned:
    """Raises Misuse, with the schedules that there are."""
    found = next((one for one in PLANNED if one.id == name), None)
    if found is None:
        raise Misuse(f"schedule: known are {', '.join(one.id for one in PLANNED)}.")
    return found


async def apply(house: House, zone: str, planned: Sequence[Planned] = PLANNED) -> dict[str, str]:
    """Make or change each that is not as it is planned, and say by its name what was done. A pause stays."""
    return {one.id: await _patiently(house, one, one.schedule(house, zone)) for one in planned}


async def _patiently(house: House, one: Planned, wanted: Schedule) -> str:
    """A server that has just started may not know the namespace for some seconds."""
    for left in reversed(range(TRIES)):
        try:
            return await _apply(house, one, wanted)
        except RPCError as error:
            if not left:
                where = f"in namespace {house.client.namespace}"
                raise Unreachable(f"Schedule {one.id} cannot be made {where} ({error.message}).") from error
            await asyncio.sleep(1)
    raise AssertionError  # pragma: no cover - the last try returns or raises


async def _apply(house: House, one: Planned, wanted: Schedule) -> str:
    try:
        await house.client.create_schedule(one.id, wanted)
    except ScheduleAlreadyRunningError:
        if await _made_from(house, one.id) == _digest_in(wanted):
            return "unchanged"
    else:
        return "made"

    def as_planned(now: ScheduleUpdateInput) -> ScheduleUpdate:
        wanted.state = now.description.schedule.state  # an operator's pause, and why
        return ScheduleUpdate(schedule=wanted)

    await house.client.get_schedule_handle(one.id).update(as_planned)
    return "changed"


async def _made_from(house: House, name: str) -> str | None:
    """The digest that a schedule carries, which comes back sealed; one that an older key sealed is none."""
    described = await house.client.get_schedule_handle(name).describe()
    sealed = _digest_in(described.schedule)
    [now] = await house.client.data_converter.encode([""])
    if not isinstance(sealed, Payload) or sealed.metadata.get(SEALED_BY) != now.metadata.get(SEALED_BY):
        return None
    [digest] = await house.client.data_converter.decode([sealed], [str])
    return str(digest)


def _digest_in(schedule: Schedule) -> object:
    action = schedule.action
    return (action.memo or {}).get(DIGEST) if isinstance(action, ScheduleActionStartWorkflow) else None


@dataclass(frozen=True)
class Standing:
    """How a schedule stands."""

    id: str
    about: str
    paused: str | None  # why, where it is
    next_at: datetime | None
    last_at: datetime | None


async def standing(house: House) -> list[Standing]:
    """Every planned schedule that is there, in their order."""
    found = []
    for one in PLANNED:
        try:
            described = await house.client.get_schedule_handle(one.id).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            continue
        state, info = described.schedule.state, described.info
        found.append(
            Standing(
                id=one.id,
                about=one.about,
                paused=(state.note or "no reason given") if state.paused else None,
                next_at=next(iter(info.next_action_times), None),
                last_at=info.recent_actions[-1].scheduled_at if info.recent_actions else None,
            )
        )
    return found
