"""What people may do with a payment dispute, beside what anybody does at a desk."""

from temporalio import workflow

from domain.case.acts import Said
from domain.dispute import acts as dispute_acts
from domain.dispute import correcting as dispute_correcting
from domain.dispute import level as dispute_level
from domain.dispute.dispute import Dispute
from workflows.casework import Casework


class DisputeActs(Casework[Dispute]):
    """Sorting, answering, dismissing, and what is learned of the second level."""

    @workflow.update(description="Say where a line goes")
    def triage_line(self, act: dispute_acts.TriageLine) -> Said:
        return self.hear(act)

    @triage_line.validator
    def may_triage_line(self, act: dispute_acts.TriageLine) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="It is not ours to answer")
    def send_elsewhere(self, act: dispute_acts.SendElsewhere) -> Said:
        return self.hear(act)

    @send_elsewhere.validator
    def may_send_elsewhere(self, act: dispute_acts.SendElsewhere) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Accept or refuse a good cause for coming late")
    def decide_good_cause(self, act: dispute_acts.DecideGoodCause) -> Said:
        return self.hear(act)

    @decide_good_cause.validator
    def may_decide_good_cause(self, act: dispute_acts.DecideGoodCause) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Answer a line at the first level")
    def resolve(self, act: dispute_acts.Resolve) -> Said:
        return self.hear(act)

    @resolve.validator
    def may_resolve(self, act: dispute_acts.Resolve) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="Stop before deciding, with a notice")
    def dismiss(self, act: dispute_acts.Dismiss) -> Said:
        return self.hear(act)

    @dismiss.validator
    def may_dismiss(self, act: dispute_acts.Dismiss) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="A corrected remittance changed lines")
    def correct_remittance(self, act: dispute_correcting.CorrectRemittance) -> Said:
        return self.hear(act)

    @correct_remittance.validator
    def may_correct_remittance(self, act: dispute_correcting.CorrectRemittance) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="The provider asked the health plan")
    def second_level_filed(self, act: dispute_level.SecondLevelFiled) -> Said:
        return self.hear(act)

    @second_level_filed.validator
    def may_second_level_filed(self, act: dispute_level.SecondLevelFiled) -> None:
        self.refuse_unless_allowed(act)

    @workflow.update(description="What the health plan decided")
    def second_level_answered(self, act: dispute_level.SecondLevelAnswered) -> Said:
        return self.hear(act)

    @second_level_answered.validator
    def may_second_level_answered(self, act: dispute_level.SecondLevelAnswered) -> None:
        self.refuse_unless_allowed(act)
