"""What comes in: the very same is one case for ever; what belongs to an open case is told to it; else it is opened.

A case number is made of everything that was sent, so that the very same meets itself, whoever is there to ask.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.common import TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.admission import Application
from activities.likenesses import Likenesses, Looked
from client.reach.admission import PATIENCE, NotYetAdmitted, admitted
from client.reach.cases import Cases
from client.reach.checking import Asked
from client.reach.silence import unreachable
from client.reach.trouble import ENDED, trouble_of, with_trouble
from config.sealing.keyring import KeyRing
from config.temporal import is_worked_on
from config.virtual_time import fast_forward
from domain.parts.stage import Stage
from domain.request.receipt import everything_of
from domain.terms.case_number import case_number, prefix_of
from domain.terms.frozen import Frozen
from domain.terms.refusals import Unreachable
from domain.view.view import Sheet, Shown
from workflows.kinds import WORKFLOWS
from workflows.running import attributes, priorities


class Opened(Frozen):
    """The case of what came in; `said` is what an open case took note of, where it was one receipt more of that.

    Without a sheet it was received, its clock runs, and those who work on cases have not come to it yet.
    """

    case: str
    created: bool
    sheet: Sheet | None
    said: str | None = None

    @property
    def what_happened(self) -> str:
        if self.said:
            return f"takes it: {self.said}"
        if self.sheet is None:
            return "was received and its clock runs; it is being admitted"
        closed = f", closed ({self.sheet.outcome})" if self.sheet.outcome else ""
        return "opened" if self.created else f"is the very same, received before{closed}; nothing changed"

    @property
    def look_at(self) -> tuple[str, ...]:
        """What whoever keyed it should look at; of the very same nothing twice, but that its case was ended."""
        if self.sheet is None:
            return ()
        trouble = self.sheet.shown.trouble
        of_this = (
            (*self._lateness(self.sheet.shown), *self.sheet.warnings) if self.created or self.said else ()
        )
        return (*([trouble] if trouble else []), *of_this)

    @staticmethod
    def _lateness(shown: Shown) -> tuple[str, ...]:
        overdue = shown.due_at is not None and shown.due_at < datetime.now(UTC)
        filed_late = shown.stage == Stage.GOOD_CAUSE.value
        return (*([LATE] if overdue else []), *([FILED_LATE] if filed_late else []))

    @property
    def fields(self) -> dict[str, Any]:
        """As programs read it; what there is nothing to say of is left out."""
        said = {"said": self.said, "look_at": list(self.look_at)}
        return {"case": self.case, "created": self.created} | {name: one for name, one in said.items() if one}


LATE = "late: the answer was due before this was submitted"
FILED_LATE = "late: it reached us after the time to file it had ended; a good cause is asked for"


@dataclass(frozen=True)
class Beginning:
    """What a case starts with under its number: what came in, and what is made of it."""

    kind: str
    number: str
    asked: Asked
    opening: object


@dataclass(frozen=True)
class Forbidding:
    """That a case may forbid another that is the same: how such cases are found, and what raises Refused of one."""

    application: Callable[[str], Application]
    allow_after: Callable[[Sheet], None]


@dataclass(frozen=True)
class Arrival:
    """Something that came in, the kind of case that it becomes, and what such a case starts with."""

    kind: str
    asked: Asked
    opening: Callable[[str], object]
    forbidding: Forbidding | None = None

    def number(self, ring: KeyRing) -> str:
        """The number of a case that is this and nothing else."""
        everything = everything_of(self.asked)
        return case_number(prefix_of(self.kind), bytes.fromhex(ring.pseudonym(f"{self.kind}|{everything}")))


async def open_case(cases: Cases, ring: KeyRing, arrival: Arrival) -> Opened:
    """Start the case of what came in, or find the one that it belongs to. What nobody can look up is opened."""
    try:
        return await _open_case(cases, ring, arrival)
    except NotYetAdmitted:
        if not await _is_worked_on(cases):
            raise
        return Opened(case=arrival.number(ring), created=True, sheet=None)


async def _open_case(cases: Cases, ring: KeyRing, arrival: Arrival) -> Opened:
    number = arrival.number(ring)
    if arrival.forbidding and (known := await _allowed(cases, number, arrival.forbidding)):
        return known
    beginning = Beginning(arrival.kind, number, arrival.asked, arrival.opening(number))
    handle = await _start(cases, beginning, WorkflowIDReusePolicy.REJECT_DUPLICATE)
    if handle is None and not await _is_there(cases, number):
        handle = await _start(cases, beginning, WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY)
    if handle is None:  # it is there, or somebody sent the very same at this moment
        there: WorkflowHandle[Any, str] = cases.client.get_workflow_handle(number, result_type=str)
        return await _opened(cases, there, (await admitted(there))[1])
    await _carry_to_its_receipt(cases, number, arrival.asked.received_at)
    return await _opened(cases, handle, await cases.admissions.first_sheet(handle), created=True)


async def _opened(
    cases: Cases, handle: WorkflowHandle[Any, str], sheet: Sheet | None, *, created: bool = False
) -> Opened:
    """The case as it stands; or the open one that took note of what came in; or an older one of its number."""
    if sheet:
        sheet = sheet if created else with_trouble(sheet, await trouble_of(cases.client, handle.id))
        return Opened(case=handle.id, created=created, sheet=sheet)
    other = await cases.belongs_to(handle.id)
    case, said = (other.case, other.sentence if created else None) if other else (handle.id, None)
    return Opened(case=case, created=False, sheet=await cases.sheet(case), said=said)


async def _allowed(cases: Cases, number: str, forbidding: Forbidding) -> Opened | None:
    """The case that it is already. Refused where one that is the same forbids another."""
    looked = await _looked_for(cases, forbidding.application(number))
    if looked.same:
        return Opened(case=looked.same, created=False, sheet=await cases.sheet(looked.same))
    if looked.alike and not await _is_there(cases, number):
        for other in looked.alike:
            if other.same_content:
                forbidding.allow_after(await cases.sheet(other.case))
    return None


async def _is_there(cases: Cases, number: str) -> bool:
    """Does Temporal keep a case of this number? That needs no worker. One never admitted is no case."""
    try:
        handle = cases.client.get_workflow_handle(number)
        described = await handle.describe(rpc_timeout=timedelta(seconds=PATIENCE))
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise unreachable(error) from None
    was_admitted = described.typed_search_attributes.get(attributes.STATUS) is not None
    return was_admitted or described.status not in ENDED


async def _is_worked_on(cases: Cases) -> bool:
    try:
        return await is_worked_on(cases.client, cases.task_queue)
    except RPCError:
        return False


async def _looked_for(cases: Cases, application: Application) -> Looked:
    """What the register knows of it. Where nobody can say, it is received all the same, and its case finds out."""
    try:
        return await cases.ask(Likenesses.look_for, application)
    except Unreachable:
        return Looked()


async def take_up(cases: Cases, beginning: Beginning, at: datetime | None = None) -> None:
    """Start a closed case again under its own number; where somebody else has done so, nothing is left to do."""
    handle = await _start(cases, beginning, WorkflowIDReusePolicy.ALLOW_DUPLICATE)
    if handle:
        await _carry_to_its_receipt(cases, beginning.number, at or beginning.asked.received_at)
        await admitted(handle)


async def _start(
    cases: Cases, beginning: Beginning, reuse: WorkflowIDReusePolicy
) -> WorkflowHandle[Any, str] | None:
    """A handle if this started the case; None if there is one of this number that stands in its way."""
    kind, asked = beginning.kind, beginning.asked
    standing = attributes.at_start(kind, asked.plan, asked.urgency.value, asked.received_at)
    try:
        handle: WorkflowHandle[Any, str] = await cases.client.start_workflow(
            WORKFLOWS[kind].run,
            beginning.opening,
            id=beginning.number,
            task_queue=cases.task_queue,
            id_reuse_policy=reuse,
            search_attributes=TypedSearchAttributes(standing),
            static_summary=f"{kind.capitalize()} {beginning.number}",
            priority=priorities.of_case(asked.urgency),
            rpc_timeout=timedelta(seconds=PATIENCE),
        )
    except WorkflowAlreadyStartedError:
        return None
    except RPCError as error:
        raise unreachable(error) from None
    return handle


async def _carry_to_its_receipt(cases: Cases, number: str, received_at: datetime) -> None:
    """Cases start on the real clock; one that belongs to a case under virtual time may begin ahead of it."""
    if (ahead := received_at - datetime.now(UTC)) > timedelta():
        await fast_forward(cases.client, number, ahead + timedelta(seconds=1))
