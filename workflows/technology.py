"""New technology: from the proposal until nobody asks any more whether the plan covers it.

1. *Proposed*: the number is claimed, the committees are taken along by value; then somebody scopes the question.
2. *Evidence* on four bases, then a specialist's *opinion*. A national rule ends it for Medicare Advantage.
3. *Voted* by the committee, *published*, and looked at again every year by itself.
"""

from temporalio import workflow

from activities.opening import TechnologyOpening, application_of_subject
from domain.deliberation.deliberated import BringAgain, TakeVote
from domain.technology import acts
from domain.technology.answer import answer_for
from domain.technology.technology import Technology
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running.casework import now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


@workflow.defn(name="Technology")
class TechnologyWorkflow(Questions[Technology], DeskActs[Technology]):
    @workflow.init
    def __init__(self, opening: TechnologyOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: TechnologyOpening) -> str:
        return await self.followed(await self.begin(opening))

    async def begin(self, opening: TechnologyOpening) -> Technology | None:
        """A proposal that came in, or a case that goes on; None where the number is an older case's."""
        if opening.left_in:
            return await self.resumed_case(Technology, opening.left_in)
        admitted = await self.admit(application_of_subject(self.number, opening.proposal))
        if admitted is None:
            return None
        by, policy = opening.keyed_by or SYSTEM, admitted.policy
        case = Technology.received(self.number, admitted.member, policy, opening.proposal, now=now(), by=by)
        return self.take_in(case, admitted)

    scope = hears("scope", acts.ScopeTechnology, "Say which question is asked")
    answer_bases = hears("answer_bases", acts.AnswerBases, "Answer bases of coverage")
    advise = hears("advise", acts.AdviseOnTechnology, "Give a specialist's opinion")
    take_vote = hears("take_vote", TakeVote, "Record the committee's vote")
    publish = hears("publish", acts.Publish, "Say where it can be read")

    @workflow.query(description="What it answers a member of that age who asks for it")
    def answer(self, age: int) -> str | None:
        return answer_for(self.case, age) if self.case else None

    bring_again = hears("bring_again", BringAgain, "It was proposed again")
