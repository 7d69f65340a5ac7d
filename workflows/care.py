"""Care management: from a referral until the member leaves it.

1. *Referred*: the number is claimed, the policy taken along by value; the case that it came out of keeps the link.
2. *Eligible*, as a person finds; from then the assessment is to be begun in 30 days and done in 60 (NCQA PHM 5).
3. *Offered*, *consented* to, *assessed*; goals are agreed, and the member is called in the rhythm of their risk.
4. *Over* when its end was told: on the member's word at once, whatever is open.
"""

from temporalio import workflow

from activities.opening import MatterOpening
from domain.care import acts, contact
from domain.care.care import CareManagement
from domain.program.referred import Referred
from workflows.acts.hearing import hears
from workflows.matter import MatterStory
from workflows.running import steps
from workflows.running.lasting import to_its_end


class CareOpening(MatterOpening):
    """The referral to care management, under the number of its case."""

    matter = CareManagement
    received_again = acts.ReferAgain

    referred: Referred


@workflow.defn(name="Care")
class CareWorkflow(MatterStory[CareManagement]):
    @workflow.init
    def __init__(self, opening: CareOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: CareOpening) -> str:
        return await self.story(opening)

    async def at_first(self, case: CareManagement, *, goes_on: bool) -> None:
        if case.parent and not goes_on:
            await self.at_rest(steps.tell_of_care(self.link_to(case)))

    refer_again = hears("refer_again", acts.ReferAgain, "The member was referred again")
    find_eligible = hears("find_eligible", acts.FindEligible, "The member qualifies")
    offer_care = hears("offer_care", acts.OfferCare, "It was offered")
    consent = hears("consent", acts.Consent, "The member said yes")
    assess = hears("assess", acts.Assess, "The assessment begins, or is done")
    agree_goals = hears("agree_goals", acts.AgreeGoals, "Agree on goals")
    end_goal = hears("end_goal", acts.EndGoal, "A goal was met, or given up")
    make_contact = hears("make_contact", contact.ContactMade, "A call was made")
    opt_out = hears("opt_out", contact.OptOut, "The member wants no more of it")
    end_care = hears("end_care", contact.EndCare, "End it")
