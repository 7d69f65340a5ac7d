"""What the Temporal UI shows of a case is what `plazo show` says of it, after every step."""

from datetime import timedelta

import pytest
from temporalio.api.sdk.v1 import WorkflowMetadata

from domain.desk.desk import Claim, RecordCall
from domain.determination.decisions import Deny, Refer
from domain.parts.events import EventKind
from domain.parts.stage import Stage
from domain.terms.notice import Recipient
from domain.terms.people import Words
from domain.view.details import BESIDE
from tests.builders import a_request
from tests.world import eventually
from workflows.running import attributes


async def details_of(case):
    seen = await case.handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    return seen.current_details.replace(BESIDE, "")


async def attributes_of(case):
    return (await case.handle.describe()).typed_search_attributes


async def agrees(case):
    """Wait until the list of cases says what the case says, and compare the two and the case's screen."""

    async def listed():
        sheet, kept = await case.sheet(), await attributes_of(case)
        return (sheet, kept) if kept.get(attributes.STAGE) == Stage(sheet.shown.stage).text else None

    sheet, kept = await eventually(listed)
    shown = sheet.shown
    held = sorted({f"{work.queue}/{work.assignee or '-'}" for work in shown.work})
    assert kept.get(attributes.STATUS) == shown.status.code
    assert kept.get(attributes.URGENCY) == shown.urgency
    assert kept.get(attributes.DUE_AT) == shown.due_at
    assert sorted(kept.get(attributes.ASSIGNEES) or []) == held
    assert sorted(kept.get(attributes.FLAGS) or []) == sorted(sheet.flags)

    screen = await details_of(case)
    assert screen.startswith(f"### {case.number}: {Stage(shown.stage).text}")
    assert f"| Status | {shown.status.code} {shown.status.text} |" in screen
    assert f"| Plan | {sheet.plan} " in screen
    assert (sheet.calendar.show_due(shown.due_at) if shown.due_at else "no open duty") in screen
    for work in shown.work:
        assert f"| {work.queue} | {work.assignee or 'nobody yet'} |" in screen
    for coming in shown.next:
        assert f"| {sheet.calendar.show(coming.at)} | {coming.what} |" in screen
    return screen


async def test_list_and_screen_follow_a_case_from_its_receipt_to_the_appeal_window(plan):
    case = await plan.submit(a_request())
    await agrees(case)

    await case.does("rn-rivera", Claim, queue="nurse-review")
    await agrees(case)

    await case.does("rn-rivera", Refer)
    await agrees(case)

    await case.does(
        "md-ortiz",
        Deny,
        reason_id="criteria_not_met",
        criterion="lumbar-mri.weeks",
        words=Words(
            en="The notes show no neurological deficit.", es="Las notas no muestran déficit neurológico."
        ),
    )
    await agrees(case)

    for to in (Recipient.MEMBER, Recipient.PROVIDER):
        await case.does("ic-santos", RecordCall, to=to, reached=True)
    screen = await agrees(case)
    assert "Appeal window" in screen


async def test_a_missed_deadline_is_seen_as_one(plan):
    case = await plan.submit(a_request())
    due = (await case.sheet()).shown.due_at

    await case.let_pass(until=due + timedelta(minutes=1))
    screen = await agrees(case)

    assert (await attributes_of(case)).get(attributes.OVERDUE) is True
    assert "running, missed" in screen
    assert "left" not in screen


async def test_the_engine_says_who_did_what(plan):
    case = await plan.submit(a_request())
    await case.does("rn-rivera", Claim, queue="nurse-review")
    await case.sheet()

    history = await case.handle.fetch_history()
    converter = plan.client.data_converter
    sealed = [one.user_metadata.summary for one in history.events if one.HasField("user_metadata")]
    summaries = [str((await converter.decode([one], [str]))[0]) for one in sealed if one.ByteSize()]

    [claimed] = await case.events(EventKind.CLAIMED)
    assert f"Carmen Rivera: {claimed.words}" in summaries
    assert max(one.ByteSize() for one in sealed) <= 400, "the engine takes no longer summary"


@pytest.mark.parametrize("stage", list(Stage))
def test_a_stage_is_said_in_plain_words(stage):
    assert "_" not in stage.text
    assert stage.text[0].isupper()
