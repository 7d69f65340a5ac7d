"""A guideline: from its draft until nothing is decided by it any more.

1. *Draft*: the number is claimed, the committees are taken along by value; somebody reviews it with its literature.
2. *Voted* by the committee; a change of law has its own day. Those against whom it goes are *told*, and wait.
3. *In force* from its day by itself, looked at again every year; kept, or retired, by a vote.
"""

from temporalio import workflow

from activities.opening import MatterOpening
from domain.deliberation.deliberated import BringAgain, TakeVote
from domain.guideline import acts
from domain.guideline.draft import Draft
from domain.guideline.guideline import Adoption, Guideline
from domain.guideline.mailing import MailChange
from workflows.acts.hearing import hears
from workflows.matter import MatterStory
from workflows.running.lasting import to_its_end


class GuidelineOpening(MatterOpening):
    """The draft, under the number of its case."""

    matter = Guideline
    received_again = BringAgain

    draft: Draft


@workflow.defn(name="Guideline")
class GuidelineWorkflow(MatterStory[Guideline]):
    @workflow.init
    def __init__(self, opening: GuidelineOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: GuidelineOpening) -> str:
        return await self.story(opening)

    review_draft = hears("review_draft", acts.ReviewDraft, "Say on which works it rests")
    take_vote = hears("take_vote", TakeVote, "Record the committee's vote")
    tell_change = hears("tell_change", acts.TellChange, "Say that the notice left")
    mail_change = hears("mail_change", MailChange, "Write to each of whom it goes against")
    bring_again = hears("bring_again", BringAgain, "It was drafted again")

    @workflow.query(description="The row of the pack that it gives, where it has one")
    def adoption(self) -> Adoption | None:
        return Adoption(row=self.case.row) if self.case else None
