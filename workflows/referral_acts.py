"""What people may do with a referral beyond every review: find, choose, agree, send, confirm, look again, end.

The rules of each act stand with the act in `domain/referral/acts.py` and `domain/referral/coordination_acts.py`.
"""

from temporalio import workflow

from domain.case.acts import Said
from domain.referral import acts as referral
from domain.referral import coordination_acts as coordination
from domain.referral.referral import Referral
from workflows.casework import Casework


class ReferralActs(Casework[Referral]):
    """Findings and follow-up."""

    @workflow.update(description="Is it available in Puerto Rico?")
    def find_availability(self, act: referral.FindAvailability) -> Said:
        return self.hear(act)

    @find_availability.validator
    def may_find_availability(self, act: referral.FindAvailability) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Ask the directory about eligibility once more")
    def look_again(self, act: referral.LookAgain) -> Said:
        return self.hear(act)

    @look_again.validator
    def may_look_again(self, act: referral.LookAgain) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="End an authorization whose coverage has ended")
    def end_authorization(self, act: referral.EndAuthorization) -> Said:
        return self.hear(act)

    @end_authorization.validator
    def may_end_authorization(self, act: referral.EndAuthorization) -> None:
        self.refuse_unless_allowed(act)


class CoordinationActs(Casework[Referral]):
    """The steps from an approval to the return, line by line."""

    @workflow.update(description="The member will visit another place")
    def choose_place(self, act: coordination.ChoosePlace) -> Said:
        return self.hear(act)

    @choose_place.validator
    def may_choose_place(self, act: coordination.ChoosePlace) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Choose a provider of the network")
    def choose(self, act: coordination.Choose) -> Said:
        return self.hear(act)

    @choose.validator
    def may_choose(self, act: coordination.Choose) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The chosen provider accepts or declines")
    def provider_answer(self, act: coordination.ProviderAnswer) -> Said:
        return self.hear(act)

    @provider_answer.validator
    def may_provider_answer(self, act: coordination.ProviderAnswer) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Agree on the day of the service, or move it")
    def agree_dates(self, act: coordination.AgreeDates) -> Said:
        return self.hear(act)

    @agree_dates.validator
    def may_agree_dates(self, act: coordination.AgreeDates) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Send the pre-authorization to the chosen provider")
    def send(self, act: coordination.Send) -> Said:
        return self.hear(act)

    @send.validator
    def may_send(self, act: coordination.Send) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Tell the member the coinsurance")
    def tell_coinsurance(self, act: coordination.TellCoinsurance) -> Said:
        return self.hear(act)

    @tell_coinsurance.validator
    def may_tell_coinsurance(self, act: coordination.TellCoinsurance) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="All is arranged")
    def confirm(self, act: coordination.Confirm) -> Said:
        return self.hear(act)

    @confirm.validator
    def may_confirm(self, act: coordination.Confirm) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The member is back in local care")
    def return_to_local_care(self, act: coordination.RecordReturn) -> Said:
        return self.hear(act)

    @return_to_local_care.validator
    def may_return_to_local_care(self, act: coordination.RecordReturn) -> None:
        self.refuse_unless_allowed(act)
