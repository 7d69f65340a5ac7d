"""A grievance on a real server: a weekend of 24 hours, an appeal in it, nobody there, and taken back."""

from domain.desk.desk import Claim, Withdraw
from domain.determination.clock_acts import Downgrade
from domain.grievance.acts import AnswerGrievance, SortGrievance
from domain.parts.events import EventKind
from tests.builders import a_request, at, staff
from tests.grievances import WORDS, a_complaint
from worker import assembly
from workflows.grievance import GrievanceWorkflow

FRIDAY = "2037-10-16 17:30 AST"
SAID = {"found": "justified", **WORDS}


async def test_about_a_refused_expedite_it_is_answered_within_24_hours_over_a_weekend(plan, replayer):
    request = a_request(urgency="expedited", requested_by="member", received_at=at("2037-10-16 09:00 AST"))
    refused = await plan.submit(request)
    await refused.does("rn-rivera", Downgrade)
    case = await plan.bring(a_complaint(FRIDAY, about="refused_expedite", case=refused.number))
    received = await case.sheet()
    assert received.shown.due_at == at("2037-10-17 17:30 AST")
    assert (received.shown.urgency, received.shown.parent) == ("expedited", refused.number)
    assert (await refused.sheet()).shown.linked == (case.number,)
    await case.does("ap-soto", SortGrievance, sort="grievance")
    await case.does("ap-soto", Claim)
    await case.let_pass(until=at("2037-10-17 15:00 AST"))

    escalated = await case.events(EventKind.ESCALATED)
    assert [one.at for one in escalated] == [at("2037-10-17 05:30 AST"), at("2037-10-17 11:30 AST")]
    assert "on-call" in escalated[0].words, "at night on a Saturday nobody else is there"
    said = await case.does("ap-soto", AnswerGrievance, by_voice=True, **SAID)

    assert said.sentence == "found justified; the member was told"
    assert await case.closed_as() == "found justified"
    [clock] = [one for one in (await case.explanation()).clocks if one.clock == "answer"]
    assert not clock.breached
    await replayer(GrievanceWorkflow, runner=assembly.RUNNER).replay_workflow(
        await case.handle.fetch_history()
    )


async def test_over_the_same_weekend_nobody_answers_and_the_answer_stays_owed(plan):
    case = await plan.bring(a_complaint(FRIDAY, about="extension"))
    foretold = [one.at for one in (await case.forecast()).events if one.kind is EventKind.BREACHED]
    assert foretold == [at("2037-10-17 17:30:01 AST")]
    await case.let_pass(until=at("2037-10-19 09:00 AST"))

    late = await case.sheet()
    assert [one.at for one in await case.events(EventKind.BREACHED)] == foretold
    assert late.flags == ("breach",)
    await case.does("ap-soto", SortGrievance, sort="grievance")
    await case.does("ap-soto", AnswerGrievance, **SAID)
    assert await case.closed_as() == "found justified"
    assert len(plan.letters(case, "grievance_answered")) == 1


async def test_in_puerto_rico_whoever_acted_in_the_case_neither_looks_nor_answers(plan):
    request = a_request(plan="mcs-life", urgency="expedited", requested_by="member")
    refused = await plan.submit(request)
    await refused.does("md-ortiz", Downgrade)
    await refused.sheet()
    case = await plan.bring(a_complaint("2037-03-05 16:00 AST", plan="mcs-life", case=refused.number))

    words = {"sort": "grievance", "reviewer": staff("md-ortiz")}
    assert "had a part" in await case.is_refused("ap-soto", SortGrievance, **words)
    await case.does("ap-soto", SortGrievance, sort="grievance", reviewer=staff("md-cruz"))
    await case.does("md-cruz", AnswerGrievance, **SAID)
    assert await case.closed_as() == "found justified"


async def test_it_is_taken_back_by_its_member(plan):
    case = await plan.bring(a_complaint(FRIDAY))
    await case.does("ic-santos", Withdraw)

    assert await case.closed_as() == "withdrawn by the member"
