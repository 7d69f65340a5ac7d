"""Retrospective review: from the receipt of a request for what was given until nothing more can happen.

1. *Received*, with the reason why nobody asked. The time for a payment runs from receipt; nothing is expedited
   (42 CFR 422.568(c), 422.520(a), 422.570(a); 29 CFR 2560.503-1(f)(2)(iii)(B)).
2. *Covered?* on the day on which it was given, coverage that was given backwards included. 3. *Complete?*
4. *Criteria*: of an emergency those of the prudent layperson (42 CFR 422.113(b)(1)), else those of the service.
5. *Nurse*, 6. *physician*. What was approved before is not looked at again for necessity (42 CFR 422.138(c)).
7. *Told*, with the way to appeal; nothing is authorized. 8. *Over* as a precertification is.
"""

from temporalio import workflow

from activities.opening import Opening
from domain.review.retrospective import Retrospective
from workflows.review import Review
from workflows.running.lasting import to_its_end


@workflow.defn(name="Retrospective")
class RetrospectiveWorkflow(Review[Retrospective]):
    @workflow.run
    @to_its_end
    async def run(self, opening: Opening) -> str:
        return await self.story(opening, Retrospective)
