"""Coordination of benefits: from the day on which we learn of other coverage until nobody else pays.

1. *Learned*: the number is claimed, the clauses are taken along by value, and who pays first is reckoned.
2. *Asked* of the member where a fact is missing, reminded once; after their day somebody here finds out.
3. *Told*, and looked at again by itself on the days that are known and on a birthday; told again if it has changed.
4. *Over* when nobody else pays, when nobody finds out, or when it is taken back.
"""

from temporalio import workflow

from activities.opening import MatterOpening
from domain.cob import acts
from domain.cob.cob import CoordinationOfBenefits
from domain.cob.learned import Learned
from workflows.acts.hearing import hears
from workflows.matter import MatterStory
from workflows.running.lasting import to_its_end


class CobOpening(MatterOpening):
    """Other coverage that we learned of, under the number of its case."""

    matter = CoordinationOfBenefits
    received_again = acts.LearnAgain

    learned: Learned


@workflow.defn(name="Cob")
class CobWorkflow(MatterStory[CoordinationOfBenefits]):
    @workflow.init
    def __init__(self, opening: CobOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: CobOpening) -> str:
        return await self.story(opening)

    tell_facts = hears("tell_facts", acts.TellFacts, "Say how it is")
    learn_again = hears("learn_again", acts.LearnAgain, "It was learned of again")
    leave_unknown = hears("leave_unknown", acts.LeaveUnknown, "Nobody finds out who pays first")
