"""A guideline: from its draft until nothing is decided by it any more.

1. *Draft*: the number is claimed, the committees are taken along by value; somebody reviews it with its literature.
2. *Voted* by the committee; a change of law has its own day. Those against whom it goes are *told*, and wait.
3. *In force* from its day by itself, looked at again every year; kept, or retired, by a vote.
"""

from temporalio import workflow

from activities.opening import GuidelineOpening, application_of_subject
from domain.deliberation.deliberated import BringAgain, TakeVote
from domain.guideline import acts
from domain.guideline.guideline import Adoption, Guideline
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running.casework import now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


@workflow.defn(name="Guideline")
class GuidelineWorkflow(Questions[Guideline], DeskActs[Guideline]):
    @workflow.init
    def __init__(self, opening: GuidelineOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: GuidelineOpening) -> str:
        return await self.followed(await self.begin(opening))

    async def begin(self, opening: GuidelineOpening) -> Guideline | None:
        """A draft that came in, or a case that goes on; None where the number is an older case's."""
        if opening.left_in:
            return await self.resumed_case(Guideline, opening.left_in)
        admitted = await self.admit(application_of_subject(self.number, opening.draft))
        if admitted is None:
            return None
        by, policy = opening.keyed_by or SYSTEM, admitted.policy
        case = Guideline.received(self.number, admitted.member, policy, opening.draft, now=now(), by=by)
        return self.take_in(case, admitted)

    review_draft = hears("review_draft", acts.ReviewDraft, "Say on which works it rests")
    take_vote = hears("take_vote", TakeVote, "Record the committee's vote")
    tell_change = hears("tell_change", acts.TellChange, "Say that the notice left")
    bring_again = hears("bring_again", BringAgain, "It was drafted again")

    @workflow.query(description="The row of the pack that it gives, where it has one")
    def adoption(self) -> Adoption | None:
        return Adoption(row=self.case.row) if self.case else None
