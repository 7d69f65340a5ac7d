"""New technology: from the proposal until nobody asks any more whether the plan covers it.

1. *Proposed*: the number is claimed, the committees are taken along by value; then somebody scopes the question.
2. *Evidence* on four bases, then a specialist's *opinion*. A national rule ends it for Medicare Advantage.
3. *Voted* by the committee, *published*, and looked at again every year by itself.
"""

from temporalio import workflow

from activities.opening import MatterOpening
from domain.deliberation.deliberated import BringAgain, TakeVote
from domain.technology import acts
from domain.technology.answer import answer_for
from domain.technology.proposal import Proposal
from domain.technology.technology import Technology
from workflows.acts.hearing import hears
from workflows.matter import MatterStory
from workflows.running.lasting import to_its_end


class TechnologyOpening(MatterOpening):
    """The proposal, under the number of its case."""

    matter = Technology
    received_again = BringAgain

    proposal: Proposal


@workflow.defn(name="Technology")
class TechnologyWorkflow(MatterStory[Technology]):
    @workflow.init
    def __init__(self, opening: TechnologyOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: TechnologyOpening) -> str:
        return await self.story(opening)

    scope = hears("scope", acts.ScopeTechnology, "Say which question is asked")
    answer_bases = hears("answer_bases", acts.AnswerBases, "Answer bases of coverage")
    advise = hears("advise", acts.AdviseOnTechnology, "Give a specialist's opinion")
    take_vote = hears("take_vote", TakeVote, "Record the committee's vote")
    publish = hears("publish", acts.Publish, "Say where it can be read")

    @workflow.query(description="What it answers a member of that age who asks for it")
    def answer(self, age: int) -> str | None:
        return answer_for(self.case, age) if self.case else None

    bring_again = hears("bring_again", BringAgain, "It was proposed again")
