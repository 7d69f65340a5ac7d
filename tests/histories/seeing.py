"""One history played again by the worker's own sandbox, and what can be seen of the case after each task.

Nothing is looked up in the state: the case is asked by its queries, as everybody asks it, and what it tells the
server is read from the commands with which it ends a task. Only acts are tried on the case itself (`trying.py`).
"""

import inspect
import json
from base64 import b64decode
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

from google.protobuf.json_format import MessageToDict
from pydantic_core import to_jsonable_python
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.common import HeaderCodecBehavior
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import _Definition

from domain.authorization.authorization import LiveAuthorization
from domain.casefile.casefile import file_of
from domain.view import showing
from domain.view.authorization_view import life_sheet
from domain.view.notices import notices
from tests.histories.trying import Trying
from worker import assembly
from workflows.kinds import WORKFLOWS

UNASKED = {"whole", "authorization"} | {"sheet", "timeline", "notices"}
"""Queries that answer with the state itself, whose shape is nobody's business; and what the page says too."""
METADATA = "__temporal_workflow_metadata"
"""The screen of the Temporal UI."""
UNSAID = {"seq", "protocolInstanceId", "stackTrace", "priorityKey"}
"""Numbers of a worker's commands, where in our pages something was refused, and the place of a step in line."""
INSIDE = {"state", "digest", "position"}
"""What a page carries for the register alone."""

NOTHING = nullcontext()
Activate = Callable[[WorkflowActivation], WorkflowActivationCompletion]
Task = dict[str, Any]
"""What is seen after one task: by the name of each view, the view."""


class Watched(WorkflowRunner):
    """The worker's runner, with somebody who looks after each task."""

    def __init__(self, found: "Seen", trying: Trying | None, during: AbstractContextManager[Any]) -> None:
        self.found = found
        self.trying = trying
        self.during = during

    def prepare_workflow(self, defn: _Definition) -> None:
        assembly.RUNNER.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Any) -> None:
        assembly.RUNNER.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = assembly.RUNNER.create_instance(det)
        eyes = self.found.eyes = Eyes(instance, det.defn, self.trying)
        activate = instance.activate

        def watched(task: WorkflowActivation) -> WorkflowActivationCompletion:
            with self.during:
                completion = activate(task)
            is_over = any(job.HasField("remove_from_cache") for job in task.jobs)
            if completion.HasField("successful") and not is_over:
                self.found.tasks.append(eyes.look(activate, task, completion))
            return completion

        instance.activate = watched  # type: ignore[method-assign]
        return instance


class Eyes:
    """Looks at one run of a case."""

    def __init__(self, instance: Any, defn: _Definition, trying: Trying | None) -> None:
        self.instance = instance
        self.defn = defn
        self.trying = trying
        self.under_way = 0  # activities; at rest there are none
        self.page: Any = None  # the newest
        self.at = datetime.min.replace(tzinfo=UTC)  # when it was told
        self.tried: Any = None  # the page when acts were tried
        self.state = ""
        self.kind: Any = None  # of case
        self.questions = [*(name for name, query in defn.queries.items() if _is_plain(query)), METADATA]

    def look(
        self, activate: Activate, task: WorkflowActivation, completion: WorkflowActivationCompletion
    ) -> Task:
        """What the case told the server; and if its page has changed, all that it answers."""
        commands = [plain(MessageToDict(one)) for one in completion.successful.commands]
        self.under_way += sum("scheduleActivity" in one or "scheduleLocalActivity" in one for one in commands)
        self.under_way -= sum(job.HasField("resolve_activity") for job in task.jobs)
        seen: Task = {"commands": commands}
        page = _ask(activate, task, ["page"]).get("page")
        if page is None:
            return seen
        self.state, self.at = page["state"], now_of(task)
        self.kind = type(self.case)
        page = {name: value for name, value in page.items() if name not in INSIDE}
        if page != self.page:
            self.page = seen["page"] = page
            seen |= _ask(activate, task, self.questions) if self.trying else {}
        if self.trying and self.under_way == 0 and page != self.tried:
            self.tried = page
            case, now = self.case, now_of(task)
            seen |= views(case, now)
            seen["acts"] = self.trying.everything(self.defn, case, now)
        return seen

    @property
    def case(self) -> Any:
        """The case as the workflow holds it."""
        workflow = self.instance.inside.globals_and_locals["__temporal_in_sandbox"].instance._object
        return workflow.case


def now_of(task: WorkflowActivation) -> datetime:
    """The case's own time, in whole seconds."""
    return task.timestamp.ToDatetime(UTC).replace(microsecond=0)


def views(case: Any, now: datetime) -> Task:
    """What is made of the state elsewhere: its agenda, its file, and the life of an authorization."""
    seen: Task = {
        "agenda": [f"{one.at.isoformat()} {one.clock}: {one.words}" for one in case.agenda()],
        "file": to_jsonable_python(file_of(case, now)),
    }
    if isinstance(case, LiveAuthorization):
        seen["life"] = to_jsonable_python(life_sheet(case))
    return seen


def _ask(activate: Activate, task: WorkflowActivation, questions: Iterable[str]) -> Task:
    """Queries at the instant of a task, as the server hands them in."""
    asking = WorkflowActivation()
    asking.CopyFrom(task)
    del asking.jobs[:]
    for name in questions:
        job = asking.jobs.add().query_workflow
        job.query_id, job.query_type = name, name
        if name == "page":
            job.arguments.add(metadata={"encoding": b"json/plain"}, data=b"0")
    answers = [one.respond_to_query for one in activate(asking).successful.commands]
    return {
        one.query_id: plain(MessageToDict(one.succeeded.response))
        for one in answers
        if one.HasField("succeeded")
    }


def _is_plain(query: Any) -> bool:
    """May it be asked without an argument?"""
    asked = list(inspect.signature(query.fn).parameters.values())[1:]
    return query.name not in UNASKED and all(one.default is not one.empty for one in asked)


def plain(value: Any) -> Any:
    """Protobuf as JSON, payloads opened, without the numbers by which a worker tells its commands apart."""
    match value:
        case {"metadata": {}, "data": str(data)}:
            return json.loads(b64decode(data))
        case {"metadata": {"encoding": _}}:
            return None
        case dict():
            return {name: plain(one) for name, one in value.items() if name not in UNSAID}
        case list():
            return [plain(one) for one in value]
        case _:
            return value


class Seen:
    """What was seen of one history, task by task, and the case as it stood at the end."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.eyes: Eyes | None = None
        self.failure: Exception | None = None  # the commands are not those of the history

    @property
    def state(self) -> str:
        """What the register keeps of a closed case, from which it is taken up again."""
        return self.eyes.state if self.eyes and self.eyes.page and self.eyes.page["outcome"] else ""

    def taken_up(self, state: str) -> Task:
        """What is seen of the case that an earlier house kept, as of the end of this history."""
        assert self.eyes is not None
        case, now = self.eyes.kind.model_validate_json(state), self.eyes.at
        return {
            "sheet": to_jsonable_python(showing.sheet(case, now)),
            "events": to_jsonable_python(showing.timeline(case).events),
            "letters": to_jsonable_python(notices(case, now).notices),
        }


async def seen(
    history: WorkflowHistory,
    trying: Trying | None = None,
    during: AbstractContextManager[Any] = NOTHING,
) -> Seen:
    """What is seen after each task of a history, as far as it has changed, until its commands differ.

    Nobody who tries: then only the commands and the page.
    `during` is entered for each task of the case, and left before anybody looks.
    """
    found = Seen()
    replayer = Replayer(
        workflows=list(WORKFLOWS.values()),
        workflow_runner=Watched(found, trying, during),
        data_converter=pydantic_data_converter,
        header_codec_behavior=HeaderCodecBehavior.CODEC,
        debug_mode=True,  # looking takes longer than a case may think
    )
    found.failure = (await replayer.replay_workflow(history, raise_on_replay_failure=False)).replay_failure
    return found
