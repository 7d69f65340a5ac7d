"""The whole world as a story sees it: submit, act, let time pass, look at the post.

The engine is the real Temporal server with a virtual clock for each case, and the assembly is the real one with
fakes at the ports. Cases live in 2037, a year whose weekdays are those of 2026, and each is carried to its receipt
before anything else happens.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from unittest.mock import patch

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.desk.resumption import Reopening, TakingUpQuestion
from activities.opening import DisputeOpening, MatterOpening, Opening, TakenUp
from config.access.staff_keys import StaffKeys
from config.audit import Trail
from config.sealing.keyring import KeyRing
from domain.case.acts import Act, Said
from domain.dispute.filing import Filing
from domain.parts.events import Event, EventKind
from domain.request.arrived import Arrived
from domain.request.request import Request
from domain.terms.case_number import case_number, kind_of, prefix_of
from domain.terms.refusals import Refused
from domain.view.view import Explanation, Sheet, Timeline
from tests.builders import ROOT, staff
from tests.fakes import (
    FakeBinder,
    FakeCounts,
    FakeDiagnoses,
    FakeDirectory,
    FakeDocuments,
    FakePayables,
    FakePost,
    FakePseudonyms,
    FakeRates,
    FakeRegister,
)
from worker import assembly
from worker.adapters.doorkeeper import ProviderDoorkeeper
from worker.adapters.lender import GlassLender
from worker.adapters.post.spool import Spool
from worker.adapters.scripts import CallScripts
from worker.adapters.tables import PackOnDisk
from workflows.acts.updates import update_for
from workflows.kinds import WORKFLOWS
from workflows.running.questions import Questions

PATIENCE = 60
A_LOOK = 10
STORIES = count(1)
T = TypeVar("T")


class CaseSeen:
    """One case, with hands to act on it and eyes to look at it."""

    def __init__(self, world: "World", handle: WorkflowHandle[Any, str]) -> None:
        self.world = world
        self.handle = handle
        self.number = handle.id

    async def does(self, who: str, act: type[Act[Any]], **words: Any) -> Said:
        """A person acts; a refusal comes back as the `ApplicationError` that the command line would print."""
        update = update_for(self.number, act)
        said = act(actor=staff(who), **words)
        try:
            return await asyncio.wait_for(self.handle.execute_update(update, said), PATIENCE)
        except Exception as error:  # noqa: BLE001 - the cause of whatever it was
            raise (error.__cause__ or error) from None

    async def is_refused(self, who: str, act: type[Act[Any]], **words: Any) -> str:
        """The one line of a refusal; it is a failure of the test when nothing is refused."""
        await self.sheet()
        before = await self.length()
        with pytest.raises(ApplicationError) as refused:
            await self.does(who, act, **words)
        assert refused.value.type == "Refused", refused.value
        assert await self.length() == before, "a refusal left something in the history"
        return str(refused.value)

    async def now(self) -> datetime:
        return await self.world.env.get_current_time(self.handle)

    async def let_pass(self, span: timedelta | None = None, *, until: datetime | None = None) -> None:
        """Carry this case forward; what falls due on the way happens."""
        length = span if span is not None else (until or await self.now()) - await self.now()
        if length > timedelta():
            await asyncio.wait_for(self.world.env.fast_forward(self.handle, length), PATIENCE)

    def _is_written_down(self) -> bool:
        """Does the register tell of the case, and of a letter sent for each that it says is owed?"""
        events = self.world.register.events_of(self.number)
        return bool(events) and all_letters_left(events)

    async def sheet(self) -> Sheet:
        """The case once it has come to rest: what is owed is sent, and what happened is in the register."""

        async def rested() -> Sheet | None:
            up = not self.world.register.down
            if up and not self._is_written_down():
                return None  # looked up where it costs the case nothing: a question may cost it a task
            if up and has_something_in_hand(await self.handle.describe()):
                return None
            timeline = await self.handle.query(Questions.timeline)
            if timeline is None or not all_letters_left(timeline.events):
                return None
            if up and len(self.world.register.events_of(self.number)) != len(timeline.events):
                return None
            return await self.handle.query(Questions.sheet, None)

        return await eventually(rested)

    async def look(self) -> Sheet:
        """The case as it stands this moment, at rest or not."""
        sheet = await self.handle.query(Questions.sheet, None)
        assert sheet is not None
        return sheet

    async def events(self, *kinds: EventKind) -> list[Event]:
        timeline = await self.handle.query(Questions.timeline)
        assert timeline is not None
        return [event for event in timeline.events if not kinds or event.kind in kinds]

    async def forecast(self) -> Timeline:
        forecast = await self.handle.query(Questions.forecast, None)
        assert forecast is not None
        return forecast

    async def explanation(self) -> Explanation:
        explanation = await self.handle.query(Questions.explanation, None)
        assert explanation is not None
        return explanation

    async def length(self) -> int:
        """Events in the history, those of skipped time apart."""
        return len(await kinds(self))

    async def closed_as(self) -> str:
        return await asyncio.wait_for(self.handle.result(), PATIENCE)


def has_something_in_hand(described: WorkflowExecutionDescription) -> bool:
    """Does the history still lack an answer? What waits for a world that is away has none."""
    seen = described.raw_description
    under_way = any(one.attempt == 1 for one in seen.pending_activities)
    return under_way or seen.HasField("pending_workflow_task")


def all_letters_left(events: Iterable[Event]) -> bool:
    """Was each letter that the events say is owed sent or stopped, and each payment instructed?"""
    told = list(events)
    owed = sum(int(str(one.details["letters"])) for one in told if one.kind is EventKind.NOTICE_OWED)
    owed -= sum(int(str(one.details["letters"])) for one in told if one.kind is EventKind.NOTICE_STOPPED)
    kinds = [one.kind for one in told]
    paid = kinds.count(EventKind.PAYMENT_OWED) == kinds.count(EventKind.PAYMENT_INSTRUCTED)
    return paid and owed == kinds.count(EventKind.NOTICE_SENT)


async def kinds(case: CaseSeen) -> list[str]:
    """The kinds of the events in the history, in order, those of skipped time apart."""
    history = await case.handle.fetch_history()
    names = [EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in history.events]
    return [name for name in names if "TIME_SKIPPING" not in name and "OPTIONS_UPDATED" not in name]


class World:
    """A plan with its department, its post and its register."""

    def __init__(self, env: WorkflowEnvironment) -> None:
        self.env = env
        self.client: Client = env.client
        self.register = FakeRegister()
        self.directory = FakeDirectory()
        self.post = FakePost()
        self.payables = FakePayables()
        self.binder = FakeBinder()
        self.rates = FakeRates()
        self.ring = KeyRing.generate()  # its own: what another story sent is not the very same here
        self.opened = 0
        self.queue = f"story {next(STORIES)}"  # what another story left open goes on in no world but its own

    def ports(self) -> assembly.Ports:
        return assembly.Ports(
            register=self.register,
            counts=FakeCounts(),
            directory=self.directory,
            gateway=self.post,
            diagnoses=FakeDiagnoses(),
            policies=PACK,
            pseudonyms=FakePseudonyms(),
            rates=self.rates,
            documents=FakeDocuments(),
            payables=self.payables,
            binder=self.binder,
            wording=CallScripts(ROOT / "policy" / "scripts"),
            lender=GlassLender(StaffKeys.generate),
            doorkeeper=ProviderDoorkeeper(
                None, ROOT / "policy", StaffKeys.generate, Trail(ROOT / "no-audit", self.ring)
            ),
            press=Spool(ROOT / "no-spool", ROOT / "policy" / "letters"),
        )

    def worker(self) -> Worker:
        """The real assembly. What is under way when the story ends is not waited for."""
        with patch.object(assembly, "GRACE", timedelta()):
            return assembly.worker(self.client, self.queue, self.ports())

    async def submit(self, request: Request, kind: str = "precertification") -> CaseSeen:
        """Open a case that a request asks for, and carry it to its receipt."""
        number = case_number(prefix_of(kind), NUMBERS.pop())
        return await self.open(kind, Opening(number=number, request=request), number, request.received_at)

    async def dispute(self, filing: Filing) -> CaseSeen:
        """Open a payment dispute, and carry it to its receipt."""
        number = case_number(prefix_of("dispute"), NUMBERS.pop())
        opening = DisputeOpening(number=number, filing=filing)
        return await self.open("dispute", opening, number, filing.received_at)

    async def bring(self, came: Arrived) -> CaseSeen:
        """Open the case of what came in, and carry it to its receipt."""
        opening = next(one for one in MatterOpening.__subclasses__() if one.model_of() is type(came))
        kind = opening.matter.kind
        number = case_number(prefix_of(kind), NUMBERS.pop())
        return await self.open(kind, opening.of(number, came), number, came.received_at)

    async def reopen(self, case: CaseSeen) -> CaseSeen:
        """Take up a closed dispute under its own number, at the time at which it stands."""
        then = await case.now()
        opening = DisputeOpening(number=case.number)
        return await self.open("dispute", opening, case.number, then)

    async def take_up(
        self, case: CaseSeen, who: str, act: type[Act[Any]], when: datetime | None = None, **words: Any
    ) -> CaseSeen:
        """Take up a closed case for what somebody says of it, at the time at which it stands or later."""
        then = when or await case.now()
        question = self._taking_up(case, act(actor=staff(who), **words), then)
        taken = await Reopening(self.register).check_taking_up(question)
        taken_up = TakenUp(act=question.act, at=then)
        opening = Opening(number=case.number, request=taken.request, taken_up=taken_up)
        return await self.open(kind_of(case.number), opening, case.number, then)

    async def cannot_take_up(self, case: CaseSeen, who: str, act: type[Act[Any]], **words: Any) -> str:
        """The one line with which a closed case refuses to be taken up."""
        question = self._taking_up(case, act(actor=staff(who), **words), await case.now())
        with pytest.raises(Refused) as refused:
            await Reopening(self.register).check_taking_up(question)
        return str(refused.value)

    @staticmethod
    def _taking_up(case: CaseSeen, act: Any, then: datetime) -> TakingUpQuestion:
        return TakingUpQuestion(case=case.number, act=act, now=then)

    async def open(self, kind: str, opening: object, number: str, received_at: datetime) -> CaseSeen:
        """Start a case and carry it to its receipt."""
        with self.env.with_time_skipping_disabled():
            handle = await self.client.start_workflow(
                WORKFLOWS[kind].run, opening, id=number, task_queue=self.queue
            )
        case = CaseSeen(self, handle)
        if received_at > datetime.now(UTC):  # moving a case costs it events of its own
            await case.let_pass(until=received_at + timedelta(seconds=1))
        await case.sheet()
        return case

    def letters(self, case: CaseSeen, kind: str) -> list[Any]:
        return [one for one in self.post.sent if one.key.startswith(case.number) and one.kind.value == kind]


async def eventually(look: Callable[[], Awaitable[T | None]]) -> T:
    """Look until there is something to see; the bounds are for liveness only."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(TimeoutError):  # a question can be lost with the task that it met
                if (seen := await asyncio.wait_for(look(), A_LOOK)) is not None:
                    return seen
            await asyncio.sleep(0.02)


PACK = PackOnDisk(ROOT / "policy")
NUMBERS = [index.to_bytes(8, "big") for index in range(10**6, 10**6 + 5000)]
