"""What is done to a case in the engine, and not by an act: it goes on under its number, and tells nothing twice."""

from datetime import timedelta

import pytest
from temporalio import activity
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import ResetReapplyType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.testing import ActivityEnvironment

from activities import in_hand
from activities.opening import Opening
from activities.ports.register import Register
from activities.post import LettersInHand
from activities.writing import lawful
from domain.desk.desk import Claim, Note, RecordCall
from domain.determination.decisions import Approve, Deny
from domain.dispute.acts import Resolve
from domain.parts.events import EventKind
from domain.parts.log import Log
from domain.terms.case_number import authorization_number, case_number
from domain.view.kinds import case_of
from tests.appealing import appeal
from tests.builders import a_request, at, criteria_of, meeting
from tests.disputes import a_filing
from tests.fakes import FakeRegister
from tests.world import NUMBERS, CaseSeen, eventually
from worker.adapters.live_cases import TemporalCases
from worker.going_on import go_on
from workflows.authorization import AuthorizationWorkflow
from workflows.kinds import WORKFLOWS

CLAUSE, *_ = criteria_of("72148")
DENIED = {"reason_id": "criteria_not_met", "criterion": CLAUSE}


async def test_a_port_that_writes_refuses_a_local_activity_and_answers_it_what_it_reads():
    register = lawful(FakeRegister(), Register)

    async def reads_and_writes() -> None:
        assert await register.remembered("PRE-2222-2222-2222") is None
        await register.write(None)

    here = ActivityEnvironment()
    here.info = activity.Info(**(vars(ActivityEnvironment.default_info()) | {"is_local": True}))
    with pytest.raises(RuntimeError, match="a local activity may only read"):
        await here.run(reads_and_writes)


async def test_a_case_whose_claim_was_kept_and_not_answered_is_no_older_case_of_its_own_number(plan):
    claim = plan.register.claim

    async def lost_on_the_way(claimed):
        await claim(claimed)
        plan.register.claim = claim
        raise ConnectionError("the worker was killed before it could answer")

    plan.register.claim = lost_on_the_way
    case = await plan.submit(a_request())

    assert (await case.sheet()).shown.stage == "nurse_review"
    assert len(plan.register.claims) == 2


@pytest.fixture
def nothing_in_hand(monkeypatch):
    """As in another worker than that of the case, or after a restart: each step asks the case."""
    monkeypatch.setattr(in_hand, "MOST", 0)


async def test_a_step_in_the_worker_of_its_case_asks_it_nothing(plan, monkeypatch):
    def asked(*_):
        raise AssertionError("what it needs lies in hand")

    for question in ("page", "letters", "word"):
        monkeypatch.setattr(TemporalCases, question, asked)
    case = await an_approved_case(plan)
    await case.sheet()

    assert len(plan.letters(case, "determination")) == 2
    began = (await case.handle.describe()).start_time
    assert plan.register.pages[case.number].position.run_started_at == began


async def test_what_was_laid_down_in_a_task_that_was_lost_is_not_what_the_step_is_about():
    lost = LettersInHand(notices=())
    in_hand.give("a run", "its digest", lost)

    assert in_hand.take(LettersInHand, "a run", "the digest in history") is None
    assert in_hand.take(LettersInHand, "another run", "its digest") is None
    assert in_hand.take(LettersInHand, "a run", "its digest") == lost
    assert in_hand.take(LettersInHand, "a run", "its digest") is None, "once"


async def test_what_the_register_was_told_in_a_task_that_was_lost_is_told_again(
    plan, monkeypatch, nothing_in_hand
):
    page, lost = TemporalCases.page, []

    async def in_a_task_that_was_lost(self, case, run, written):
        true = await page(self, case, run, written)
        if lost:
            return true
        lost.append(case)
        never = true.events[-1].model_copy(update={"words": "never happened"})
        events = (*true.events[:-1], never)
        return true.model_copy(update={"events": events})

    monkeypatch.setattr(TemporalCases, "page", in_a_task_that_was_lost)
    case = await plan.submit(a_request())
    await case.sheet()

    assert lost == [case.number]
    assert plan.register.events_of(case.number) == await case.events()


async def test_a_version_that_says_things_in_other_words_plays_the_histories_of_the_one_before(
    plan, replayer, monkeypatch
):
    case = await an_approved_case(plan)
    await case.sheet()
    history, record = await case.handle.fetch_history(), Log.record

    def in_other_words(log, kind, words, **facts):
        return record(log, kind, f"as we say now, {words}", **facts)

    monkeypatch.setattr(Log, "record", in_other_words)
    await replayer(*WORKFLOWS.values()).replay_workflow(history)


def taken_back(word):
    return None


def of_another_address(word):
    member = word.issued.request.member.model_copy(update={"address": "7 Calle Luna, Ponce, PR 00730"})
    request = word.issued.request.model_copy(update={"member": member})
    return word.model_copy(update={"issued": word.issued.model_copy(update={"request": request})})


@pytest.mark.parametrize("never_said", [taken_back, of_another_address])
async def test_what_an_authorization_would_be_told_in_a_task_that_was_lost_it_never_hears(
    plan, monkeypatch, nothing_in_hand, never_said
):
    word, lost = TemporalCases.word, []

    async def in_a_task_that_was_lost(self, case, run, number):
        true = await word(self, case, run, number)
        if lost:
            return true
        lost.append(number)
        return never_said(true)

    monkeypatch.setattr(TemporalCases, "word", in_a_task_that_was_lost)
    leave = await a_case_with_its_authorization(plan)

    assert lost == [leave.number]
    life = await leave.handle.query(AuthorizationWorkflow.authorization)
    assert life.request.member == a_request().member
    assert not await leave.events(EventKind.CORRECTED)


async def test_the_cancel_button_is_recorded_and_changes_nothing(plan, replayer):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    await case.handle.cancel()

    async def noticed() -> bool | None:
        return bool(await case.events(EventKind.CANCELLATION_ASKED)) or None

    await eventually(noticed)
    sheet = await case.sheet()
    assert [work.queue for work in sheet.shown.work] == ["nurse-review", "supervisor"]
    await case.does("rn-rivera", Claim)
    await case.let_pass(until=at("2037-03-10 10:00 AST"))
    assert await case.events(EventKind.BREACHED)
    await case.does("md-ortiz", Deny, **DENIED)
    await case.sheet()

    assert len(plan.letters(case, "determination")) == 2
    assert plan.register.events_of(case.number) == await case.events()
    await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_a_case_that_is_cancelled_before_it_was_admitted_is_admitted_all_the_same(plan):
    claim = plan.register.claim

    async def cancelled_meanwhile(claimed):
        plan.register.claim = claim
        await plan.client.get_workflow_handle(claimed.case).cancel()
        return await claim(claimed)

    plan.register.claim = cancelled_meanwhile
    case = await plan.submit(a_request())

    assert (await case.sheet()).shown.stage == "nurse_review"
    assert await case.events(EventKind.CANCELLATION_ASKED)


async def taken_up_again(plan, case) -> CaseSeen:
    """The case after somebody terminated it, and the doctor began it again."""
    run = (await case.handle.describe()).run_id
    await case.handle.terminate(reason="the wrong button")
    state = await plan.register.kept_case(case.number)
    with plan.env.with_time_skipping_disabled():
        await go_on(plan.client, plan.queue, case_of(case.number, state), run)
    again = CaseSeen(plan, plan.client.get_workflow_handle(case.number, result_type=str))
    await again.sheet()
    return again


async def test_a_terminated_case_goes_on_where_it_was_and_what_it_missed_is_kept(plan, replayer):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    await case.does("rn-rivera", Note, text="the office sends the study")
    before = (await case.sheet(), await case.events())[1]

    again = await taken_up_again(plan, case)

    events = await again.events()
    assert events[: len(before)] == before
    assert [event.kind for event in events[len(before) :]] == [EventKind.RUN_RESUMED]
    await again.let_pass(until=at("2037-03-10 10:00 AST"))
    assert await again.events(EventKind.BREACHED)
    await again.does("md-ortiz", Deny, **DENIED)
    await again.sheet()
    assert len(plan.letters(again, "determination")) == 2
    assert plan.register.events_of(case.number) == await again.events()
    await replayer(*WORKFLOWS.values()).replay_workflow(await again.handle.fetch_history())


async def an_approved_case(plan):
    return await plan.submit(a_request(documents=meeting("72148")))


async def a_case_with_its_authorization(plan):
    case = await an_approved_case(plan)
    number = authorization_number(case.number, 1)
    leave = CaseSeen(plan, plan.client.get_workflow_handle(number, result_type=str))
    await leave.sheet()
    return leave


async def an_appeal(plan):
    original = await plan.submit(a_request(received_at=at("2037-02-09 09:00 AST")))
    await original.does("md-ortiz", Deny, **DENIED)
    await original.sheet()
    return await appeal(plan, original, at("2037-03-02 09:00 AST"))


async def a_dispute(plan):
    case = await plan.dispute(a_filing())
    await case.does("da-torres", Resolve, line=1, outcome="overturned", reason_id="units_miscounted")
    await case.sheet()
    return case


@pytest.mark.parametrize("story", [an_approved_case, a_case_with_its_authorization, an_appeal, a_dispute])
async def test_a_case_of_any_kind_that_is_terminated_goes_on_and_nothing_is_sent_or_paid_twice(
    plan, replayer, story
):
    case = await story(plan)
    letters, paid = len(plan.post.sent), len(plan.payables.instructed)
    before = await case.events()

    again = await taken_up_again(plan, case)

    events = await again.events()
    assert events[: len(before)] == before
    assert [event.kind for event in events[len(before) :]] == [EventKind.RUN_RESUMED]
    assert (len(plan.post.sent), len(plan.payables.instructed)) == (letters, paid)
    await replayer(*WORKFLOWS.values()).replay_workflow(await again.handle.fetch_history())


async def test_letters_that_were_on_their_way_leave_once_when_the_case_goes_on(plan):
    case = await plan.submit(a_request())
    plan.post.down = True
    await case.does("rn-rivera", Approve)

    async def written() -> bool | None:
        return len(plan.register.events_of(case.number)) == len(await case.events()) or None

    await eventually(written)
    plan.post.down = False

    again = await taken_up_again(plan, case)

    assert len(plan.letters(again, "determination")) == 2
    for who in ("member", "provider"):
        await again.does("ic-santos", RecordCall, to=who, reached=True)
    assert await again.closed_as() == "certified in total"


async def test_a_case_that_was_ended_hears_of_its_like_once_it_is_taken_up(plan):
    request = a_request(received_at=at("2037-03-02 10:00 AST"))
    first = await plan.submit(request)
    await first.sheet()
    run = (await first.handle.describe()).run_id
    await first.handle.terminate(reason="the wrong button")
    later = request.model_copy(update={"received_at": at("2037-03-02 11:00 AST")})
    number = case_number("PRE", NUMBERS.pop())
    second = await plan.open(
        "precertification", Opening(number=number, request=later), number, later.received_at
    )

    state = await plan.register.kept_case(first.number)
    with plan.env.with_time_skipping_disabled():
        await go_on(plan.client, plan.queue, case_of(first.number, state), run)
    again = CaseSeen(plan, plan.client.get_workflow_handle(first.number, result_type=str))

    async def named() -> bool | None:
        return any(second.number in warning for warning in (await again.sheet()).warnings) or None

    await eventually(named)


async def test_the_register_follows_a_case_that_was_reset(plan):
    case = await plan.submit(a_request(received_at=at("2037-03-02 10:00 AST")))
    before = await case.handle.fetch_history()
    await case.does("rn-rivera", Approve)
    await case.sheet()
    undone = await case.events()
    finished = [
        event.event_id
        for event in before.events
        if event.HasField("workflow_task_completed_event_attributes")
    ]
    request = ResetWorkflowExecutionRequest(
        namespace=plan.client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=case.number),
        reason="an operator resets it",
        request_id="reset",
        workflow_task_finish_event_id=finished[-1],
        reset_reapply_type=ResetReapplyType.RESET_REAPPLY_TYPE_NONE,
    )
    await plan.client.workflow_service.reset_workflow_execution(request)
    again = CaseSeen(plan, plan.client.get_workflow_handle(case.number, result_type=str))
    await again.does("rn-colon", Claim)
    sheet = await again.sheet()

    assert not any(event.kind is EventKind.DETERMINED for event in plan.register.events_of(case.number))
    assert plan.register.events_of(case.number) == await again.events() != undone
    assert sheet.shown.stage == "nurse_review"
    await again.let_pass(timedelta(minutes=1))
