"""Stories of appeals: what was decided against somebody, or never decided, looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from activities.appeals import Appeals
from client.appeal.appeals import open_appeal
from client.reach.cases import Cases
from config.sealing.keyring import KeyRing
from domain.appeal.acts import AcceptCause, DismissAppeal, ReceiveForm, RecordReview, StateCause
from domain.appeal.deciding import DecideAppeal
from domain.desk.desk import RecordCall, Withdraw
from domain.determination.decisions import Deny
from domain.parts.events import EventKind
from domain.terms.people import SYSTEM
from domain.terms.refusals import Refused
from tests.appealing import NIECE, NOT_MET, a_denial, an_appeal, appeal
from tests.builders import a_request, at, staff
from tests.world import eventually, kinds
from workflows.kinds import WORKFLOWS


async def clock_of(case, name):
    [clock] = [one for one in (await case.explanation()).clocks if one.clock == name]
    return clock


async def called(case):
    for who in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=who, reached=True)


async def test_an_upheld_denial_goes_to_the_independent_reviewer_by_itself_and_its_reversal_is_followed(plan):
    original = await a_denial(plan)
    await original.let_pass(until=at("2037-04-15 23:41 AST"))
    case = await appeal(plan, original, at("2037-04-15 23:40 AST"))

    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.status.code) == ("appeal_review", "A4")
    assert sheet.shown.due_at == at("2037-05-15 23:59:59 AST")
    assert sheet.shown.linked == (original.number,)
    assert (await original.sheet()).shown.linked == (case.number,)
    assert await original.closed_as() == "appealed"

    await case.let_pass(until=at("2037-05-12 10:00 AST"))
    await case.does("md-vega", DecideAppeal, answer="upheld")
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A5", "independent_review")
    [file] = plan.letters(case, "appeal_file")
    assert file.recipient.value == "independent_reviewer"
    forwarding = await clock_of(case, "forwarding line 1")
    assert forwarding.due_at == at("2037-05-15 23:59:59 AST")
    assert forwarding.satisfied_at is not None
    await called(case)

    await case.let_pass(until=at("2037-06-08 14:30 AST"))
    await case.does("ap-soto", RecordReview, outcome="overturned", at=at("2037-06-08 14:00 AST"))
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A1"
    assert sheet.shown.lines[0].authorization.number.startswith("AUT-")
    effect = await clock_of(case, "review's effectuation line 1")
    assert effect.due_at == at("2037-06-11 14:00 AST")
    assert effect.satisfied_at is not None
    assert len(plan.letters(case, "appeal_reviewed")) == 2
    assert await case.closed_as() == "overturned after the plan's own level"


async def test_the_plans_own_reversal_is_authorized_with_its_letter_and_tells_both_ways_whose_appeal_it_was(
    plan,
):
    original = await a_denial(plan)
    case = await appeal(plan, original, at("2037-03-02 09:00 AST"), urgency="expedited")
    assert (await case.sheet()).shown.due_at == at("2037-03-05 09:00 AST")
    for who, because in (("md-ortiz", "had a part"), ("rn-rivera", "may not decide an appeal")):
        assert because in await case.is_refused(who, DecideAppeal, answer="overturned")

    await case.let_pass(until=at("2037-03-05 08:00 AST"))
    await case.does("md-vega", DecideAppeal, answer="overturned")
    await called(case)

    effect = await clock_of(case, "effectuation line 1")
    assert effect.due_at == at("2037-03-05 09:00 AST")
    assert effect.satisfied_at is not None
    await case.sheet()
    member, _ = plan.letters(case, "appeal_decision")
    assert member.facts["lines"][0]["number"].startswith("AUT-")
    assert await case.closed_as() == "overturned"
    for one, other in ((case, original), (original, case)):
        [link] = await one.events(EventKind.LINKED)
        assert other.number in link.words


async def test_a_missed_deadline_sends_the_file_to_the_reviewer_or_exhausts_the_plans_process(
    plan,
):
    classicare, life = await a_denial(plan), await a_denial(plan, plan="mcs-life")
    forwarded = await appeal(plan, classicare, at("2037-03-02 09:00 AST"))
    exhausted = await appeal(plan, life, at("2037-03-02 09:00 AST"))
    for case in (forwarded, exhausted):
        await case.let_pass(until=at("2037-04-02 00:00:30 AST"))

    sheet = await forwarded.sheet()
    assert (sheet.shown.stage, sheet.shown.lines[0].outcome) == ("independent_review", None)
    assert len(plan.letters(forwarded, "appeal_file")) == 1
    assert (await clock_of(forwarded, "forwarding line 1")).due_at == at("2037-04-02 23:59:59 AST")

    sheet = await exhausted.sheet()
    assert (sheet.shown.stage, sheet.shown.lines[0].outcome) == ("appeal_review", None)
    member, _ = plan.letters(exhausted, "appeal_late")
    assert "external review now" in member.facts["rights"]
    assert (await clock_of(exhausted, "next level")).due_at is None
    for case in (forwarded, exhausted):
        [breach] = await case.events(EventKind.BREACHED)
        assert breach.at == at("2037-04-02 00:00:00 AST")


async def test_silence_is_appealed_127_days_later_and_the_answer_is_owed_in_the_appeal(plan):
    original = await plan.submit(a_request(received_at=at("2037-04-20 10:00 AST")))
    await original.let_pass(until=at("2037-09-01 10:00 AST"))
    case = await appeal(plan, original, at("2037-09-01 10:00 AST"))

    assert (await case.sheet()).shown.stage == "appeal_review"
    assert await original.closed_as() == "appealed"
    assert len(await original.events(EventKind.CLOSED)) == 1


async def test_a_late_appeal_of_a_closed_case_is_received_and_heard_for_good_cause(plan):
    original = await a_denial(plan)
    await original.let_pass(until=at("2037-05-01 09:00 AST"))
    assert await original.closed_as() == "appeal window ended"

    case = await appeal(plan, original, at("2037-05-04 09:00 AST"))
    sheet = await case.sheet()
    assert sheet.shown.stage == "good_cause"
    member, _ = plan.letters(case, "appeal_cause_asked")
    assert (member.facts["ended"], member.facts["until"]) == ("2037-04-15", "2037-05-18")

    await case.let_pass(until=at("2037-05-10 09:00 AST"))
    await case.does("ic-santos", StateCause, words="The letter went to my old address.")
    await case.let_pass(timedelta(days=2))
    assert "may not decide good cause" in await case.is_refused("md-vega", AcceptCause)
    await case.does("ap-soto", AcceptCause)
    assert (await case.sheet()).shown.due_at == at("2037-06-09 23:59:59 AST")
    [link] = await case.events(EventKind.LINKED)
    assert "had closed" in link.words
    seen = Cases(plan.client, plan.queue)

    async def told_of_it():  # visibility follows a little later
        return case.number in (await seen.sheet(original.number)).shown.linked or None

    await eventually(told_of_it)
    assert case.number in (await seen.timeline(original.number)).events[-1].words


async def test_a_niece_without_a_form_waits_and_is_dismissed_by_a_person_and_never_by_a_timer(plan):
    original = await a_denial(plan, "2037-02-20")
    waiting = await appeal(plan, original, at("2037-04-01 10:00 AST"), **NIECE)
    assert (await waiting.sheet()).shown.stage == "awaiting_form"
    assert len(plan.letters(waiting, "appeal_form_asked")) == 3
    await waiting.let_pass(until=at("2037-04-24 10:00 AST"))
    await waiting.does("ic-santos", ReceiveForm)
    assert (await waiting.sheet()).shown.due_at == at("2037-05-24 23:59:59 AST")

    other = await a_denial(plan, "2037-02-20")
    case = await appeal(plan, other, at("2037-04-01 10:00 AST"), **NIECE)
    await case.let_pass(until=at("2037-06-01 09:00 AST"))
    sheet = await case.sheet()
    assert (sheet.shown.stage, [work.queue for work in sheet.shown.work]) == ("awaiting_form", ["appeals"])
    await case.does("ap-soto", DismissAppeal, ground="no_standing")
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("CT", "next_level")
    await case.let_pass(until=at("2037-12-02 00:00:05 AST"))
    assert await case.closed_as() == "dismissed"


async def test_the_same_appeal_sent_twice_is_one_case_and_a_second_one_at_this_level_is_refused(plan):
    original = await a_denial(plan)
    cases, ring = Cases(plan.client, plan.queue), KeyRing.generate()

    async def opened(received_at):
        asked = an_appeal(original.number, received_at)
        first = await cases.ask(Appeals.appealed, original.number)
        return await open_appeal(cases, ring, asked, first, SYSTEM)

    first = await opened(at("2037-03-02 09:00 AST"))
    again = await opened(at("2037-03-02 09:00 AST"))
    assert (first.created, again.created, first.case) == (True, False, again.case)
    assert first.sheet.shown.received_at == at("2037-03-02 09:00 AST"), "carried to a receipt that lies ahead"

    handle = plan.client.get_workflow_handle(first.case)
    await handle.execute_update("decide_appeal", DecideAppeal(actor=staff("md-vega"), answer="upheld"))
    with pytest.raises(Refused, match="appealed already as APP-"):
        await opened(at("2037-03-20 09:00 AST"))


async def test_an_appeal_costs_little_until_it_is_received_and_little_more_to_decide_and_forward(plan):
    today = datetime.now(UTC).replace(microsecond=0)
    original = await plan.submit(a_request(received_at=today, from_day=f"{today:%Y-%m-%d}"))
    await original.does("md-ortiz", Deny, **NOT_MET)
    await original.sheet()
    before = await original.length()
    case = await appeal(plan, original, datetime.now(UTC).replace(microsecond=0))
    received = await case.length()
    await original.sheet()
    linked = await original.length() - before
    await case.does("md-vega", DecideAppeal, answer="upheld")
    await case.sheet()
    decided = await case.length() - received

    print(f"received: {received} events, linked: {linked}, upheld and forwarded: {decided}")
    assert received <= 46, await kinds(case)
    assert linked <= 14, await kinds(original)
    assert decided <= 30, await kinds(case)


async def test_every_kind_of_appeal_replays(plan, replayer):
    original = await a_denial(plan)
    upheld = await appeal(plan, original, at("2037-03-02 09:00 AST"))
    await upheld.does("md-vega", DecideAppeal, answer="upheld")
    late = await appeal(plan, await a_denial(plan), at("2037-05-04 09:00 AST"), **NIECE)
    await late.does("ic-santos", ReceiveForm)
    await late.does("ap-soto", DismissAppeal, ground="untimely")
    withdrawn = await appeal(plan, await a_denial(plan), at("2037-03-02 09:00 AST"))
    await withdrawn.does("ic-santos", Withdraw)
    assert await withdrawn.closed_as() == "withdrawn"

    for case in (original, upheld, late, withdrawn):
        await case.sheet()
        await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())
