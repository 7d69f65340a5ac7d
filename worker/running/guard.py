"""The guard of the worker: nobody acts, asks or opens a case without a token that counts, and none replays.

An act is verified by its update's validator, a question when it is asked, a look-up where it runs. A start is
verified by the case's first step, as of the instant at which it was sent: that step's answer is in history, so code
that replays meets no key, and a key may be retired. The step is told the token, and in whose name the case begins.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from json import loads
from typing import Any, ClassVar

from pydantic import AwareDatetime
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.exceptions import ApplicationError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    ExecuteWorkflowInput,
    HandleQueryInput,
    HandleUpdateInput,
    Interceptor,
    StartActivityInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from activities.admission import Admission
from activities.archive import Archive
from activities.authorizations import Authorizations
from activities.desk.glass import GlassQuestion
from activities.desk.login import Login
from config.access.identity import ON_BEHALF_OF
from config.access.token_header import SECOND, TOKEN, header, said_in
from config.access.tokens import ASKING, Bearer
from config.audit import Did
from domain.case.case import Case
from domain.terms.frozen import Frozen
from domain.terms.people import Actor
from domain.terms.refusals import Misuse, PlazoError, Refused, Unreachable
from domain.terms.walls import BEYOND, READER, WITHIN, WITHOUT
from worker.running.gate import Gate
from worker.running.whose import (
    cases_in,
    named_in,
    plans_in,
    refuse_beyond_plan,
    refuse_beyond_walls,
    refuse_unless_asked,
    refuse_unless_open,
    refuse_unless_theirs,
    says_little,
    why_read,
)
from workflows.acts.review import DecidedActs
from workflows.running.casework import Casework

BEGUN = "plazo-begun"
_OF_THE_ENGINE = "__"  # questions of the Web UI that tell nothing of a case but what is sealed
_TOLD_TO_ALL = {DecidedActs.appealed.__name__}  # whoever received an appeal takes along what it is about
_ADMISSION = {Admission.meet.__name__, Admission.admit.__name__}
_ONLY_BY_ITSELF = {Archive.left_behind.__name__, Authorizations.kept_authorization.__name__}
"""First steps of cases that only the system begins."""


class _Begun(Frozen):
    """When a case was begun, and in whose name."""

    at: AwareDatetime
    by: tuple[Actor, ...]


class Guard(Interceptor):
    """Stands at every door of the worker."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _Steps(next, self.gate)

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002
    ) -> type[WorkflowInboundInterceptor]:
        class Guarded(_Cases):
            gate = self.gate

        return Guarded


class _Cases(WorkflowInboundInterceptor):
    """Acts and questions."""

    gate: ClassVar[Gate]

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        self.first_step = _FirstStep(outbound)
        super().init(self.first_step)

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002
        if not isinstance(workflow.instance(), Casework):
            return await super().execute_workflow(input)  # supervision, which a schedule begins
        begun = _Begun(at=workflow.info().start_time, by=tuple(named_in(input.args)))
        self.first_step.told = {
            **header(TOKEN, said_in(input.headers, TOKEN)),
            **header(BEGUN, begun.model_dump_json()),
        }
        return await super().execute_workflow(input)

    def handle_update_validator(self, input: HandleUpdateInput) -> None:  # noqa: A002
        case, second = workflow.info().workflow_id, said_in(input.headers, SECOND)
        with (
            _as_refusals(),
            self.gate.passing(
                said_in(input.headers, TOKEN), "acted", input.update, case=case, because=why_read(input.args)
            ) as bearer,
        ):
            for act in input.args:
                refuse_unless_theirs(bearer, named_in((act,)))
                if (confirmed_by := getattr(act, "confirmed_by", None)) and not bearer.is_system:
                    with self.gate.passing(
                        second, "acted", f"confirm {input.update}", case=case
                    ) as confirming:
                        refuse_unless_theirs(confirming, (confirmed_by,))
            refuse_beyond_walls(bearer, _case())
            if says_little(input.args):
                refuse_unless_open(bearer, _case())
            super().handle_update_validator(input)

    async def handle_query(self, input: HandleQueryInput) -> Any:  # noqa: A002
        if not input.query.startswith(_OF_THE_ENGINE):
            token, case = said_in(input.headers, TOKEN), workflow.info().workflow_id
            try:
                with self.gate.passing(token, "read", input.query, case=case) as bearer:
                    refuse_beyond_walls(bearer, _case(), reads=True)
                    if input.query not in _TOLD_TO_ALL:
                        refuse_unless_open(bearer, _case())
            except PlazoError as no:
                return Refused(str(no))  # raised, the engine would keep back why
        return await super().handle_query(input)


class _FirstStep(WorkflowOutboundInterceptor):
    """Tells each step who began the case until one has gone well; and admission in any case."""

    told: Mapping[str, Payload] = {}
    verified = False

    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002
        return self._told(input, super().start_activity)

    def start_local_activity(self, input: StartLocalActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002
        return self._told(input, super().start_local_activity)

    def _told(
        self, step: Any, start: Callable[[Any], workflow.ActivityHandle[Any]]
    ) -> workflow.ActivityHandle[Any]:
        if self.verified and step.activity not in _ADMISSION:
            return start(step)
        step.headers = {**step.headers, **self.told}
        running = start(step)
        running.add_done_callback(self._gone_well)
        return running

    def _gone_well(self, step: Any) -> None:
        self.verified = self.verified or not (step.cancelled() or step.exception())


class _Steps(ActivityInboundInterceptor):
    """Look-ups, which somebody asks, and the first step of a case."""

    def __init__(self, following: ActivityInboundInterceptor, gate: Gate) -> None:
        super().__init__(following)
        self.gate = gate

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        info, token = activity.info(), said_in(input.headers, TOKEN)
        if info.activity_type == Login.exchange.__name__ and info.workflow_id is None:
            with _as_refusals():
                return await super().execute_activity(input)  # it finds out for itself who knocks
        if info.workflow_id is None:
            about = next(iter(cases_in(input.args)), None)
            glass = next((str(one.reason) for one in input.args if isinstance(one, GlassQuestion)), "")
            did: Did = "broke the glass" if glass else "asked"
            asking = self.gate.passing(token, did, info.activity_type, case=about, because=glass)
            with _as_refusals(), asking as bearer:
                refuse_unless_asked(bearer, info.activity_type, input.args)
            # for this activity alone, which has a context of its own
            ON_BEHALF_OF.set("" if bearer.is_system else token)
            WITHIN.set(bearer.walls)
            BEYOND.set(frozenset(bearer.beyond))
            WITHOUT.set(bearer.barred)
            READER.set(None if bearer.is_system else bearer.actor.id)
            ASKING.set(bearer)
            return await super().execute_activity(input)
        if BEGUN not in input.headers:
            return await super().execute_activity(input)
        with _as_refusals():
            bearer = self._beginner(token, input)
        done = await super().execute_activity(input)
        if info.activity_type == Archive.closed_case.__name__:
            with _as_refusals():
                refuse_beyond_plan(bearer, loads(done)["policy"]["plan"]["id"])
        return done

    def _beginner(self, token: str, step: ExecuteActivityInput) -> Bearer:
        """Who began the case of which this is the first step; their token counts as of then."""
        begun = _Begun.model_validate_json(said_in(step.headers, BEGUN))
        info, as_of = activity.info(), min(begun.at, datetime.now(UTC))
        with self.gate.passing(
            token, "began", info.workflow_type or "", case=info.workflow_id, as_of=as_of
        ) as bearer:
            refuse_unless_theirs(bearer, begun.by)
            if info.activity_type in _ONLY_BY_ITSELF and not bearer.is_system:
                raise Refused("identity: a case of that kind is begun by the system alone")
            for plan in plans_in(step.args):
                refuse_beyond_plan(bearer, plan)
        return bearer


def _case() -> Case | None:
    """The case of the workflow that runs here."""
    found: Case | None = getattr(workflow.instance(), "case", None)
    return found


@contextmanager
def _as_refusals() -> Iterator[None]:
    """A refusal as the engine hands it on; keys that cannot be read are no reason to lose a case."""
    try:
        yield
    except Refused as no:
        raise ApplicationError(str(no), type=Refused.__name__, non_retryable=True) from None
    except (Misuse, Unreachable) as fault:
        raise ApplicationError(str(fault), type=Unreachable.__name__) from None
