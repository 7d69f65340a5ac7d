"""Each step that touches the world, with the machine's patience for it. Policy time never stands here.

A short look is tried twice on the spot, which costs one history event; if the world is away, it becomes an ordinary
activity that waits for it, and the history stays flat however long that takes. Whatever writes is an ordinary
activity from the first: the task that schedules it makes durable what it is about. Its input names things by their
numbers and keys.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from textwrap import shorten
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import Priority, RetryPolicy
from temporalio.exceptions import ActivityError, FailureError
from temporalio.types import MethodAsyncSingleParam

from activities import in_hand
from activities.admission import Admission, Admitted, Application, Newcomer
from activities.appeals import Appeals, ToldOfAppeal
from activities.archive import Archive, LeftBehind, PageDue
from activities.authorizations import Authorizations, ToldOfEnding, ToldOfMore, ToldToGiveWay, WordDue
from activities.disputes import Disputes, PaymentDue, PriceAnswer, PriceQuestion, Proof
from activities.evidence import (
    CoverageQuestion,
    CriteriaAnswer,
    CriteriaQuestion,
    Evidence,
    NetworkAnswer,
    NetworkQuestion,
)
from activities.grievances import Grievances, ToldOfGrievance
from activities.heartbeat import MISSED_AFTER
from activities.likenesses import CameAgain, Joined, Likenesses, ToldOfLike
from activities.post import LettersInHand, MailBag, Post
from domain.appeal.appealed import AppealedDetermination
from domain.appeal.linking import AppealOpened
from domain.authorization.authorization import LiveAuthorization
from domain.authorization.linking import Word
from domain.authorization.state import Use
from domain.case.acts import Act
from domain.case.sending import Sending
from domain.dispute.standing import Standing, StandingQuestion
from domain.request.determination import Authorization
from domain.request.line import Coverage
from domain.terms.frozen import Frozen, digest_of
from domain.terms.notice import Notice
from domain.terms.people import SYSTEM
from domain.view.page import BEGINNING, Page, Written
from workflows.running import priorities

Asked = TypeVar("Asked")
Given = TypeVar("Given")

SUMMARY = 120  # signs; sealed, they stay below the 400 bytes that the engine takes
OURS_TO_MEND = ["Misuse"]  # no waiting makes a malformed request a good one
TWICE = RetryPolicy(
    maximum_attempts=2,
    initial_interval=timedelta(milliseconds=50),
    non_retryable_error_types=OURS_TO_MEND,
)
WITHOUT_END = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(seconds=5),
    non_retryable_error_types=OURS_TO_MEND,
)
A_FEW_TIMES = RetryPolicy(
    maximum_attempts=3,
    initial_interval=timedelta(seconds=1),
    non_retryable_error_types=OURS_TO_MEND,
)


def in_short(words: Iterable[str]) -> str:
    """Several things in one summary, as long as the engine takes it."""
    return shorten("; ".join(words), SUMMARY, placeholder=" ...")


def on_the_spot(summary: str) -> workflow.LocalActivityConfig:
    """Two quick attempts that cost one event: for what reads, and nothing else."""
    patience = timedelta(seconds=2)
    return workflow.LocalActivityConfig(start_to_close_timeout=patience, retry_policy=TWICE, summary=summary)


def until_it_works(summary: str, patience: timedelta = timedelta(seconds=20)) -> workflow.ActivityConfig:
    """As many attempts as it takes, each `patience` long. A worker that was lost is missed within seconds."""
    return workflow.ActivityConfig(
        start_to_close_timeout=patience,
        heartbeat_timeout=MISSED_AFTER,
        retry_policy=WITHOUT_END,
        summary=summary,
    )


async def read(
    step: MethodAsyncSingleParam[Any, Asked, Given],
    asked: Asked,
    summary: str,
    meanwhile: Callable[[], None] | None = None,
) -> Given:
    """Look something up now, or when the world is back; `meanwhile` is called if that takes waiting."""
    try:
        return await workflow.execute_local_activity_method(step, asked, **on_the_spot(summary))
    except FailureError:
        # A local activity that runs out of attempts raises its bare cause, which would fail the case.
        if meanwhile:
            meanwhile()
        return await durably(step, asked, summary)


async def durably(
    step: MethodAsyncSingleParam[Any, Asked, Given],
    asked: Asked,
    summary: str,
    priority: Priority = Priority.default,
) -> Given:
    """Reach out once this task is history, as often as it takes: the only way to change something outside."""
    config = until_it_works(summary)
    config["priority"] = priority
    return await workflow.execute_activity_method(step, asked, **config)


async def admit(application: Application) -> Admitted:
    named = application.model_copy(update={"first_run": workflow.info().first_execution_run_id})
    return await durably(
        Admission.admit, named, "Claim the case number and take the policy", priorities.WAITED_FOR
    )


async def meet(application: Application, linked: Collection[str]) -> Admitted:
    first_run = workflow.info().first_execution_run_id
    newcomer = Newcomer(**dict(application) | {"first_run": first_run, "linked": tuple(linked)})
    return await durably(
        Admission.meet, newcomer, "Claim the case number, if it is no open case's", priorities.WAITED_FOR
    )


async def join(cases: tuple[str, ...], again: Act[Any]) -> Joined | None:
    """A case that does not answer in time is not waited for: what came in has a clock of its own."""
    came = CameAgain(cases=cases, act=type(again).__name__, says=again.model_dump(mode="json"))
    try:
        return await workflow.execute_activity_method(
            Likenesses.join,
            came,
            schedule_to_close_timeout=timedelta(seconds=20),
            start_to_close_timeout=timedelta(seconds=8),
            summary="Tell the open case that the same came again",
            priority=priorities.WAITED_FOR,
        )
    except ActivityError:
        return None


async def policy_of(application: Application) -> Admitted:
    return await read(Admission.policy_of, application, "Take the policy of another line of business")


async def check_coverage(question: CoverageQuestion, meanwhile: Callable[[], None]) -> Coverage:
    return await read(Evidence.check_coverage, question, "Ask the directory about coverage", meanwhile)


async def find_network(question: NetworkQuestion, meanwhile: Callable[[], None]) -> NetworkAnswer:
    return await read(Evidence.find_network, question, "Ask the directory about the network", meanwhile)


async def check_criteria(question: CriteriaQuestion, meanwhile: Callable[[], None]) -> CriteriaAnswer:
    return await read(Evidence.check_criteria, question, "Check the criteria", meanwhile)


def hand_over(value: Frozen, digest: str) -> str:
    """Lay down in this worker what a step is about, under its digest, which the step is told."""
    if not workflow.unsafe.is_replaying():
        in_hand.give(workflow.info().run_id, digest, value)
    return digest


async def write_page(page: Page) -> Written:
    """Its summary says who did what: for an update, the engine keeps none."""
    told = in_short(f"{event.by.partition(',')[0]}: {event.words}" for event in page.events)
    written = page.last_sequence - len(page.events)
    digest = digest_of(page.events)
    if page.position.run_started_at != BEGINNING:
        hand_over(page, digest)
    due = PageDue(case=page.case, written=written, last=page.last_sequence, digest=digest)
    by_itself = all(event.by_id == SYSTEM.id for event in page.events)
    return await durably(
        Archive.write_page, due, told, priorities.BY_ITSELF if by_itself else Priority.default
    )


async def closed_case(number: str) -> str:
    return await read(Archive.closed_case, number, "Take up a case that was closed")


async def left_behind(number: str, run: str) -> str:
    left = LeftBehind(case=number, run=run)
    return await read(Archive.left_behind, left, "Take up a case that was ended from outside")


async def send_notices(case: str, owed: tuple[Notice, ...], *, at_first: bool) -> tuple[Sending, ...]:
    """Cancelled, it waits for the try that is on its way, which says what left. At first it gives up soon."""
    named = in_short(f"{one.kind.text} to the {one.recipient.text}" for one in owed)
    config = until_it_works(f"Send {named}", timedelta(minutes=2))
    if at_first:
        config["retry_policy"] = A_FEW_TIMES
    config["cancellation_type"] = workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
    keys, digest = tuple(one.key for one in owed), digest_of(owed)
    bag = MailBag(case=case, keys=keys, digest=hand_over(LettersInHand(notices=owed), digest))
    return await workflow.execute_activity_method(Post.send_notices, bag, **config)


async def what_left(notices: tuple[Notice, ...]) -> tuple[Sending, ...]:
    return await read(Post.what_left, LettersInHand(notices=notices), "Ask what left before it was kept back")


async def check_standing(question: StandingQuestion, meanwhile: Callable[[], None]) -> Standing:
    return await read(Disputes.check_standing, question, "Ask the directory whose claim it was", meanwhile)


async def price_lines(question: PriceQuestion, meanwhile: Callable[[], None]) -> PriceAnswer:
    return await read(Disputes.price_lines, question, "Look up what Original Medicare pays", meanwhile)


async def instruct_payment(case: str, key: str) -> Proof:
    due = PaymentDue(case=case, key=key)
    return await durably(Disputes.instruct_payment, due, "Write an instruction to pay")


async def keep_authorization(case: str, word: Word) -> Authorization | None:
    due = WordDue(case=case, number=word.issued.number, digest=hand_over(word, word.digest))
    return await durably(Authorizations.keep_authorization, due, "Tell an authorization how it stands")


async def kept_authorization(number: str) -> LiveAuthorization | None:
    return await read(Authorizations.kept_authorization, number, "Look whether it was closed before")


async def tell_of_ending(told: ToldOfEnding) -> bool:
    return await durably(Authorizations.tell_of_ending, told, "Tell the case that issued it how it ended")


async def go_on_from(told: ToldOfMore) -> bool:
    return await durably(Authorizations.go_on_from, told, "Tell the one that it goes on from")


async def take_the_place_of(told: ToldToGiveWay) -> tuple[Use, ...]:
    return await durably(Authorizations.take_the_place_of, told, "Take the place of another")


async def tell_of_like(told: ToldOfLike) -> bool:
    return await workflow.execute_activity_method(
        Likenesses.tell_of_like, told, **until_it_works("Tell a case that another looks like it")
    )


async def appealed(case: str) -> AppealedDetermination:
    return await read(Appeals.appealed, case, "Ask what was decided in the first place")


async def tell_of_appeal(case: str, act: AppealOpened) -> bool:
    told = ToldOfAppeal(case=case, act=act)
    return await durably(Appeals.tell_of_appeal, told, "Tell the case that it is appealed")


async def involved(case: str) -> frozenset[str]:
    return (await read(Grievances.involved, case, "Ask who had a part in what it is about")).people


async def tell_of_grievance(told: ToldOfGrievance) -> bool:
    return await durably(Grievances.tell_of_grievance, told, "Tell the case that it is complained of")


async def tell_of_care(told: ToldOfGrievance) -> bool:
    return await durably(
        Grievances.tell_of_grievance, told, "Tell the case that care management came out of it"
    )
