"""Care management: from a referral until the member leaves it.

1. *Referred*: the number is claimed, the policy taken along by value; the case that it came out of keeps the link.
2. *Eligible*, as a person finds; from then the assessment is to be begun in 30 days and done in 60 (NCQA PHM 5).
3. *Offered*, *consented* to, *assessed*; goals are agreed, and the member is called in the rhythm of their risk.
4. *Over* when its end was told: on the member's word at once, whatever is open.
"""

from temporalio import workflow

from activities.grievances import ToldOfGrievance
from activities.opening import CareOpening, application_of_referred
from domain.care import acts, contact
from domain.care.care import CareManagement
from domain.desk.desk import Link
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running import steps
from workflows.running.casework import TAKEN, now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


@workflow.defn(name="Care")
class CareWorkflow(Questions[CareManagement], DeskActs[CareManagement]):
    @workflow.init
    def __init__(self, opening: CareOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: CareOpening) -> str:
        case = await self.begin(opening)
        if case is None:
            return TAKEN
        async with self.kept():
            if case.parent and not opening.left_in:
                link = Link(actor=SYSTEM, to=case.number)
                await self.at_rest(steps.tell_of_care(ToldOfGrievance(case=case.parent, act=link)))
            while not case.is_closed:
                await self.something_new(len(case.log.events))
        return str(case.closed_as)

    async def begin(self, opening: CareOpening) -> CareManagement | None:
        """A referral that came in, or a case that goes on; None where the number is an older case's."""
        if opening.left_in:
            return await self.resumed_case(CareManagement, opening.left_in)
        admitted = await self.admit(application_of_referred(self.number, opening.referred))
        if admitted is None:
            return None
        by, policy = opening.keyed_by or SYSTEM, admitted.policy
        case = CareManagement.received(
            self.number, admitted.member, policy, opening.referred, now=now(), by=by
        )
        return self.take_in(case, admitted, case.linked)

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
