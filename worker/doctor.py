"""The doctor: what the register, Temporal and the authorizations say of each case, side by side.

A case is what Temporal keeps, and the register is what it told. They differ where a disk was lost, an older one put
back, or a run ended by a button. What the case knows is mended; what only the register remembers of it, because the
server lost the end of its history, is given back to the case.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from activities.admission import claim_of
from activities.ports.world import Pseudonyms
from domain.authorization.linking import TellAuthorization
from domain.parts.stage import Stage
from domain.request.determination import Ending
from domain.terms.case_number import kind_of
from domain.terms.people import SYSTEM
from domain.view.kinds import case_of
from domain.view.page import Known, Page
from records.store import Store
from worker.adapters.ended import IN_ORDER, newest_run, was_admitted
from worker.adapters.live_authorizations import TemporalAuthorizations
from worker.adapters.live_cases import TemporalCases
from worker.findings import Amiss, CaseFinding, Difference, difference
from worker.going_on import go_on
from workflows.kinds import RUNNING

AT_ONCE = 8
IN_HAND = 1.0  # seconds that what a living case is just writing down is given
Running = WorkflowExecutionStatus.RUNNING
Completed = WorkflowExecutionStatus.COMPLETED
NO_ANSWER = (RPCError, WorkflowQueryFailedError)


@dataclass
class Doctor:
    """Looks at every case of an installation; a worker has to be there, since cases answer for themselves."""

    client: Client
    task_queue: str
    register: Store
    pseudonyms: Pseudonyms
    issued: dict[str, str] = field(default_factory=dict)
    """By the number of an authorization, the case that says it issued it."""
    active: set[str] = field(default_factory=set)
    """Authorizations that live and have not ended."""
    seen: int = 0

    def __post_init__(self) -> None:
        self.live = TemporalCases(self.client)
        self.authorizations = TemporalAuthorizations(self.client, self.task_queue)

    async def examine(
        self, *, mend: bool = False, tell: Callable[[int, int], None] = lambda _done, _all: None
    ) -> AsyncIterator[CaseFinding]:
        """Every difference, as soon as it is found; `tell` hears how many of how many cases were looked at."""
        known = {one.case: one for one in await self.register.known()}
        runs = await self._runs()
        numbers = sorted({*runs, *(number for number, one in known.items() if one.outcome is None)})
        for first in range(0, len(numbers), AT_ONCE):
            wave = numbers[first : first + AT_ONCE]
            looks = (self._look(one, runs.get(one), known.get(one), mend=mend) for one in wave)
            for finding in await asyncio.gather(*looks):
                if finding:
                    yield finding
            self.seen += len(wave)
            tell(self.seen, len(numbers))
        async for finding in self._look_at_authorizations({*runs, *known}, mend=mend):
            yield finding

    async def rebuild(self) -> tuple[int, tuple[CaseFinding, ...]]:
        """Fill the register from what cases say, closed ones too: how many, and which could not answer, and why."""
        written, silent = 0, []
        for number, run in (await self._runs()).items():
            try:
                if page := await self._page(number, run):
                    await self._write_down(page)
                    written += 1
            except NO_ANSWER as error:
                silent.append(_silent(number, error))
        return written, tuple(silent)

    async def _runs(self) -> dict[str, WorkflowExecution]:
        """The newest run of every case that Temporal keeps."""
        kinds = ", ".join(f"'{kind.capitalize()}'" for kind in RUNNING)
        newest: dict[str, WorkflowExecution] = {}
        async for run in self.client.list_workflows(f"WorkflowType IN ({kinds})"):
            if run.id not in newest or newest[run.id].start_time < run.start_time:
                newest[run.id] = run
        return newest

    async def _look(
        self, number: str, run: WorkflowExecution | None, known: Known | None, *, mend: bool
    ) -> CaseFinding | None:
        run = await self._as_it_is(number, run)
        if run is None:
            return await self._taken_up(number, Amiss.GONE, "open in the register alone", mend=mend)
        if run.status not in IN_ORDER:
            how = run.status.name.lower().replace("_", " ") if run.status else "ended"
            what = f"{how} in Temporal at {run.close_time:%Y-%m-%d %H:%M:%S} UTC"
            return await self._taken_up(number, Amiss.ENDED, what, run.run_id, mend=mend)
        if run.status is Completed and known and known.outcome is not None:
            return None
        try:
            page, found = await self._compared(number, run)
            for _ in range(5 if run.status is Running else 0):  # it may be writing it down just now
                if page and found is None:
                    break
                await asyncio.sleep(IN_HAND / 5)
                page, found = await self._compared(number, run)
            newest = await newest_run(self.client, number) if found else None
        except NO_ANSWER as error:
            return _silent(number, error)
        if newest and newest.run_id != run.run_id:  # it closed, and was taken up, while others were looked at
            return await self._look(number, newest, known, mend=mend)
        if page is None:  # and so no case, unless the register knows of it
            return _silent(number) if known else None
        self._note_authorizations(page)
        return await self._mended(page, found, mend=mend) if found else None

    async def _as_it_is(self, number: str, run: WorkflowExecution | None) -> WorkflowExecution | None:
        """A list comes late: before a case is taken for ended or gone, Temporal is asked about it alone."""
        return run if run and run.status in IN_ORDER else await newest_run(self.client, number)

    async def _page(self, number: str, run: WorkflowExecution) -> Page | None:
        """What a case says of itself; None where it was never admitted. Raises NO_ANSWER."""
        try:
            return await self.live.page(number, run.run_id, 0)
        except RPCError:
            if run.status in IN_ORDER or was_admitted(run):
                raise
        except WorkflowQueryFailedError:
            if await self.live.whole(number, datetime.now(UTC)):
                raise
        return None

    async def _compared(self, number: str, run: WorkflowExecution) -> tuple[Page | None, Difference | None]:
        """The register first, and then the case: one that goes on meanwhile is ahead, and never behind."""
        position, remembered = await self.register.position(number), await self.register.remembered(number)
        page = await self._page(number, run)
        events = remembered.events if remembered else ()
        return page, difference(page, events, position) if page else None

    async def _mended(self, page: Page, found: Difference, *, mend: bool) -> CaseFinding:
        fault, what = found
        if mend and fault is Amiss.TAIL_LOST:
            state = await self.register.kept_case(page.case)
            await self._begin_again(page.case, state or page.state, "the register", instead_of=True)
        elif mend:
            await self._write_down(page)
        return CaseFinding(case=page.case, fault=fault, what=what, mended=mend)

    async def _write_down(self, page: Page) -> None:
        """The whole case, in the place of whatever stands; with the hashes by which its like is found."""
        case = case_of(page.case, page.state)
        if application := RUNNING[case.kind].application:
            again = application(case).model_copy(update={"first_run": page.position.first_run})
            claim = claim_of(again, case.policy, self.pseudonyms)
            known = {"plan": page.plan, "member": page.member}  # as they were corrected
            await self.register.claim(claim.model_copy(update=known))
        await self.register.write(page, whatever_stands=True)
        with suppress(WorkflowQueryFailedError):  # it may have gone on meanwhile, and written that down
            await self.register.write(await self.live.page(page.case, "", 0))

    async def _taken_up(
        self, number: str, fault: Amiss, what: str, run: str = "the register", *, mend: bool
    ) -> CaseFinding | None:
        """A case without a living run goes on; one that was never admitted is none, and one that closed is over."""
        state = await self.live.left(number, run) or await self.register.kept_case(number)
        if state is None or case_of(number, state).is_closed:
            return None
        if mend:
            await self._begin_again(number, state, run)
        return CaseFinding(case=number, fault=fault, what=what, mended=mend)

    async def _begin_again(self, number: str, state: str, run: str, *, instead_of: bool = False) -> None:
        case = case_of(number, state)
        await go_on(self.client, self.task_queue, case, run, instead_of=instead_of)

    # Authorizations

    def _note_authorizations(self, page: Page) -> None:
        self.issued |= {permit.authorization.number: page.case for permit in page.permits}
        if kind_of(page.case) == "authorization" and page.sheet.shown.stage == Stage.ACTIVE.value:
            self.active.add(page.case)

    async def _look_at_authorizations(self, alive: set[str], *, mend: bool) -> AsyncIterator[CaseFinding]:
        """Those that were issued live, and those that live were issued. One that is silent keeps no other back."""
        untold, active = set(self.issued) - alive, self.active - set(self.issued)
        looks = [*((self._never_told, one) for one in untold), *((self._phantom, one) for one in active)]
        for look, number in sorted(looks, key=lambda one: one[1]):
            try:
                finding = await look(number, mend=mend)
            except NO_ANSWER as error:
                finding = _silent(number, error)
            if finding:
                yield finding

    async def _never_told(self, number: str, *, mend: bool) -> CaseFinding | None:
        issuer = self.issued[number]
        if await self.authorizations.authorization(number):
            return None  # it began while others were looked at
        word = await self.live.word(issuer, "", number)
        if word is None:
            return None
        if mend:
            await self.authorizations.keep(word)
        what = f"issued by {issuer} and not there"
        return CaseFinding(case=number, fault=Amiss.NEVER_TOLD, what=what, mended=mend)

    async def _phantom(self, number: str, *, mend: bool) -> CaseFinding | None:
        live = await self.authorizations.authorization(number)
        if live is None or live.parent is None or await self._was_issued(live.parent, number):
            return None
        if mend:
            ended = {"ended_as": Ending.ENTERED_IN_ERROR, "ended_at": datetime.now(UTC)}
            act = TellAuthorization(actor=SYSTEM, permit=live.permit.model_copy(update=ended))
            await self.live.tell(number, act)
        what = f"{live.parent} did not issue it"
        return CaseFinding(case=number, fault=Amiss.PHANTOM, what=what, mended=mend)

    async def _was_issued(self, case: str, number: str) -> bool:
        """Does a case say so, or is there none left to ask?"""
        try:
            return await self.live.word(case, "", number) is not None
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return True
            raise


def _silent(number: str, error: Exception | None = None) -> CaseFinding:
    status = f"no answer ({error.status.name})" if isinstance(error, RPCError) else None
    what = status or "its run cannot say what it holds"
    return CaseFinding(case=number, fault=Amiss.SILENT, what=what, mended=False)
