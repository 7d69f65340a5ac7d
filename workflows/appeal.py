"""An appeal: from its receipt to the day on which nobody can take it further.

1. *Received*, late or not, with a form or without. What was decided is fetched, by value, from the case that
   decided it; that case is told, and both keep the link. Acknowledged at once.
2. *May they?* A representative shows an appointment, a provider a waiver of liability or the member's
   consent. Until the form comes the appeal waits, and its decision counts from the form.
3. *In time?* By the window that the first notice opened: 65 days from its date (42 CFR 422.582(b)), 60 (42
   CFR 438.402(c)), 180 from its receipt (26 LPRA 9397; 29 CFR 2560.503-1(h)(3)(i)); silence is open and
   endless. What is late is asked for its good cause, and a person decides: heard, or dismissed with a notice.
4. *Heard* by somebody who had no part in the first answer and knows the field (42 CFR 422.590(h)), on the
   clock of its regime.
5. *Overturned*: authorized at once, within the row that counts from receipt (42 CFR 422.618(a)). *Upheld, or
   late*: in Medicare Advantage to the independent reviewer by itself (422.590), whose answer is followed
   within 72 hours of its notice (422.618(b)); elsewhere told of external review or state hearing, with the
   time for it.
6. *Over* when it was told, has its effect, and no time to take it further is running; or withdrawn.
"""

from temporalio import workflow

from activities.opening import AppealOpening, application_of_appeal
from domain.appeal import acts, deciding, receiving
from domain.appeal.appeal import Appeal
from domain.appeal.linking import AppealOpened
from domain.terms.people import SYSTEM
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.acts.review import ReviewedActs
from workflows.running import steps
from workflows.running.casework import now
from workflows.running.issuing import Issuing
from workflows.running.lasting import to_its_end
from workflows.running.questions import ReviewQuestions


@workflow.defn(name="Appeal")
class AppealWorkflow(ReviewQuestions[Appeal], DeskActs[Appeal], ReviewedActs[Appeal], Issuing[Appeal]):
    @workflow.init
    def __init__(self, opening: AppealOpening) -> None:
        super().__init__(opening.number)

    @workflow.run
    @to_its_end
    async def run(self, opening: AppealOpening) -> str:
        case = await self.begin(opening)
        if case is None:
            return self.no_case
        async with self.kept():
            if not case.is_acknowledged:
                await self.tell_the_original(case)
                case.begin(now())
            case.settle(now())
        return str(case.closed_as)

    async def begin(self, opening: AppealOpening) -> Appeal | None:
        """An appeal that came in, or one that is taken up; None where it is no case of its own."""
        if opening.left_in:
            return await self.resumed_case(Appeal, opening.left_in)
        return await self.receive(opening)

    async def receive(self, opening: AppealOpening) -> Appeal | None:
        """The case begins with its receipt, and takes along what was decided."""
        original = await steps.appealed(opening.appeal.original)
        application = application_of_appeal(self.number, opening.appeal, original)
        admitted = await self.admit(application, opening.again)
        if admitted is None:
            return None
        by, policy = opening.by, admitted.policy
        case = Appeal.received(self.number, policy, opening.appeal, original, now=now(), by=by)
        return self.take_in(case, admitted)

    async def tell_the_original(self, case: Appeal) -> None:
        """The case that is appealed keeps the link too; one that has closed hears no more."""
        opened = AppealOpened(
            actor=SYSTEM,
            number=case.number,
            received_at=case.received_at,
            by=case.appeal.by,
            lines=tuple(line.sequence for line in case.lines),
        )
        heard = await self.at_rest(steps.tell_of_appeal(case.original.case, opened))
        case.linked_with_the_original(now(), heard=heard)

    # What people may do, beyond every review

    receive_appeal = hears("receive_appeal", receiving.ReceiveAppeal, "The appeal came again")
    receive_form = hears("receive_form", acts.ReceiveForm, "The form that shows who may appeal has come")
    state_cause = hears("state_cause", acts.StateCause, "Why the appeal is late, as it was said")
    accept_cause = hears("accept_cause", acts.AcceptCause, "There was good cause for being late")
    decide_appeal = hears("decide_appeal", deciding.DecideAppeal, "Answer a line of the appeal")
    dismiss_appeal = hears("dismiss_appeal", acts.DismissAppeal, "Stop before deciding, on a listed ground")
    vacate_dismissal = hears("vacate_dismissal", acts.VacateDismissal, "Undo a dismissal for good cause")
    go_further = hears("go_further", acts.GoFurther, "The member took it to the next level")
    record_review = hears("record_review", acts.RecordReview, "The answer of whoever reviews after the plan")
    give_effect = hears("give_effect", acts.GiveEffect, "What was reversed has its effect")
