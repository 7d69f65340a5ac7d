"""Lives of cases under a storm: people act until they are answered or give up, and remember what they were told."""

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from activities.opening import DisputeOpening, Opening
from domain.case.acts import Act
from domain.desk.desk import Claim, Note, RecordCall, Release, Withdraw
from domain.determination.decisions import Approve, Deny, Refer
from domain.dispute.acts import Resolve
from domain.terms.case_number import case_number, prefix_of
from tests.builders import a_request, criteria_of, meeting, staff
from tests.disputes import a_filing
from workflows.acts.updates import update_for
from workflows.kinds import WORKFLOWS

CLAUSE, *_ = criteria_of("72148")
TASK_QUEUE = "plazo"
A_TRY = 2.0  # seconds; afterwards nobody knows whether it was heard
TRIES = 3

Step = tuple[str, type[Act[Any]], dict[str, Any]]


@dataclass
class Life:
    """One case: what is said to it, in order, and what came back."""

    number: str
    kind: str
    opening: object
    steps: list[Step]
    answered: list[str] = field(default_factory=list)
    """Ids of the updates that were answered."""
    lost: list[str] = field(default_factory=list)
    """Ids of those of which nobody knows whether they were heard."""

    async def live(self, client: Client, chance: random.Random) -> None:
        await self._begin(client)
        for place, (who, act, words) in enumerate(self.steps):
            await asyncio.sleep(chance.uniform(0, 1.5))
            await self._say(client, f"{self.number}-{place}", who, act, words)

    async def _begin(self, client: Client) -> None:
        while True:
            try:
                await client.start_workflow(
                    WORKFLOWS[self.kind].run,
                    self.opening,
                    id=self.number,
                    task_queue=TASK_QUEUE,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                )
            except WorkflowAlreadyStartedError:
                return
            except RPCError:
                await asyncio.sleep(0.2)
            else:
                return

    async def _say(
        self, client: Client, name: str, who: str, act: type[Act[Any]], words: dict[str, Any]
    ) -> None:
        """The same act under the same id, a few times; a refusal is an answer too, and leaves nothing."""
        said = act(actor=staff(who), **words)
        handle = client.get_workflow_handle(self.number)
        for _ in range(TRIES):
            try:
                async with asyncio.timeout(A_TRY):
                    await handle.execute_update(update_for(self.number, act), said, id=name)
            except WorkflowUpdateFailedError:
                return
            except (RPCError, TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
                await asyncio.sleep(0.2)
            else:
                self.answered.append(name)
                return
        self.lost.append(name)


def lives(count: int, seed: int) -> Iterator[Life]:
    """So many cases of several kinds, each with a life drawn by chance."""
    chance = random.Random(seed)
    today = datetime.now(UTC).replace(microsecond=0)
    for place in range(count):
        kind, opening, steps = chance.choice(KINDS)(chance, f"storm {seed} {place}", today)
        number = case_number(prefix_of(kind), (seed * 100_000 + place).to_bytes(8, "big"))
        yield Life(number, kind, opening(number), steps)


Drawn = tuple[str, Callable[[str], object], list[Step]]
CALLS: list[Step] = [("ic-santos", RecordCall, {"to": to, "reached": True}) for to in ("member", "provider")]
DENIED = {"reason_id": "criteria_not_met", "criterion": CLAUSE}
ENDS: list[list[Step]] = [
    [("rn-rivera", Approve, {}), *CALLS],
    [("rn-rivera", Approve, {}), CALLS[0]],
    [("rn-rivera", Refer, {}), ("md-ortiz", Deny, DENIED)],
    [("ic-santos", Withdraw, {})],
]


def _notes(chance: random.Random) -> list[Step]:
    told: list[Step] = [
        ("rn-rivera", Note, {"text": f"note {chance.random()}"}) for _ in range(chance.randint(0, 2))
    ]
    return [*told, *chance.choice([[], [("rn-rivera", Claim, {}), ("rn-rivera", Release, {})]])]


def _requested(chance: random.Random, reference: str, today: datetime, **facts: Any) -> Drawn:
    request = a_request(received_at=today, from_day=f"{today:%Y-%m-%d}", reference=reference, **facts)
    ends = CALLS if facts else chance.choice(ENDS)
    return (
        "precertification",
        lambda number: Opening(number=number, request=request),
        [*_notes(chance), *ends],
    )


def _by_criteria(chance: random.Random, reference: str, today: datetime) -> Drawn:
    return _requested(chance, reference, today, documents=meeting("72148"))


def _disputed(chance: random.Random, reference: str, today: datetime) -> Drawn:
    produced_on = f"{today - timedelta(days=20):%Y-%m-%d}"
    filing = a_filing(received_at=today, reference=reference, remittance={"produced_on": produced_on})
    resolved = {"line": 1, "outcome": "overturned", "reason_id": "units_miscounted"}
    steps: list[Step] = [
        ("da-torres", Note, {"text": f"note {chance.random()}"}),
        ("da-torres", Resolve, resolved),
    ]
    return "dispute", lambda number: DisputeOpening(number=number, filing=filing), steps


KINDS = [_requested, _requested, _by_criteria, _disputed]
