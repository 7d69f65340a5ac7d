"""The guard of the worker: nobody acts, asks or opens a case without a token that counts, and none replays.

An act is verified by its update's validator, a question when it is asked, a look-up where it runs. A start is
verified by the case's first step, as of the instant at which it was sent: that step's answer is in history, so code
that replays meets no key, and a key may be retired. The step is told the token, and in whose name the case begins.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
from activities.look_ups import LOOK_UPS
from config.identity import ON_BEHALF_OF
from config.token_header import SECOND, TOKEN, header, said_in
from config.tokens import Bearer, Verifier
from domain.case.authority import require
from domain.case.case import Case
from domain.terms.frozen import Frozen
from domain.terms.people import Actor
from domain.terms.refusals import Misuse, Refused, Unreachable
from domain.terms.walls import WITHIN
from workflows.casework import Casework

BEGUN = "plazo-begun"
_OF_THE_ENGINE = "__"  # questions of the Web UI that tell nothing of a case but what is sealed
_ONLY_BY_ITSELF = {Archive.left_behind.__name__, Authorizations.kept_authorization.__name__}
"""First steps of cases that only the system begins."""


class _Begun(Frozen):
    """When a case was begun, and in whose name."""

    at: AwareDatetime
    by: tuple[Actor, ...]


class Guard(Interceptor):
    """Verifies on the worker."""

    def __init__(self, verifier: Verifier) -> None:
        self.verifier = verifier

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _Steps(next, self.verifier)

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002
    ) -> type[WorkflowInboundInterceptor]:
        class Guarded(_Cases):
            verifier = self.verifier

        return Guarded


class _Cases(WorkflowInboundInterceptor):
    """Acts and questions."""

    verifier: ClassVar[Verifier]

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        self.first_step = _FirstStep(outbound)
        super().init(self.first_step)

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002
        if not isinstance(workflow.instance(), Casework):
            return await super().execute_workflow(input)  # supervision: a schedule begins it, and it is no case
        begun = _Begun(at=workflow.info().start_time, by=tuple(_named_in(input.args)))
        self.first_step.told = {
            **header(TOKEN, said_in(input.headers, TOKEN)),
            **header(BEGUN, begun.model_dump_json()),
        }
        return await super().execute_workflow(input)

    def handle_update_validator(self, input: HandleUpdateInput) -> None:  # noqa: A002
        with _as_refusals(), _as_on_the_host():
            now = datetime.now(UTC)
            bearer = self.verifier.verify(said_in(input.headers, TOKEN), now)
            for act in input.args:
                _refuse_unless_theirs(bearer, _named_in((act,)))
                if (second := getattr(act, "confirmed_by", None)) and not bearer.is_system:
                    confirming = self.verifier.verify(said_in(input.headers, SECOND), now)
                    _refuse_unless_theirs(confirming, (second,))
            _refuse_beyond_walls(bearer, _case())
        super().handle_update_validator(input)

    async def handle_query(self, input: HandleQueryInput) -> Any:  # noqa: A002
        if not input.query.startswith(_OF_THE_ENGINE):
            try:
                with _as_on_the_host():
                    bearer = self.verifier.verify(said_in(input.headers, TOKEN), datetime.now(UTC))
                _refuse_beyond_walls(bearer, _case())
            except Refused as no:
                return no  # raised, the engine would keep back why
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
        if self.verified and step.activity != Admission.admit.__name__:
            return start(step)
        step.headers = {**step.headers, **self.told}
        running = start(step)
        running.add_done_callback(self._gone_well)
        return running

    def _gone_well(self, step: Any) -> None:
        self.verified = self.verified or not (step.cancelled() or step.exception())


class _Steps(ActivityInboundInterceptor):
    """Look-ups, which somebody asks, and the first step of a case."""

    def __init__(self, following: ActivityInboundInterceptor, verifier: Verifier) -> None:
        super().__init__(following)
        self.verifier = verifier

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        info, token = activity.info(), said_in(input.headers, TOKEN)
        if info.workflow_id is None:
            with _as_refusals():
                bearer = self.verifier.verify(token, datetime.now(UTC))
                if info.activity_type not in LOOK_UPS:
                    raise Refused("identity: nobody asks for that but a case itself")
                require(bearer.actor, LOOK_UPS[info.activity_type])
                _refuse_unless_theirs(bearer, _named_in(input.args))
                for plan in _plans_in(input.args):
                    _refuse_beyond_plan(bearer, plan)
            ON_BEHALF_OF.set(
                "" if bearer.is_system else token
            )  # for this activity, which has a context of its own
            WITHIN.set(bearer.walls)
            return await super().execute_activity(input)
        if BEGUN not in input.headers:
            return await super().execute_activity(input)
        with _as_refusals():
            bearer = self._beginner(token, input)
        done = await super().execute_activity(input)
        if info.activity_type == Archive.closed_case.__name__:
            with _as_refusals():
                _refuse_beyond_plan(bearer, loads(done)["policy"]["plan"]["id"])
        return done

    def _beginner(self, token: str, step: ExecuteActivityInput) -> Bearer:
        """Who began the case of which this is the first step; their token counts as of then."""
        begun = _Begun.model_validate_json(said_in(step.headers, BEGUN))
        bearer = self.verifier.verify(token, min(begun.at, datetime.now(UTC)))
        _refuse_unless_theirs(bearer, begun.by)
        if activity.info().activity_type in _ONLY_BY_ITSELF and not bearer.is_system:
            raise Refused("identity: a case of that kind is begun by the system alone")
        for plan in _plans_in(step.args):
            _refuse_beyond_plan(bearer, plan)
        return bearer


def _named_in(arguments: Iterable[Any]) -> Iterator[Actor]:
    """In whose name something is said, asked or begun."""
    for one in arguments:
        taken_up = getattr(one, "taken_up", None)
        for holder in (one, getattr(one, "act", None), getattr(taken_up, "act", None)):
            for field in ("actor", "asker", "keyed_by"):
                if isinstance(actor := getattr(holder, field, None), Actor):
                    yield actor


def _plans_in(arguments: Iterable[Any]) -> Iterator[str]:
    """The plans that something asked for is about, where it names them itself."""
    for one in arguments:
        for holder in (one, getattr(one, "request", None), getattr(one, "filing", None)):
            if isinstance(plan := getattr(holder, "plan", None), str):
                yield plan


def _refuse_unless_theirs(bearer: Bearer, actors: Iterable[Actor]) -> None:
    """Nobody speaks for another; the system hands on what people said to it."""
    for actor in actors:
        if not bearer.is_system and actor != bearer.actor:
            raise Refused(f"identity: the token is that of {bearer.actor.id}, who may not act as {actor.id}")


def _refuse_beyond_walls(bearer: Bearer, case: Case | None) -> None:
    if case is None:
        return  # nothing is known of it, and it hears nothing
    if case.member in bearer.barred:
        raise Refused(
            f"{bearer.actor.name} keeps out of cases of their own and of their family", "plan policy"
        )
    _refuse_beyond_plan(bearer, case.policy.plan.id)


def _refuse_beyond_plan(bearer: Bearer, plan: str) -> None:
    if bearer.walls is not None and plan not in bearer.walls:
        raise Refused(f"{bearer.actor.name} does not work for the plan of this case", "plans are walls")


def _case() -> Case | None:
    """The case of the workflow that runs here."""
    found: Case | None = getattr(workflow.instance(), "case", None)
    return found


@contextmanager
def _as_on_the_host() -> Iterator[None]:
    """Out of the sandbox: what is verified here neither replays nor belongs to one case."""
    with workflow.unsafe.sandbox_unrestricted(), workflow.unsafe.imports_passed_through():
        yield


@contextmanager
def _as_refusals() -> Iterator[None]:
    """A refusal as the engine hands it on; keys that cannot be read are no reason to lose a case."""
    try:
        yield
    except Refused as no:
        raise ApplicationError(str(no), type=Refused.__name__, non_retryable=True) from None
    except Misuse as fault:
        raise ApplicationError(str(fault), type=Unreachable.__name__) from None
