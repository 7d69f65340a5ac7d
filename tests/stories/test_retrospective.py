"""Stories of what was given before anybody asked."""

from datetime import timedelta

from domain.desk.desk import RecordCall
from domain.determination.decisions import Deny, Refer
from domain.parts.events import EventKind
from tests.appealing import appeal
from tests.builders import a_document, at
from tests.retrospectives import given
from tests.world import World
from workflows.kinds import WORKFLOWS

LAYPERSON = "prudent-layperson.feared"
SHOWN = a_document("er", "emergency_record", prudent_layperson_would_fear_harm=True)


async def test_an_emergency_is_paid_on_what_was_feared_and_closes_with_its_calls(plan: World, replayer):
    study = a_document("study", "previous_study")
    case = await plan.submit(given(unasked="emergency", documents=(SHOWN, study)), "retrospective")
    sheet = await case.sheet()
    assert (sheet.shown.status.code, sheet.shown.stage) == ("A1", "telling")
    assert all(line.authorization is None for line in sheet.shown.lines)
    for to in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=to, reached=True)
    assert await case.closed_as() == "certified in total"
    await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_it_is_late_on_its_own_day_denied_by_a_physician_and_appealed_as_a_payment(
    plan: World, replayer
):
    case = await plan.submit(given(unasked="emergency"), "retrospective")
    await case.let_pass(until=at("2038-01-20 00:00:01 AST"))
    await case.sheet()
    assert await case.events(EventKind.BREACHED)
    assert plan.letters(case, "missed_deadline")

    await case.does("rn-rivera", Refer)
    await case.does("md-vega", Deny, reason_id="criteria_not_met", criterion=LAYPERSON)
    sheet = await case.sheet()
    assert sheet.shown.status.code == "A3"
    [letter, *_] = plan.letters(case, "determination")
    assert letter.facts["payment"] is True

    appealed = await appeal(plan, case, await case.now() + timedelta(days=3))
    assert (await appealed.sheet()).shown.due_at is not None
    explained = await appealed.explanation()
    assert "ma-appeal-payment" in str(explained)
    await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())
