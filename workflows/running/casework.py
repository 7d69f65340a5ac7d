"""What runs beside every case's story: its clock, its register and its post.

Three keepers live as long as the case. The clock keeps appointments, each once, late if need be. The register
writes down what happened; while it is away, acts are still answered and nothing is lost. The post sends what is
owed in writing and brings back the proof. None of them decides anything: that is the story's part.

A case ends when it is closed, and by no button: a request to cancel it is recorded and changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Collection, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.admission import Admitted, Application
from activities.likenesses import Joined
from domain.case import dispatch, outside
from domain.case.acts import Act, Said
from domain.case.case import Case
from domain.case.keeping import keep_appointments
from domain.case.sending import Sending
from domain.clock.agenda import Appointment
from domain.desk.dispatch import take_note
from domain.terms.calendar import whole_seconds
from domain.terms.notice import Notice
from domain.terms.refusals import Refused, Unreachable
from domain.view.details import details
from domain.view.page import BEGINNING, Page, Position
from workflows.running import attributes, steps
from workflows.running.lasting import Keepers, Kept
from workflows.running.pages import page_of

C = TypeVar("C", bound=Case)
Given = TypeVar("Given")
TAKEN = "the number belongs to an older case, which only the register remembers"


def now() -> datetime:
    """The case's own time, in whole seconds; a case under virtual time has a clock of its own."""
    return whole_seconds(workflow.now())


class Casework(Generic[C]):
    """The parts of a case workflow that every case kind shares."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.case: C | None = None
        self.written = 0  # events that the register has
        self.handed_over: set[str] = set()  # keys of the letters that are on their way
        self.held_up: set[str] = set()  # keys of those that did not go within moments
        self.is_at_rest = False  # the story waits: the register may write down what happened so far
        self.published: dict[Any, Any] = {}
        self.joined: Joined | None = None  # it is another's, which took note of it
        self.cancel_asked = False  # before the case was there to record it
        self._upcoming: tuple[Any, Appointment | None] = (None, None)

    @property
    def admitted(self) -> C:
        """The case; until its first step has returned there is none to act on."""
        if self.case is None:
            raise Unreachable(f"{self.number} is still being admitted; try again in a moment")
        return self.case

    async def admit(
        self, application: Application, again: Act[Any] | None = None, linked: Collection[str] = ()
    ) -> Admitted | None:
        """Claim the number, and take the policy along by value; None where it becomes no case of its own.

        An open case that says that it is the same takes note of it `again`; or the number is an older case's.
        """
        admitted = await (steps.meet(application, linked) if again else steps.admit(application))
        if again and admitted.may_join:
            self.joined = await steps.join(admitted.may_join, again)
            admitted = admitted if self.joined else await steps.admit(application)
        if admitted.joined:
            self.joined = Joined(case=admitted.joined)
        if self.joined or admitted.taken:
            return None
        await self.wait_for_receipt(application.received_at)
        return admitted

    @property
    def no_case(self) -> str:
        """Why what came in is no case of its own."""
        return f"it is {self.joined.case}, which took note of it" if self.joined else TAKEN

    # Hearing people

    def refuse_unless_allowed(self, act: Act[Any]) -> None:
        """Say no before anything enters the history."""
        try:
            act.refuse_unless_allowed(self.admitted, now())
        except (Refused, Unreachable) as no:
            raise ApplicationError(str(no), type=type(no).__name__, non_retryable=True) from None

    def hear(self, act: Act[Any]) -> Said:
        """Take an act into the case. Checked again: another act, or an appointment, may have come first."""
        case = self.admitted
        keep_appointments(case, now())  # acts are delivered before timers: what fell due by now comes first
        self.refuse_unless_allowed(act)
        sentence = act.apply(case, now())
        case.settle(now())
        return Said(case=case.number, sentence=sentence, due_at=case.due_at, sequence=len(case.log.events))

    def cancellation_was_asked(self) -> None:
        """Somebody used the button of the Temporal UI: a supervisor hears of it, and the case goes on."""
        self.cancel_asked = self.case is None
        if self.case and not self.case.is_closed:
            outside.cancellation_asked(self.case, now())

    async def closed_case(self, kind: type[C]) -> C:
        """The case as the register kept it when it closed; what it holds so far is written down there."""
        case = self.restored(kind, await steps.closed_case(self.number))
        self.written = len(case.log.events)
        return case

    async def resumed_case(self, kind: type[C], run: str) -> C:
        """The case as a run was left that somebody ended from outside; what it missed is kept, late."""
        case = self.restored(kind, await steps.left_behind(self.number, run))
        await self.wait_for_receipt(case.log.events[-1].recorded_at)
        outside.goes_on(case, now())
        self.case = case
        return case

    def restored(self, kind: type[C], state: str) -> C:
        """A case as it was written down. What was on its way has arrived, or is handed over again under its key."""
        case = kind.model_validate_json(state)
        case.letters.on_their_way = set()
        return case

    def page_from(self, written: int) -> Page:
        """What the register is told, and at which point of the life of the case."""
        info = workflow.info()
        was_reset = (
            info.run_id != info.original_execution_run_id
        )  # then it knows the start of the old run only
        at = Position(
            first_run=info.first_execution_run_id,
            run_started_at=BEGINNING if was_reset else info.workflow_start_time,
            history_length=info.get_current_history_length(),
        )
        page = page_of(self.admitted, written, self.upcoming(), now())
        return page.model_copy(update={"position": at})

    def rest(self) -> None:
        """The story has come to a wait: what happened so far may be written down."""
        self.is_at_rest = True

    async def at_rest(self, step: Awaitable[Given]) -> Given:
        """Wait for a step that takes its time."""
        self.rest()
        given = await step
        self.is_at_rest = False
        return given

    async def something_new(self, seen: int) -> None:
        """Wait until somebody acted or an appointment was kept since the story had seen so many events."""
        await self.at_rest(workflow.wait_condition(lambda: len(self.admitted.log.events) > seen))

    async def wait_for_receipt(self, received_at: datetime) -> None:
        """A case whose receipt lies ahead waits for it: under virtual time, linked cases begin so."""
        if (ahead := received_at - workflow.now()) > timedelta():
            await workflow.sleep(ahead, summary="The receipt of this request lies ahead")

    # The keepers

    def kept(self) -> Kept:
        """The keepers beside the story; at its end all is written, sent and answered."""
        if self.cancel_asked:
            self.cancellation_was_asked()
        return Kept(self)

    def keepers(self) -> list[Coroutine[Any, Any, None]]:
        """What runs beside the story; a case kind may add its own."""
        return [self._keep_the_clock(), self._keep_the_register(), self._keep_the_post()]

    def upcoming(self) -> Appointment | None:
        """The next appointment, computed once after each change. What leaves within moments needs no timer."""
        case = self.admitted
        going = self.handed_over | {notice.key for notice in case.may_leave}
        departing = frozenset(going - self.held_up)
        change = (len(case.log.events), len(case.clocks.kept), departing)
        if self._upcoming[0] != change:
            self._upcoming = (change, next(iter(case.agenda(departing)), None))
        return self._upcoming[1]

    async def _keep_the_clock(self) -> None:
        case = self.admitted
        while not case.is_closed:
            coming = self.upcoming()
            if coming and coming.at <= now():
                keep_appointments(case, now())
                case.settle(now())
            else:
                await self._until_it_changes(coming)

    async def _until_it_changes(self, coming: Appointment | None) -> None:
        """Sleep until the next appointment, or until there is another one. One timer, in plain words."""

        def changed() -> bool:
            return self.upcoming() != coming or self.admitted.is_closed

        if coming is None:
            await workflow.wait_condition(changed)
            return
        left = max(coming.at - workflow.now(), timedelta(milliseconds=1))
        summary = f"{coming.words} ({coming.clock})"
        # What is due is decided by the state, not by the timer that woke us.
        with suppress(TimeoutError):
            await workflow.wait_condition(changed, timeout=left, timeout_summary=summary)

    async def _keep_the_register(self) -> None:
        case = self.admitted

        def is_over() -> bool:
            """Is nothing left to write, and nothing left that may still happen?"""
            on_their_way = self.handed_over or case.letters.unsent
            return case.is_closed and not on_their_way and self.written == len(case.log.events)

        while not is_over():
            await workflow.wait_condition(
                lambda: is_over() or (len(case.log.events) > self.written and self.is_at_rest)
            )
            if self.written == len(case.log.events):
                return
            if self.published:  # at first, what is found in a list is to be found in the register too
                self._publish(case)
            told = await steps.write_page(self.page_from(self.written))
            self.written = max(self.written, told.last_sequence)
            if self._differs_from_published(case):
                self._publish(case)

    async def _keep_the_post(self) -> None:
        """What may leave goes at once; what is stuck on its way keeps nothing back that becomes owed later."""
        case = self.admitted
        async with Keepers() as bags:
            while not (case.is_closed and not case.letters.unsent):
                await workflow.wait_condition(
                    lambda: bool(self._to_send()) or (case.is_closed and not case.letters.unsent)
                )
                dispatch.date_as_they_leave(
                    case, {notice.key for notice in self._to_send()} - self.held_up, now()
                )
                if owed := self._to_send():
                    self.handed_over |= {notice.key for notice in owed}
                    case.letters.on_their_way |= self.handed_over
                    bags.create_task(self._send(owed))

    def _to_send(self) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.admitted.may_leave if notice.key not in self.handed_over)

    async def _send(self, owed: tuple[Notice, ...]) -> None:
        """One bag; what could not go yet is handed over again, in a bag of its own."""
        case = self.admitted
        for sending in await self._sent(owed):
            take_note(case, sending, now())
        self.held_up |= {notice.key for notice in owed}
        self.handed_over -= {notice.key for notice in owed}
        case.letters.on_their_way = set(self.handed_over)
        case.settle(now())

    async def _sent(self, owed: tuple[Notice, ...]) -> tuple[Sending, ...]:
        """Send letters; those that could not leave yet are kept back by a hold, or stopped, meanwhile."""
        at_first = not any(notice.key in self.held_up for notice in owed)
        sending = asyncio.create_task(steps.send_notices(self.number, owed, at_first=at_first))
        await workflow.wait_condition(lambda: sending.done() or not self._may_leave(owed))
        if sending.done() and at_first and isinstance(sending.exception(), ActivityError):
            return ()
        if sending.done():
            return await sending
        sending.cancel()
        with suppress(ActivityError, asyncio.CancelledError):
            return await sending
        return await steps.what_left(owed)  # a try whose worker was lost could not say so

    def _may_leave(self, letters: tuple[Notice, ...]) -> bool:
        return {notice.key for notice in letters} <= {notice.key for notice in self.admitted.may_leave}

    def _differs_from_published(self, case: Case) -> bool:
        """Nothing was told yet, or the story went on while it was written down."""
        return bool(attributes.changes(self.published, attributes.standing(case, self.upcoming())))

    def _publish(self, case: Case) -> None:
        """Tell the Temporal UI how the case stands; only what changed costs an event."""
        standing = attributes.standing(case, self.upcoming())
        if updates := attributes.changes(self.published, standing):
            workflow.upsert_search_attributes(updates)
            self.published = standing
        workflow.set_current_details(details(case, workflow.info().namespace))
