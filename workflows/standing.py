"""Standing referral: from the day on which it is asked for to the end of its authorization.

1. *Asked* by the member, the primary care physician or the specialist; timed as a precertification on the list is
   (42 CFR 422.568(b)(1); a rule of the state, if it applied, would be three business days: unverified).
2. *A physician* looks at condition, prolonged need and demonstrated expertise (ProcareMSO provider page).
3. *Told*. 4. *It stands*: visits are used on its authorization, and it is looked at again on its day. A specialist
   who leaves the network is seen for a transition; another primary care physician ends nothing.
5. *Over* with its authorization, whatever ended that.
"""

from temporalio import workflow

from activities.opening import Opening
from domain.standing import acts
from domain.standing.standing import StandingReferral
from workflows.acts.hearing import hears
from workflows.review import Review
from workflows.running.lasting import to_its_end


@workflow.defn(name="Standing")
class StandingWorkflow(Review[StandingReferral]):
    @workflow.run
    @to_its_end
    async def run(self, opening: Opening) -> str:
        return await self.story(opening, StandingReferral)

    leave_network = hears("leave_network", acts.LeaveNetwork, "The specialist leaves the network")
    change_primary = hears("change_primary", acts.ChangePrimary, "Another primary care physician")
    review_standing = hears("review_standing", acts.ReviewStanding, "It is still needed")
