"""Precertification: from the receipt of a request to the day on which nothing more can happen.

1. *Received.* The number is claimed and the policy in force is taken along by value. Clocks run from receipt,
   complete or not (42 CFR 422.568(b), 422.572(a); 26 LPRA 9429; 29 CFR 2560.503-1(f); 42 CFR 438.210(d)).
2. *Screened.* What never needs precertification and was only asked about, or an emergency in an emergency
   setting, is told so (NA). A tick is not a confirmation.
3. *Covered?* The directory answers for the date of service. No coverage is for a person to decide.
4. *Complete?* What is missing of the minimum set is asked for, item by item.
5. *Criteria.* Software approves where the pack allows it and all clauses are met; it never denies or delays.
6. *Nurse*, 7. *physician*: people decide the rest, line by line, each within their authority.
8. *Told.* Letters and calls start together; the clock is kept by what its row says, at that event's own time.
9. *Over* when the calls are made or their time has passed, and no appeal window is open. Before and after that,
   *second thoughts* are in people's hands: a decision taken back or corrected, a closed case taken up again.
"""

from temporalio import workflow

from activities.opening import Opening
from domain.review.precertification import Precertification
from workflows.review import Review
from workflows.running.lasting import to_its_end


@workflow.defn(name="Precertification")
class PrecertificationWorkflow(Review[Precertification]):
    @workflow.run
    @to_its_end
    async def run(self, opening: Opening) -> str:
        return await self.story(opening, Precertification)
