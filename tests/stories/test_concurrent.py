"""Stories of stays: from an emergency to what nobody had asked about, and in a nursing facility."""

from datetime import timedelta

from domain.concurrent.acts import AskMore, Discharge, EndCoverage, GiveNotice
from domain.concurrent.qio import AnswerOfQio, AskQio
from domain.desk.desk import RecordCall
from domain.determination.decisions import Approve
from tests.builders import a_document, at
from tests.concurrents import NOT_MET, a_stay
from tests.retrospectives import given
from tests.world import CaseSeen, World, eventually
from workflows.kinds import WORKFLOWS


async def stage(case: CaseSeen) -> str:
    return (await case.sheet()).shown.stage


async def called(case: CaseSeen) -> None:
    for to in ("member", "provider"):
        await case.does("ic-santos", RecordCall, to=to, reached=True)


async def played_again(replayer, *cases: CaseSeen) -> None:
    for case in cases:
        await replayer(*WORKFLOWS.values()).replay_workflow(await case.handle.fetch_history())


async def test_from_an_emergency_through_eleven_days_to_a_look_at_what_nobody_asked_about(
    plan: World, replayer
):
    admitted = at("2037-03-02 02:10 AST")
    stay = {"since": "2037-03-02", "through": "2037-03-05"}
    case = await plan.submit(
        a_stay("hospital", received_at=admitted, post_stabilization=True, urgency="expedited", **stay),
        "concurrent",
    )
    assert (await case.sheet()).shown.due_at == at("2037-03-02 03:10 AST")
    await case.let_pass(until=at("2037-03-02 02:50 AST"))
    await case.does("rn-rivera", Approve)
    assert await stage(case) == "continuing"
    await called(case)
    await case.let_pass(until=at("2037-03-03 10:00 AST"))
    await case.does("ic-santos", GiveNotice, what="first_message")

    await case.let_pass(until=at("2037-03-04 10:00 AST"))
    await case.does("ic-santos", AskMore, through="2037-03-12", urgency="expedited")
    await case.does("rn-rivera", Approve, line=2)
    await called(case)
    sheet = await case.sheet()
    permits = {line.authorization.number for line in sheet.shown.lines}
    assert len(permits) == 1, "one authorization, and it grew"
    leave = CaseSeen(plan, plan.client.get_workflow_handle(permits.pop()))

    async def grown() -> bool | None:
        return (await leave.look()).why.endswith("11 of 11 days left") or None

    assert await eventually(grown)

    await case.let_pass(until=at("2037-03-09 10:00 AST"))
    await case.does("md-vega", EndCoverage, on="2037-03-10", **NOT_MET)
    assert await stage(case) == "terminating"
    await case.does("ic-santos", GiveNotice, what="copy")
    await case.let_pass(until=at("2037-03-10 20:00 AST"))
    await case.does("ap-soto", AskQio)
    await case.sheet()
    assert plan.letters(case, "detailed_explanation")
    await case.let_pass(until=at("2037-03-11 15:00 AST"))
    await case.does("ap-soto", AnswerOfQio, for_member=True)
    assert await stage(case) == "continuing"

    await case.does("md-vega", EndCoverage, on="2037-03-12", **NOT_MET)
    await case.let_pass(until=at("2037-03-12 06:00 AST"))
    await case.does("ic-santos", GiveNotice, what="copy")
    await case.let_pass(until=at("2037-03-12 11:00 AST"))
    await case.does("ic-santos", Discharge)
    assert await case.closed_as() == "discharged"

    shown = a_document("er", "emergency_record", prudent_layperson_would_fear_harm=True)
    study = a_document("study", "previous_study")
    before = given(
        received_at=at("2037-04-20 09:00 AST"),
        from_day="2037-02-28",
        units=2,
        unasked="emergency",
        documents=(shown, study),
    )
    looked = await plan.submit(before, "retrospective")
    assert (await looked.sheet()).shown.status.code == "A1"
    await played_again(replayer, case, looked)


async def test_a_nursing_facility_ends_on_the_last_covered_day_of_its_notice(plan: World, replayer):
    received = at("2037-10-06 09:00 AST")
    stay = {"since": "2037-10-06", "through": "2037-10-16"}
    case = await plan.submit(a_stay(received_at=received, **stay), "concurrent")
    await case.does("rn-rivera", Approve)
    await called(case)
    await case.let_pass(until=at("2037-10-12 10:00 AST"))
    await case.does("md-vega", EndCoverage, on="2037-10-16", **NOT_MET)
    await case.sheet()
    assert plan.letters(case, "non_coverage")
    refused = await case.is_refused("ic-santos", GiveNotice, what="notice", understood=False)
    assert "representative" in refused

    await case.let_pass(until=at("2037-10-15 10:00 AST"))
    await case.does("ic-santos", GiveNotice, what="notice", refused=True)
    explained = await case.forecast()
    assert any(event.at >= at("2037-10-18 00:00 AST") - timedelta(seconds=1) for event in explained.events)
    await case.let_pass(until=at("2037-10-18 00:00:01 AST"))

    assert await case.closed_as() == "coverage ended"

    late = await plan.take_up(case, "ap-soto", AskQio, when=at("2037-10-19 09:00 AST"))
    await late.sheet()
    assert plan.letters(case, "detailed_explanation"), "late it is still the QIO's"
    await late.does("ap-soto", AnswerOfQio, for_member=True)
    assert await stage(late) == "continuing"
    await late.does("ic-santos", Discharge)
    assert await late.closed_as() == "discharged"
    await played_again(replayer, case, late)


async def test_nobody_looks_and_the_plan_goes_on_owing(plan: World, replayer):
    stay = {"since": "2037-10-06", "through": "2037-10-16"}
    case = await plan.submit(a_stay(received_at=at("2037-10-06 09:00 AST"), **stay), "concurrent")
    await case.does("rn-rivera", Approve)

    await case.let_pass(until=at("2037-10-30 09:00 AST"))

    sheet = await case.sheet()
    assert sheet.shown.stage == "continuing"
    assert sheet.shown.lines[0].authorization.ended_as is None
    await played_again(replayer, case)
