"""Every receipt counts: the very same is one case for ever, what comes again is heard, another is flagged."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from activities.opening import Opening
from client.reach.cases import Cases
from domain.desk.desk import RecordCall
from domain.desk.likeness import TellApart
from domain.determination.decisions import Deny
from domain.parts.events import EventKind
from domain.terms.case_number import case_number
from domain.terms.refusals import Refused, Unreachable
from tests.appealing import NOT_MET
from tests.builders import COMPLETE, a_document, a_request, at, criteria_facts, meeting
from tests.counter import brings, flagged_for, opens, seen
from tests.world import NUMBERS, eventually
from worker.adapters.live_cases import TemporalCases
from workflows.precertification import PrecertificationWorkflow

MONDAY = at("2037-03-02 18:41 AST")
WEDNESDAY = at("2037-03-04 09:00 AST")


async def test_of_ten_that_send_the_very_same_at_once_one_opens_the_case_and_it_stays_that_case_when_closed(
    plan,
):
    request = a_request(reference="4471", documents=meeting("72148"))

    with plan.env.with_time_skipping_disabled():  # for all of them: each would end that for the others
        opened = await asyncio.gather(*(brings(plan, request) for _ in range(10)))

    assert len({one.case for one in opened}) == 1
    assert sorted(one.created for one in opened) == [False] * 9 + [True]
    case = seen(plan, opened[0].case)
    [received] = await case.events(EventKind.RECEIVED)
    assert received.by_id == "ic-santos", "who keyed it is recorded"
    for whom in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=whom, reached=True)
    await case.closed_as()
    before = await case.length()
    again = await brings(plan, request)
    assert (again.case, again.created, again.said, again.look_at) == (case.number, False, None, ())
    assert await case.length() == before


async def test_a_request_whose_run_was_ended_before_it_was_admitted_is_received_when_it_is_sent_again(plan):
    plan.register.down = True
    today = datetime.now(UTC).replace(microsecond=0)
    request = a_request(received_at=today, from_day=f"{today:%Y-%m-%d}")
    received = await brings(plan, request)
    number = received.case
    assert received.what_happened == "was received and its clock runs; it is being admitted"
    assert (received.created, received.sheet, received.look_at) == (True, None, ())
    await plan.client.get_workflow_handle(number).terminate(reason="the wrong button")
    plan.register.down = False

    opened = await brings(plan, request)

    assert (opened.case, opened.created) == (number, True)
    assert (await seen(plan, number).sheet()).shown.stage == "nurse_review"


async def test_what_came_again_while_the_register_was_away_is_taken_by_its_case_once_it_is_back(plan):
    case = await opens(plan, a_request(reference="4471", received_at=MONDAY))
    await case.let_pass(until=WEDNESDAY)
    plan.register.down = True
    number = case_number("PRE", NUMBERS.pop())
    again = a_request(reference="4471", received_at=WEDNESDAY)
    opening = Opening(number=number, request=again, may_join=True)
    with plan.env.with_time_skipping_disabled():
        run = await plan.client.start_workflow(
            PrecertificationWorkflow.run, opening, id=number, task_queue=plan.queue
        )
    await eventually(lambda: asyncio.sleep(0, plan.register.refusals or None))
    plan.register.down = False

    assert await run.result() == f"it is {case.number}, which took note of it"
    assert [one.at for one in await case.events(EventKind.RECEIVED_AGAIN)] == [WEDNESDAY]
    with pytest.raises(Refused, match=f"{run.id} is no case of its own: {case.number} took note of what"):
        await Cases(plan.client, plan.queue).sheet(run.id)


async def test_what_an_open_case_took_note_of_is_no_second_case_though_its_answer_came_too_late(
    plan, monkeypatch
):
    case = await opens(plan, a_request(reference="4471", received_at=MONDAY))
    takes_note = TemporalCases.receive

    async def too_late(self, other, act, says):
        await takes_note(self, other, act, says)
        await eventually(lambda: plan.register.case_of(says["receipt"]))
        raise Unreachable("it did not answer in time")

    monkeypatch.setattr(TemporalCases, "receive", too_late)
    await case.let_pass(until=WEDNESDAY)
    told = await brings(plan, a_request(reference="4471", received_at=WEDNESDAY))

    assert (told.case, told.created) == (case.number, False)


async def test_what_came_again_waits_for_no_case_that_was_ended(plan):
    case = await opens(plan, a_request(reference="4471", received_at=MONDAY))
    await case.sheet()
    await case.handle.terminate(reason="the wrong button")

    later = a_request(reference="4471", received_at=MONDAY + timedelta(hours=1))
    number = case_number("PRE", NUMBERS.pop())
    opening = Opening(number=number, request=later, may_join=True)
    another = await plan.open("precertification", opening, number, later.received_at)

    await flagged_for(another, case)


async def test_the_same_request_sent_again_as_expedited_is_a_request_to_expedite_from_its_own_receipt(plan):
    case = await opens(plan, a_request(reference="4471", received_at=MONDAY))
    assert (await case.sheet()).shown.due_at == at("2037-03-09 23:59:59 AST")
    await case.let_pass(until=WEDNESDAY + timedelta(hours=1))

    urgent = a_request(reference="4471", received_at=WEDNESDAY, urgency="expedited")
    told = await brings(plan, urgent)

    assert (told.case, told.created) == (case.number, False)
    assert "expedited at the word of the physician" in told.said
    sheet = await case.sheet()
    assert (sheet.shown.urgency, sheet.shown.due_at) == ("expedited", at("2037-03-07 09:00 AST"))
    [event] = await case.events(EventKind.RECEIVED_AGAIN)
    assert (event.at, event.by_id) == (WEDNESDAY, "ic-santos")
    events = len(await case.events())
    same = await brings(plan, urgent)
    assert (same.case, same.created, same.said) == (case.number, False, None), "the very same, nothing more"
    assert len(await case.events()) == events


async def test_an_expedite_that_comes_late_leaves_the_earlier_due_date_and_a_members_word_may_be_refused(
    plan,
):
    case = await opens(plan, a_request(reference="4471", received_at=MONDAY))
    friday = at("2037-03-06 20:00 AST")
    await case.let_pass(until=friday + timedelta(minutes=1))

    await brings(
        plan, a_request(reference="4471", received_at=friday, urgency="expedited", requested_by="member")
    )

    sheet = await case.sheet()
    assert sheet.shown.due_at == at("2037-03-09 20:00 AST"), "72 hours, before the end of the seventh day"
    told = await brings(plan, a_request(reference="4471", received_at=friday, urgency="expedited"))
    assert "at the word of the physician" in told.said, "which binds, where the member's may be refused"


async def test_the_same_fax_with_one_more_page_is_attached_and_the_criteria_are_asked_again(plan):
    case = await opens(plan, a_request(reference="4471", received_at=MONDAY))
    assert (await case.sheet()).shown.stage == "nurse_review"
    await case.let_pass(until=WEDNESDAY + timedelta(hours=1))

    page = a_document("study-1", "previous_study", **criteria_facts("72148"))
    told = await brings(plan, a_request(reference="4471", received_at=WEDNESDAY, documents=[page]))

    assert "1 paper attached" in told.said
    assert (await case.sheet()).shown.status.code == "A1", "another paper of the same name is another paper"


async def test_what_was_left_out_is_taken_over_and_what_is_said_otherwise_is_work_for_intake(plan):
    first = a_request(reference="4471", received_at=MONDAY, order=None, documents=[])
    case = await opens(plan, first)
    await case.let_pass(until=WEDNESDAY + timedelta(hours=1))
    moved = {"address": "Calle Sol 99, Ponce PR 00730"}

    told = await brings(plan, a_request(reference="4471", received_at=WEDNESDAY, member=moved))

    assert "order.justification" in told.said
    assert "member.address said otherwise" in told.said
    assert [work.queue for work in (await case.sheet()).shown.work].count("receipts") == 1
    assert "Ponce" not in " ".join(event.words for event in await case.events(EventKind.RECEIVED_AGAIN))


async def test_a_receipt_that_was_keyed_second_and_came_first_is_the_one_that_counts(plan):
    case = await opens(plan, a_request(reference="4471", received_at=WEDNESDAY))
    assert (await case.sheet()).shown.due_at == at("2037-03-11 23:59:59 AST")

    told = await brings(plan, a_request(reference="4471", received_at=MONDAY))

    assert "receipt corrected from" in told.said
    assert (await case.sheet()).shown.due_at == at("2037-03-09 23:59:59 AST")


OTHERWISE = {
    "another diagnosis": {
        "lines": [a_request().lines[0].model_dump(mode="json") | {"diagnoses": ["M51.26"]}]
    },
    "another place": {"place_of_service": "11"},
    "another servicing provider": {"servicing_provider": {"name": "Bayview Imaging", "npi": "1000000038"}},
    "another order": {"order": {"dated": "2037-02-20", "justification": "Other words."}},
    "another member": {"member": {"name": "Anna Rivera"}},
    "another code": {"service": "71260"},
}


@pytest.mark.parametrize("changes", OTHERWISE.values(), ids=OTHERWISE)
async def test_the_same_reference_with_other_content_is_a_case_of_its_own_and_each_names_the_other(
    plan, changes
):
    first = await opens(plan, a_request(reference="4471"))

    other = await opens(plan, a_request(reference="4471", **changes))

    await flagged_for(first, other)
    await flagged_for(other, first)


async def test_the_same_content_beside_a_living_authorization_is_flagged_and_never_approved_by_software(plan):
    first = await opens(plan, a_request(reference="A", documents=meeting("72148")))
    assert (await first.sheet()).shown.status.code == "A1"
    for whom in ("member", "provider"):
        await first.does("ic-santos", RecordCall, to=whom, reached=True)
    await first.closed_as()

    second = await opens(plan, a_request(reference="B", documents=meeting("72148")))

    sheet = await flagged_for(second, first)
    [permit] = plan.register.pages[first.number].permits
    assert any(permit.authorization.number in warning for warning in sheet.warnings)
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A4", "nurse_review")
    leave = seen(plan, permit.authorization.number)
    await flagged_for(leave, second)
    because = {"reason": "both knees; the office says so"}
    await second.does("rn-rivera", TellApart, **because)
    sheet = await second.sheet()
    assert (sheet.shown.status.code, sheet.flags, sheet.warnings) == ("A1", (), ())


async def test_near_duplicates_name_each_other_and_what_was_denied_and_closed_names_nobody(plan):
    doctor = {"name": "Dr. Vega", "npi": "1000000020", "address": "Calle Sol 9, San Juan PR 00901"}
    first = await opens(plan, a_request(reference="A", from_day="2037-04-01"))
    near = await opens(plan, a_request(reference="B", from_day="2037-04-20", requesting_provider=doctor))
    far = await opens(plan, a_request(reference="C", from_day="2038-04-20"))

    sheet = await flagged_for(near, first)
    assert "the same member, 72148 and days" in " ".join(sheet.warnings)
    await flagged_for(first, near)
    assert (await far.sheet()).flags == ()


async def test_the_same_reference_three_times_as_a_department_meets_it(plan):
    """P11: the same fax and a page; another code; and the same again after the denial, which is always new."""
    first = await opens(plan, a_request(reference="4471", received_at=at("2037-02-10 10:00 AST")))
    assert (await first.sheet()).shown.due_at == at("2037-02-17 23:59:59 AST")
    await first.let_pass(until=at("2037-02-12 12:00 AST"))
    page = a_document("page-2", "clinical_note")
    again = a_request(reference="4471", received_at=at("2037-02-12 11:00 AST"), documents=[*COMPLETE, page])
    assert (await brings(plan, again)).case == first.number
    code = a_request(reference="4471", received_at=at("2037-02-13 11:00 AST"), service="71260")
    await flagged_for(await opens(plan, code), first)
    await first.let_pass(until=at("2037-02-16 11:00 AST"))
    await first.does("md-ortiz", Deny, **NOT_MET)

    late = await opens(plan, a_request(reference="4471", received_at=at("2037-03-20 11:00 AST")))

    assert (await late.sheet()).shown.due_at == at("2037-03-27 23:59:59 AST")
