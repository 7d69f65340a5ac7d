"""Who does not answer, and why; and an act whose answer was lost, which is sent again and heard once."""

import asyncio
import threading
import uuid
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from temporalio import workflow
from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.desk.counter import Desk, WorklistQuestion
from activities.opening import Opening
from client.reach import saying
from client.reach.cases import Cases
from client.reach.saying import say
from client.reach.silence import NO_WORKER, why_silent
from domain.desk.desk import Note, Withdraw
from domain.parts.events import EventKind
from domain.terms.case_number import case_number
from domain.terms.refusals import Refused, Unreachable
from domain.view.page import Waiting
from tests.builders import ROOT, a_request, at, staff
from tests.world import NUMBERS, eventually
from worker.adapters.tables import PackOnDisk
from workflows.acts.updates import update_for

NUMBER = "PRE-2222-2222-2222"
NOTE = Note(actor=staff("rn-rivera"), text="the office called")
HELD, MAY_GO = threading.Event(), threading.Event()


class LosesAnswers:
    """A way to a case that carries what is said, and loses the answer so many times."""

    def __init__(self, handle, times, meanwhile=None):
        self.handle, self.times, self.id = handle, times, handle.id
        self.meanwhile = meanwhile or (lambda: asyncio.sleep(0))

    async def execute_update(self, *words, **options):
        said = await self.handle.execute_update(*words, **options)
        if self.times:
            await self.meanwhile()
            self.times -= 1
            raise RPCError("the connection was dropped", RPCStatusCode.UNAVAILABLE, b"")
        return said


def received_just_now():
    now = datetime.now(UTC).replace(microsecond=0)
    return a_request(received_at=now, from_day=f"{now:%Y-%m-%d}")


def a_number():
    return case_number("PRE", NUMBERS.pop())


async def silent(handle, word):
    """What is said of a case that does not answer, once it says this."""

    async def said():
        sentence = await why_silent(handle)
        return sentence if word in sentence else None

    return await eventually(said)


async def test_an_act_whose_answer_was_lost_is_sent_again_and_heard_once(plan):
    case = await plan.submit(received_just_now())

    said = await say(LosesAnswers(case.handle, 2), update_for(case.number, Note), NOTE)

    assert said.sentence == "noted"
    assert said.sequence == len(await case.events())
    assert len(await case.events(EventKind.NOTED)) == 1


async def test_where_no_answer_comes_it_is_said_that_nobody_knows(plan, monkeypatch):
    monkeypatch.setattr(saying, "PATIENCE", timedelta(seconds=0.3))
    case = await plan.submit(received_just_now())

    with pytest.raises(Unreachable) as lost:
        await say(LosesAnswers(case.handle, 100), update_for(case.number, Note), NOTE)

    assert f"It is not known whether {case.number} heard it: look with `plazo show {case.number}`." in str(
        lost.value
    )
    assert len(await case.events(EventKind.NOTED)) == 1


async def test_an_act_that_closed_its_case_is_answered_once_more(plan):
    case = await plan.submit(received_just_now())
    act = Withdraw(actor=staff("ic-santos"), by="provider")

    said = await say(LosesAnswers(case.handle, 1, case.closed_as), update_for(case.number, Withdraw), act)

    assert "withdrawn" in said.sentence


async def test_a_refusal_is_a_refusal_however_often_it_is_asked(plan):
    case = await plan.submit(received_just_now())

    with pytest.raises(Refused, match="may not"):
        await say(LosesAnswers(case.handle, 1), update_for(case.number, Note), NOTE.model_copy(update=NOBODY))


NOBODY = {"actor": staff("da-torres").model_copy(update={"roles": ()})}


async def test_ctrl_c_is_no_lost_answer():
    class IsCancelled:
        id = NUMBER

        async def execute_update(self, *_, **__):
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError as error:
                raise WorkflowUpdateRPCTimeoutOrCancelledError from error

    waiting = asyncio.create_task(say(IsCancelled(), None, NOTE))
    await asyncio.sleep(0)
    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_case_that_nobody_works_on_is_told_from_one_that_is_still_being_admitted(plan):
    opening = Opening(number=a_number(), request=received_just_now())
    start = {"arg": opening, "id": opening.number}
    plan.register.down = True
    alone = await plan.client.start_workflow("Precertification", task_queue="nobody's", **start)
    assert await why_silent(alone) == NO_WORKER
    await alone.terminate()

    waits = await plan.client.start_workflow("Precertification", task_queue=plan.queue, **start)
    said = await silent(waits, "tried")
    assert said.startswith(f"{opening.number} is still being admitted (admit tried")
    with pytest.raises(Unreachable, match="still being admitted"):
        await Cases(plan.client, plan.queue).act(opening.number, NOTE)
    plan.register.down = False


@workflow.defn
class Broken:
    """A case kind with a defect."""

    @workflow.run
    async def run(self) -> None:
        raise ValueError


@workflow.defn
class Busy:
    """A case kind whose one step takes as long as a test wants."""

    @workflow.run
    async def run(self) -> None:
        HELD.set()
        MAY_GO.wait(1.5)


@asynccontextmanager
async def begun(env, kind):
    """A case of this kind, with a worker of its own."""
    queue, runner = f"silent-{uuid.uuid4()}", UnsandboxedWorkflowRunner()
    async with Worker(env.client, task_queue=queue, workflows=[kind], workflow_runner=runner):
        yield await env.client.start_workflow(kind.run, id=a_number(), task_queue=queue)


async def test_a_case_whose_step_fails_is_stuck_since_when_and_why(env):
    async with begun(env, Broken) as case:
        said = await silent(case, "stuck")
        await case.terminate()

    assert said.startswith(f"{case.id} is stuck since {datetime.now(UTC):%Y-}")
    assert "(ValueError, " in said


async def test_a_case_in_the_middle_of_a_step_is_busy(env):
    async with begun(env, Busy) as case:
        await asyncio.to_thread(HELD.wait, 30)
        said = await why_silent(case)
        MAY_GO.set()
        await case.result()

    assert said.startswith(f"{case.id} is busy with one step since")


class LaggingRegister:
    """A register that has one more event of each case whenever it is asked."""

    def __init__(self):
        self.has = 0

    async def written(self, cases):
        self.has += 1
        return dict.fromkeys(cases, self.has)

    async def worklist(self, **_):
        return (a_row(self.has),)


def a_row(events, due=""):
    due_at = at("2037-03-09 23:59:59 AST")
    words = {"kind": "precertification", "queue": "calls", "urgency": "standard", "assignee": None}
    return Waiting.model_validate(
        words
        | {"case": NUMBER, "due_at": due_at, "overdue": False, "what": f"{events}"}
        | {"plan": "mcs-classicare", "due": due}
    )


async def listed(question):
    [row] = await Desk(LaggingRegister(), PackOnDisk(ROOT / "policy"), None, None).worklist(question)
    return row


@pytest.mark.parametrize(
    ("reached", "asked"), [({}, 0), ({NUMBER: 3}, 3)], ids=["nothing done", "an act done"]
)
async def test_a_worklist_knows_what_its_reader_just_did(reached, asked):
    question = WorklistQuestion(queues=(), assignee=None, now=datetime.now(UTC), reached=reached)

    assert await listed(question) == a_row(asked, due="Mon 9 Mar 2037 23:59 AST")


async def test_a_worklist_does_not_wait_for_a_register_that_stays_behind(monkeypatch):
    monkeypatch.setattr("activities.desk.counter.CATCHING_UP", 0.05)
    reached = {NUMBER: 10**6}
    question = WorklistQuestion(queues=(), assignee=None, now=datetime.now(UTC), reached=reached)

    assert int((await listed(question)).what) >= 1
