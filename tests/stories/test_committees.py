"""Questions for a committee on a real server: voted, told, in force by itself, looked at again by itself."""

from domain.deliberation.deliberated import TakeVote
from domain.guideline.acts import ReviewDraft, TellChange
from domain.parts.events import EventKind
from domain.technology.acts import AdviseOnTechnology, AnswerBases, Publish, ScopeTechnology
from tests.builders import at
from tests.committees import EVIDENCE, WORKS, draft, minutes, proposal
from worker import assembly
from workflows.guideline import GuidelineWorkflow
from workflows.technology import TechnologyWorkflow


async def test_a_text_is_voted_told_one_day_short_and_in_force_a_day_later(plan, replayer):
    case = await plan.bring(draft(received_at="2037-06-01T10:00:00-07:00"))
    await case.does("md-ortiz", ReviewDraft, works=WORKS)
    await case.let_pass(until=at("2037-07-15 18:00 PACIFIC"))
    meeting = minutes("guideline", held_on="2037-07-15", in_force_on="2037-09-01")
    alone = meeting.model_copy(update={"roll": meeting.roll[:3]})
    assert "has its quorum with 4" in await case.is_refused("qa-marin", TakeVote, meeting=alone)

    said = await case.does("qa-marin", TakeVote, meeting=meeting)
    assert said.sentence == "adopt carried: 3 for, 1 against, 1 recused, 1 abstained"
    await case.does("qa-marin", TellChange, to="members", proof="mailing 12")
    await case.let_pass(until=at("2037-08-03 10:00 PACIFIC"))
    said = await case.does("qa-marin", TellChange, to="providers", proof="mailing 13")
    assert said.sentence == "in force from Wed 2037-09-02"

    foretold = [one.at for one in (await case.forecast()).events if one.kind is EventKind.IN_FORCE]
    await case.let_pass(until=at("2037-09-02 08:00 PACIFIC"))
    assert (
        [one.at for one in await case.events(EventKind.IN_FORCE)]
        == foretold
        == [at("2037-09-02 00:00 PACIFIC")]
    )
    assert (await case.sheet()).shown.status.code == "IN_FORCE"
    await replayer(GuidelineWorkflow, runner=assembly.RUNNER).replay_workflow(
        await case.handle.fetch_history()
    )


async def test_a_technology_is_decided_published_and_looked_at_again_by_itself(plan, replayer):
    case = await plan.bring(proposal(received_at="2037-05-04T09:30:00-04:00"))
    await case.does("qa-marin", ScopeTechnology, question="For whom?")
    await case.does("qa-marin", AnswerBases, evidence=EVIDENCE)
    await case.does("md-ortiz", AdviseOnTechnology, says="For some.")
    assert (await case.sheet()).shown.stage == "committee"
    await case.let_pass(until=at("2037-06-10 18:00 EASTERN"))

    meeting = minutes("technology", held_on="2037-06-10")
    await case.does("qa-marin", TakeVote, meeting=meeting)
    await case.does("qa-marin", Publish, where="the policy page")
    assert (await case.sheet()).shown.status.code == "CASE_BY_CASE"
    await case.let_pass(until=at("2038-06-11 09:00 EASTERN"))

    assert (await case.sheet()).waiting[0].startswith("committee, with nobody yet: look at it again")
    await replayer(TechnologyWorkflow, runner=assembly.RUNNER).replay_workflow(
        await case.handle.fetch_history()
    )
