"""Messages on a real server: left on a Saturday night, called back, and the receipt of what they ask for."""

from domain.message.acts import CallBack, GiveUpMessage, HearAgain, TieMessage
from domain.parts.events import EventKind
from tests.builders import at
from tests.messages import left
from worker import assembly
from workflows.message import MessageWorkflow

NIGHT = "2037-11-07 21:00 EASTERN"  # a Saturday


async def test_a_message_for_expedited_care_is_heard_on_call_carries_the_clock_and_gives_it_to_its_request(
    plan, replayer
):
    case = await plan.bring(left(NIGHT, wants="expedited_care"))
    sheet = await case.sheet()
    assert (sheet.shown.stage, sheet.shown.due_at) == ("call_owed", at("2037-11-09 17:00 EASTERN"))
    called, decided = at("2037-11-09 17:00 EASTERN"), at("2037-11-10 21:00 EASTERN")
    assert {clock.due_at for clock in sheet.shown.clocks} == {called, decided}
    assert any(one.startswith("on-call") for one in sheet.waiting)

    await case.let_pass(until=at("2037-11-09 09:00 EASTERN"))
    await case.does("ic-santos", CallBack, reached=True)
    tied = {"to": "PRE-7K2M-9QXD-4HBT", "to_received_at": at(NIGHT)}
    await case.does("ic-santos", TieMessage, **tied)

    assert await case.closed_as() == "called back"
    await replayer(MessageWorkflow, runner=assembly.RUNNER).replay_workflow(await case.handle.fetch_history())


async def test_nobody_calls_back_and_a_supervisor_hears_of_it_when_it_was_foretold(plan):
    case = await plan.bring(left(NIGHT))
    again = left("2037-11-07 20:00 EASTERN")
    await case.does("ic-santos", HearAgain, receipt="MSG-7K2M-9QXD-4HBT", left=again)
    foretold = [one.at for one in (await case.forecast()).events if one.kind is EventKind.BREACHED]
    await case.let_pass(until=at("2037-11-09 18:00 EASTERN"))

    assert [one.at for one in await case.events(EventKind.BREACHED)] == foretold
    assert foretold == [at("2037-11-09 17:00:01 EASTERN")]
    assert [one.split(",")[0] for one in (await case.sheet()).waiting] == ["calls", "receipts", "supervisor"]
    await case.does("ic-santos", CallBack, reached=False)
    await case.does("ic-santos", GiveUpMessage, reason="the number is not in service")
    assert await case.closed_as() == "nobody could be reached"


async def test_a_call_that_was_answered_is_written_down_and_over_at_once(plan):
    case = await plan.bring(left(NIGHT, name="Dana", wants="eligibility", answer="Covered today."))

    assert await case.closed_as() == "answered at once"
