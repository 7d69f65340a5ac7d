"""Other coverage on a real server: asked, answered, looked at again by itself; nobody answers; left unknown."""

from domain.cob.acts import LeaveUnknown, TellFacts
from domain.desk.desk import Withdraw
from domain.parts.events import EventKind
from tests.builders import at
from tests.cobs import OURS, THEIRS, facts, learned
from worker import assembly
from workflows.cob import CobWorkflow

MEDICARE = {"enrolled": True, "dialysis_began": "2037-02-10"}


async def test_a_member_is_asked_answers_and_is_told_again_when_medicare_begins(plan, replayer):
    case = await plan.bring(learned(medicare=MEDICARE))
    asked = await case.sheet()
    assert (asked.shown.status.code, asked.shown.stage) == ("UNKNOWN", "order_asked")
    assert len(plan.letters(case, "cob_asked")) == 1

    said = await case.does("ic-santos", TellFacts, family=facts(medicare=MEDICARE))
    assert said.sentence == "we pay first"
    await case.let_pass(until=at("2037-05-02 09:00 AST"))

    told = [letter.facts["payers"] for letter in plan.letters(case, "cob_order")]
    assert told == [["MCS Life", "Plan X"], ["MCS Life", "Plan X", "Medicare"]]
    assert (await case.sheet()).shown.stage == "order_told"
    await case.does("ic-santos", Withdraw)
    assert await case.closed_as() == "withdrawn by the member"
    await replayer(CobWorkflow, runner=assembly.RUNNER).replay_workflow(await case.handle.fetch_history())


async def test_nobody_answers_and_somebody_here_has_to_find_out(plan):
    case = await plan.bring(learned())
    foretold = [one.at for one in (await case.forecast()).events if one.kind is EventKind.WINDOW_ENDED]
    await case.let_pass(until=at("2037-04-03 09:00 AST"))

    assert [one.at for one in await case.events(EventKind.WINDOW_ENDED)] == foretold[:1]
    assert len(plan.letters(case, "cob_asked")) == 2
    assert (await case.sheet()).waiting[0].startswith("coverage, with nobody yet: the member did not answer")
    await case.does("ic-santos", LeaveUnknown, reason="the other plan does not say")
    assert await case.closed_as() == "who pays first was not found out"


async def test_with_the_other_plan_it_ends_by_itself(plan):
    case = await plan.bring(learned(OURS, THEIRS | {"through": "2037-04-30"}))
    await case.let_pass(until=at("2037-05-02 09:00 AST"))

    assert await case.closed_as() == "nothing to coordinate"
