"""A grievance: from its receipt to its answer.

1. *Received*: the number is claimed, the policy taken along by value. Who had a part in what it is about is asked
   of the register, and the case that it is about keeps the link too.
2. *Sorted* by a person (42 CFR 422.564(b)): an appeal was opened as one, of the same receipt; it may be both.
3. *Answered* within 30 days, or 24 hours (422.564(e), (f)), 90 days or the state's less (438.408(b)(1)), 30 days
   in writing (26 LPRA 9398(d)), by somebody who may. What is late is told to more and more people, and stays owed.
4. *Over* once the member was told; or withdrawn.
"""

from typing import Any

from temporalio import workflow

from activities.opening import MatterOpening
from domain.grievance import acts
from domain.grievance.complaint import Complaint
from domain.grievance.grievance import Grievance
from workflows.acts.hearing import hears
from workflows.matter import MatterStory
from workflows.running import steps
from workflows.running.lasting import to_its_end


class GrievanceOpening(MatterOpening):
    """The complaint, under the number of its grievance."""

    matter = Grievance
    received_again = acts.ReceiveComplaint

    complaint: Complaint


@workflow.defn(name="Grievance")
class GrievanceWorkflow(MatterStory[Grievance]):
    @workflow.init
    def __init__(self, opening: GrievanceOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: GrievanceOpening) -> str:
        return await self.story(opening)

    async def looked_up(self, opening: GrievanceOpening) -> dict[str, Any]:
        about = opening.complaint.case
        return {"involved": await steps.involved(about) if about else frozenset()}

    async def at_first(self, case: Grievance, *, goes_on: bool) -> None:
        if case.parent and not goes_on:
            await self.at_rest(steps.tell_of_grievance(self.link_to(case)))

    receive_complaint = hears("receive_complaint", acts.ReceiveComplaint, "The same complaint came again")
    sort_grievance = hears(
        "sort_grievance", acts.SortGrievance, "Say what it is: a grievance, an appeal, both"
    )
    extend_grievance = hears("extend_grievance", acts.ExtendGrievance, "Take more time, once, with notice")
    answer_grievance = hears("answer_grievance", acts.AnswerGrievance, "Say what was found")

    @workflow.query(description="What the member complains of, as it came in")
    def complaint(self) -> Complaint | None:
        return self.case.complaint if self.case else None
