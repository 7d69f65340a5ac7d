"""A grievance: from its receipt to its answer.

1. *Received*: the number is claimed, the policy taken along by value. Who had a part in what it is about is asked
   of the register, and the case that it is about keeps the link too.
2. *Sorted* by a person (42 CFR 422.564(b)): an appeal was opened as one, of the same receipt; it may be both.
3. *Answered* within 30 days, or 24 hours (422.564(e), (f)), 90 days or the state's less (438.408(b)(1)), 30 days
   in writing (26 LPRA 9398(d)), by somebody who may. What is late is told to more and more people, and stays owed.
4. *Over* once the member was told; or withdrawn.
"""

from temporalio import workflow

from activities.grievances import ToldOfGrievance
from activities.opening import GrievanceOpening, application_of_complaint
from domain.desk.desk import Link
from domain.grievance import acts
from domain.grievance.complaint import Complaint
from domain.grievance.grievance import Grievance
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running import steps
from workflows.running.casework import TAKEN, now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions


@workflow.defn(name="Grievance")
class GrievanceWorkflow(Questions[Grievance], DeskActs[Grievance]):
    @workflow.init
    def __init__(self, opening: GrievanceOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: GrievanceOpening) -> str:
        case = await self.begin(opening)
        if case is None:
            return TAKEN
        async with self.kept():
            if case.parent and not opening.left_in:
                link = Link(actor=SYSTEM, to=case.number)
                await self.at_rest(steps.tell_of_grievance(ToldOfGrievance(case=case.parent, act=link)))
            while not case.is_closed:
                await self.something_new(len(case.log.events))
        return str(case.closed_as)

    async def begin(self, opening: GrievanceOpening) -> Grievance | None:
        """A grievance that came in, or one that goes on; None where the number is an older case's."""
        if opening.left_in:
            return await self.resumed_case(Grievance, opening.left_in)
        complaint = opening.complaint
        admitted = await self.admit(application_of_complaint(self.number, complaint))
        if admitted is None:
            return None
        involved = await steps.involved(complaint.case) if complaint.case else frozenset()
        by, policy = opening.keyed_by or SYSTEM, admitted.policy
        case = Grievance.received(self.number, admitted.member, policy, complaint, involved, now=now(), by=by)
        return self.take_in(case, admitted, case.linked)

    receive_complaint = hears("receive_complaint", acts.ReceiveComplaint, "The same complaint came again")
    sort_grievance = hears(
        "sort_grievance", acts.SortGrievance, "Say what it is: a grievance, an appeal, both"
    )
    extend_grievance = hears("extend_grievance", acts.ExtendGrievance, "Take more time, once, with notice")
    answer_grievance = hears("answer_grievance", acts.AnswerGrievance, "Say what was found")

    @workflow.query(description="What the member complains of, as it came in")
    def complaint(self) -> Complaint | None:
        return self.case.complaint if self.case else None
