"""Care management on a real server: followed until the goals are met, and left in the middle of it."""

from domain.care.acts import AgreeGoals, Assess, Consent, EndGoal, FindEligible, OfferCare
from domain.care.contact import ContactMade, EndCare, OptOut
from domain.parts.events import EventKind
from tests import referrals
from tests.builders import at
from tests.cares import ELIGIBLE, ULCER, a_referral
from worker import assembly
from workflows.care import CareWorkflow

SAID = {"recording": "line 4, 10:02", "language": "es"}


async def _consented(plan, **changes):
    case = await plan.bring(a_referral(**changes))
    await case.let_pass(until=at(ELIGIBLE))
    await case.does("cm-reyes", FindEligible, risk="high")
    await case.does("cm-reyes", OfferCare)
    await case.does("cm-reyes", Consent, **SAID)
    return case


async def test_a_member_is_followed_until_the_goals_are_met(plan, replayer):
    case = await _consented(plan)
    assert (await case.sheet()).shown.due_at == at("2037-08-23 23:59:59 AST")
    await case.does("rn-rivera", Assess, done=True)
    await case.does("cm-reyes", AgreeGoals, agreed={"goals": [ULCER]})

    await case.let_pass(until=at("2037-07-31 09:00 AST"))
    assert [letter.language for letter in plan.letters(case, "care_plan")] == ["es", "en"]
    assert (await case.sheet()).waiting[0].startswith("care-management, with nobody yet: call the member")
    await case.does("cm-reyes", ContactMade)
    await case.does("cm-reyes", EndGoal, goal="ulcer", ended="met")
    await case.does("cm-reyes", EndCare, how="goals_met")

    assert await case.closed_as() == "goals met"
    assert len(plan.letters(case, "care_closed")) == 1
    await replayer(CareWorkflow, runner=assembly.RUNNER).replay_workflow(await case.handle.fetch_history())


async def test_a_member_leaves_and_nothing_of_what_was_foretold_happens(plan):
    case = await _consented(plan)
    await case.does("cm-reyes", Assess, done=True)
    assert any(one.kind is not EventKind.CLOSED for one in (await case.forecast()).events)
    await case.does("ic-santos", OptOut)

    assert await case.closed_as() == "left at the member's own word"
    assert (await case.sheet()).waiting == ()


async def test_care_follows_a_referral_to_the_united_states_and_both_name_each_other(plan):
    abroad = await plan.submit(referrals.in_writing(), "referral")
    received = {"received": "2037-06-02 12:00 AST", "by": "staff", "indicators": ("us-services",)}
    case = await plan.bring(a_referral(case=abroad.number, **received))

    assert (await case.sheet()).shown.parent == abroad.number
    assert (await abroad.sheet()).shown.linked == (case.number,)
