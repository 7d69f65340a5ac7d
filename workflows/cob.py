"""Coordination of benefits: from the day on which we learn of other coverage until nobody else pays.

1. *Learned*: the number is claimed, the clauses are taken along by value, and who pays first is reckoned.
2. *Asked* of the member where a fact is missing, reminded once; after their day somebody here finds out.
3. *Told*, and looked at again by itself on the days that are known and on a birthday; told again if it has changed.
4. *Over* when nobody else pays, when nobody finds out, or when it is taken back.
"""

from temporalio import workflow

from activities.opening import CobOpening, application_of_learned
from domain.cob import acts
from domain.cob.cob import CoordinationOfBenefits
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running.casework import now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


@workflow.defn(name="Cob")
class CobWorkflow(Questions[CoordinationOfBenefits], DeskActs[CoordinationOfBenefits]):
    @workflow.init
    def __init__(self, opening: CobOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: CobOpening) -> str:
        return await self.followed(await self.begin(opening))

    async def begin(self, opening: CobOpening) -> CoordinationOfBenefits | None:
        """Other coverage that we learned of, or a case that goes on; None where the number is an older case's."""
        if opening.left_in:
            return await self.resumed_case(CoordinationOfBenefits, opening.left_in)
        admitted = await self.admit(application_of_learned(self.number, opening.learned))
        if admitted is None:
            return None
        by, policy = opening.keyed_by or SYSTEM, admitted.policy
        case = CoordinationOfBenefits.received(
            self.number, admitted.member, policy, opening.learned, now=now(), by=by
        )
        return self.take_in(case, admitted)

    tell_facts = hears("tell_facts", acts.TellFacts, "Say how it is")
    learn_again = hears("learn_again", acts.LearnAgain, "It was learned of again")
    leave_unknown = hears("leave_unknown", acts.LeaveUnknown, "Nobody finds out who pays first")
