"""US-services referral: from the call or the fax to the day on which the member is back in local care.

1. *Received.* As a precertification, from the call where the regime lets a call start the clock, else from the
   writing (42 CFR 422.568(b); 26 LPRA 9429; 29 CFR 2560.503-1(e)). An emergency needs no authorization
   and is told so; a transfer asked for in the same call is a linked case on its own clock (24 LPRA 3046).
2. *Covered?* Eligible on the date of service, and the product covers such services in the United States. No
   coverage is for a person to decide, with the full notice (MCS, Services in the United States).
3. *Available in Puerto Rico?* A care-management specialist records whom was asked. Nothing is approved before.
4. *Medically necessary?* Criteria, specialist, physician, and everybody told: the review that precertification has.
5. *Coordinated.* The network of the place is asked; people choose, agree, send, tell the coinsurance and confirm.
6. *Followed.* Eligibility is asked again before the day of the service. Coverage that has ended is for a person;
   the authorization then ends by that name (42 CFR 422.138(c)).
7. *Over* when the member is back in local care; where nothing was approved, as a precertification is.
"""

from temporalio import workflow

from activities.evidence import eligibility_question, network_question
from activities.opening import Opening
from domain.referral import acts, coordination, coordination_acts, follow_up
from domain.referral.referral import Referral
from domain.view.referral_showing import network_of
from domain.view.referral_view import Network
from workflows.acts.hearing import hears
from workflows.review import Review
from workflows.running import steps
from workflows.running.casework import now
from workflows.running.lasting import to_its_end


@workflow.defn(name="Referral")
class ReferralWorkflow(Review[Referral]):
    @workflow.run
    @to_its_end
    async def run(self, opening: Opening) -> str:
        return await self.story(opening, Referral)

    async def arrange(self, case: Referral) -> None:
        await self.find_network(case)
        await self.check_eligibility_again(case)

    async def check_coverage(self, case: Referral) -> None:
        """Once it is clear that the service is for the mainland, the network is asked too."""
        await super().check_coverage(case)
        await self.find_network(case)

    async def find_network(self, case: Referral) -> None:
        """Asked once, and again when the member will visit another place."""
        question = network_question(case)
        if not case.wants_network or question is None:
            return
        answer = await steps.find_network(question, self.rest)
        if case.network is None and question == network_question(case):
            coordination.network_found(case, answer.providers, now())

    async def check_eligibility_again(self, case: Referral) -> None:
        """Asked when the day of the service is near, or when somebody wants to know."""
        question = eligibility_question(case)
        if question is None:
            return
        answer = await steps.check_coverage(question, self.rest)
        if case.eligibility_for == question.day:
            follow_up.eligibility_found(case, answer, question.day, now())

    # What people may do, beyond every review

    find_availability = hears("find_availability", acts.FindAvailability, "Is it available in Puerto Rico?")
    look_again = hears("look_again", acts.LookAgain, "Ask the directory about eligibility once more")
    end_authorization = hears(
        "end_authorization", acts.EndAuthorization, "End an authorization whose coverage has ended"
    )
    choose_place = hears("choose_place", coordination_acts.ChoosePlace, "The member will visit another place")
    choose = hears("choose", coordination_acts.Choose, "Choose a provider of the network")
    provider_answer = hears(
        "provider_answer", coordination_acts.ProviderAnswer, "The chosen provider accepts or declines"
    )
    agree_dates = hears(
        "agree_dates", coordination_acts.AgreeDates, "Agree on the day of the service, or move it"
    )
    send = hears("send", coordination_acts.Send, "Send the pre-authorization to the chosen provider")
    tell_coinsurance = hears(
        "tell_coinsurance", coordination_acts.TellCoinsurance, "Tell the member the coinsurance"
    )
    confirm = hears("confirm", coordination_acts.Confirm, "All is arranged")
    return_to_local_care = hears(
        "return_to_local_care", coordination_acts.RecordReturn, "The member is back in local care"
    )

    # What people may ask

    @workflow.query(description="Who gives the services in the place of the visit")
    def providers(self) -> Network | None:
        return network_of(self.case) if self.case else None
