"""The typed client of cases, with its three doors: an update to act, a query to see, a desk activity."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from temporalio.client import ActivityFailureError, Client, WorkflowHandle, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from activities.desk.counter import Desk, Preview, PreviewQuestion, WorklistQuestion
from activities.likenesses import Joined
from client.reach.admission import Admissions
from client.reach.links import Later, later_cases, with_later_events, with_links
from client.reach.own_time import own_time
from client.reach.saying import say
from client.reach.silence import SEALED, desk_trouble, silence, unreachable, why_silent
from client.reach.trouble import refuse_if_ended, trouble_of, with_trouble
from config.house import House, house_of
from config.settings import Settings
from config.temporal import connect
from domain.authorization.authorization import LiveAuthorization
from domain.case.acts import Act, Said
from domain.determination.call_scripts import Script
from domain.dispute.dispute import Dispute
from domain.parts.events import EventKind
from domain.policy.case_policy import CasePolicy
from domain.rehearsal.preview import Beforehand, Previewed
from domain.rehearsal.rehearsal import Rehearsal
from domain.rehearsal.trial import ForMany, Trial, TrialQuestion
from domain.request.request import Request
from domain.terms.case_number import kind_of
from domain.terms.people import Actor
from domain.terms.refusals import Misuse, PlazoError, Refused, Unreachable
from domain.view.page import Remembered, Waiting
from domain.view.search import SearchKey
from domain.view.view import Explanation, Notices, ReviewSheet, Sheet, ShownPapers, Timeline
from workflows.acts.updates import update_for
from workflows.running.questions import Questions, ReviewQuestions

PATIENCE = timedelta(seconds=6)  # a worker that is there answers in milliseconds
FIRST_LOOK = timedelta(seconds=3)

T = TypeVar("T")


class Cases:
    """All cases of one installation, as staff reach them."""

    def __init__(self, client: Client, task_queue: str, house: House | None = None) -> None:
        """Without a house of its own, the worker of the cases answers look-ups too."""
        self.client = client
        self.task_queue = task_queue
        self.house = house or House(client, task_queue)
        self.reached: dict[str, int] = {}  # how far our own acts brought cases, in events
        self.admissions = Admissions()

    def _handle(self, case: str) -> WorkflowHandle[Any, str]:
        return self.client.get_workflow_handle(case, result_type=str)

    # To act

    async def act(self, case: str, act: Act[Any]) -> Said:
        """Say something to a case; a refusal is raised as it was said."""
        try:
            said = await say(self._handle(case), update_for(case, type(act)), act)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                await self._refuse_because_gone(case)
            raise Unreachable(await silence(self._handle(case), error)) from None
        if said.sequence:
            self.reached[case] = said.sequence
        return said

    async def _refuse_because_gone(self, case: str) -> None:
        sheet = await self.sheet(case)
        raise Refused(f"{case} is {sheet.shown.trouble or f'closed ({sheet.outcome})'}")

    async def try_out(self, case: str, act: ForMany) -> Trial:
        """What a case would answer; nothing is changed, and nothing enters its history."""
        return await self.see(case, Questions.trial, TrialQuestion(act=act, at=await self.now_of(case)))

    async def preview_decision(self, case: str, act: Act[Any]) -> Previewed:
        """The letters that a decision would send; refused where cases of that kind do not know it."""
        update_for(case, type(act))
        return await self.see(case, Questions.preview, Beforehand(act=act, at=await self.now_of(case)))

    # To see

    async def sheet(self, case: str) -> Sheet:
        now = await self.now_of(case)
        page = await self.see(case, Questions.sheet, now, from_register=lambda past: past.sheet)
        page = with_trouble(page, await trouble_of(self.client, case))
        return with_links(page, await self._later(case)) if page.outcome else page

    async def belongs_to(self, case: str) -> Joined | None:
        """The case that took note of what else would be one of this number; None where that is a case."""
        return await self._ask(case, Questions.belongs_to)

    async def timeline(self, case: str) -> Timeline:
        def remembered(past: Remembered) -> Timeline:
            return Timeline(case=case, calendar=past.sheet.calendar, events=past.events)

        told = await self.see(case, Questions.timeline, from_register=remembered)
        is_closed = any(event.kind is EventKind.CLOSED for event in told.events)
        return with_later_events(told, await self._later(case)) if is_closed else told

    async def _later(self, case: str) -> list[Later]:
        """Cases that came out of one that had closed, which was not told of them."""
        try:
            return await later_cases(self.client, case)
        except RPCError as error:
            raise unreachable(error) from None

    async def explanation(self, case: str) -> Explanation:
        await refuse_if_ended(self.client, case)
        return await self.see(case, Questions.explanation, await self.now_of(case))

    async def forecast(self, case: str) -> Timeline:
        await refuse_if_ended(self.client, case)
        return await self.see(case, Questions.forecast, await self.now_of(case))

    async def review_sheet(self, case: str) -> ReviewSheet:
        if kind_of(case) == Dispute.kind:
            raise Refused(f"{case} is a dispute; it is reviewed with `plazo dispute review`")
        if kind_of(case) == LiveAuthorization.kind:
            raise Refused(f"{case} is an authorization; what is reviewed is the case that issued it")
        return await self.see(case, ReviewQuestions.review)

    async def scripts(self, case: str) -> tuple[Script, ...]:
        if kind_of(case) == Dispute.kind:
            raise Refused(f"{case} is a dispute; scripts are for calls about requests and appeals")
        return await self.see(case, ReviewQuestions.scripts, await self.now_of(case))

    async def notices(self, case: str) -> Notices:
        def remembered(past: Remembered) -> Notices:
            return Notices(case=case, calendar=past.sheet.calendar, notices=past.notices)

        return await self.see(case, Questions.notices, await self.now_of(case), from_register=remembered)

    async def search_keys(self, case: str) -> tuple[SearchKey, ...]:
        """By what it is found, in the form in which that is compared: who somebody has to be to hear of it."""
        return await self.see(case, Questions.search_keys)

    async def papers(self, case: str) -> ShownPapers:
        return await self.see(case, Questions.papers)

    async def rehearsal(self, case: str, candidate: CasePolicy) -> Rehearsal:
        return await self.see(case, Questions.rehearsal, candidate)

    async def now_of(self, case: str) -> datetime:
        return await own_time(self.client, case)

    async def see(
        self,
        case: str,
        query: Callable[..., T | None],
        *arguments: Any,
        from_register: Callable[[Remembered], T] | None = None,
    ) -> T:
        """Ask the case; where Temporal no longer keeps it, ask what the register remembers."""
        try:
            seen = await self._ask(case, query, *arguments)
        except WorkflowQueryFailedError as error:
            why = SEALED if str(error) == "Encoded failure" else error
            raise Unreachable(f"{case} cannot answer: {why}") from None
        except Refused:
            raise
        except PlazoError as error:  # of the codec: the answer is sealed with a key that our ring lacks
            raise Misuse(str(error)) from None
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                trouble = await trouble_of(self.client, case)
                if trouble and from_register:
                    stuck = Unreachable(f"{case} is {trouble.as_text}")
                    return await self._remembered(case, from_register, stuck)
                raise Unreachable(await silence(self._handle(case), error)) from None
            return await self._remembered(case, from_register, Misuse(f"case: there is no case {case}."))
        if seen is None and (other := await self.belongs_to(case)):
            raise Refused(f"{case} is no case of its own: {other.case} took note of what came in")
        if seen is None:  # not admitted yet; or the number was taken by a case that Temporal has forgotten
            unknown = Unreachable(await why_silent(self._handle(case)))
            return await self._remembered(case, from_register, unknown)
        return seen

    async def _ask(self, case: str, query: Callable[..., T | None], *arguments: Any) -> T | None:
        """Query a case. After a restart the server first asks the worker that is gone; a second try finds ours."""
        for patience in (FIRST_LOOK, PATIENCE):
            try:
                return await self._handle(case).query(query, *arguments, rpc_timeout=patience)
            except RPCError as error:
                if patience is PATIENCE or error.status is RPCStatusCode.NOT_FOUND:
                    raise
        raise AssertionError("the last try answers or raises")

    async def _remembered(
        self, case: str, from_register: Callable[[Remembered], T] | None, unknown: PlazoError
    ) -> T:
        past = await self._at_the_desk(Desk.remembered, case)
        if past is None:
            raise unknown
        if from_register is None:
            raise Refused(f"{case} is closed; `plazo show` and `plazo timeline` still tell what it was")
        return from_register(past)

    # The rest

    async def worklist(
        self, queues: tuple[str, ...], assignee: Actor | None, **more: Any
    ) -> tuple[Waiting, ...]:
        question = WorklistQuestion(
            queues=queues,
            assignee=assignee.id if assignee else None,
            now=_now(),
            reached=self.reached,
            **more,
        )
        return await self._at_the_desk(Desk.worklist, question)

    async def preview(self, kind: str, request: Request) -> Preview:
        question = PreviewQuestion(kind=kind, request=request, now=_now())
        return await self._at_the_desk(Desk.preview, question)

    async def ask(
        self, step: Callable[[Any, Any], Awaitable[T]], question: Any, patience: timedelta = PATIENCE
    ) -> T:
        """Ask an activity that is about no case, or about several."""
        return await self._at_the_desk(step, question, patience)

    async def _at_the_desk(
        self, step: Callable[[Any, Any], Awaitable[T]], question: Any, patience: timedelta = PATIENCE
    ) -> T:
        """Look something up; without a worker it waits in its queue until our patience ends."""
        try:
            return await self.house.look_up(step, question, patience)
        except ActivityFailureError as error:
            raise desk_trouble(error.__cause__) from None
        except RPCError as error:
            raise unreachable(error) from None


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def cases(settings: Settings) -> AsyncIterator[Cases]:
    """The cases of this installation; nothing is kept open afterwards."""
    client = await connect(settings)
    yield Cases(client, settings.task_queue, house_of(client, settings))
