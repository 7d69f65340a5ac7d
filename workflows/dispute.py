"""A payment dispute: from its receipt to the day on which nobody may ask the health plan any more.

1. *Received.* The number is claimed and the plan's rows are taken along by value. The first level runs from
   receipt, complete or not, or from completion where the plan's row says so.
2. *One of ours?* Medicare Advantage and no contract on the date of service: by the claim filing indicator, then by
   the directory. Line by line, denials go to the health plan's appeal, and no decision is made here on them.
3. *In time?* 120 days from the remittance notification date, by the first receipt. Late is received and answered.
4. *Complete?* What is missing is asked for; the time to file is a durable timer with reminders.
5. *First level.* An analyst answers each line beside what Original Medicare would have paid. A missed limit opens
   the second level, and the answer stays owed.
6. *Second level.* The health plan's. The case waits through the time to ask it, and a closed case is taken up
   again when a request becomes known later.
7. *Paid.* Money that was given is instructed once.
"""

from collections.abc import Coroutine
from typing import Any

from temporalio import workflow

from activities.disputes import PriceQuestion
from activities.opening import DisputeOpening, application_of_filing
from domain.dispute import acts, correcting, level, money, receipt, receiving
from domain.dispute.dispute import Dispute
from domain.dispute.filing import Filing
from domain.dispute.standing import Standing
from domain.parts.events import EventKind
from domain.parts.payment import Payment
from domain.rates.price_list import PriceList
from domain.view import dispute_view
from domain.view.dispute_showing import dispute_sheet
from workflows.acts.desk import DeskActs
from workflows.acts.hearing import hears
from workflows.running import steps
from workflows.running.casework import now
from workflows.running.lasting import to_its_end
from workflows.running.questions import Questions

NO_DAY = Standing(
    in_medicare_advantage=None, has_contract=None, because="no disputed line names a day of service"
)


@workflow.defn(name="Dispute")
class DisputeWorkflow(Questions[Dispute], DeskActs[Dispute]):
    @workflow.init
    def __init__(self, opening: DisputeOpening) -> None:
        super().__init__(opening.number)
        self.taken_up = 0  # how often, when the lines were priced
        self.price_list: PriceList | None = None

    @workflow.run
    @to_its_end
    async def run(self, opening: DisputeOpening) -> str:
        case = await self.begin(opening)
        if case is None:
            return self.no_case
        async with self.kept():
            while not case.is_closed:
                seen = len(case.log.events)
                await self.check_standing(case)
                case.settle(now())
                await self.price_lines(case)
                await self.something_new(seen)
        return str(case.closed_as)

    async def begin(self, opening: DisputeOpening) -> Dispute | None:
        """A dispute that came in, or one that is taken up; None where it is no case of its own."""
        if opening.left_in:
            return await self.resumed_case(Dispute, opening.left_in)
        return await self.receive(opening, opening.filing) if opening.filing else await self.take_up()

    async def receive(self, opening: DisputeOpening, filing: Filing) -> Dispute | None:
        """Claim the number, take the plan's rows along; None where it is no case of its own."""
        admitted = await self.admit(application_of_filing(self.number, filing), opening.again)
        if admitted is None:
            return None
        by, policy = opening.by, admitted.policy
        case = Dispute.received(self.number, admitted.member, policy, filing, now=now(), by=by)
        return self.take_in(case, admitted)

    async def take_up(self) -> Dispute:
        """A closed case as the register kept it, for what somebody has to tell of it."""
        case = await self.closed_case(Dispute)
        case.reopen(now())
        self.case = case
        return case

    async def check_standing(self, case: Dispute) -> None:
        """Whose claim was it? The remittance may say; else the directory is asked, once."""
        if case.standing or not case.is_undecided:
            return
        found = case.standing_by_remittance
        if found is None:
            question = case.standing_question
            found = await steps.check_standing(question, self.rest) if question else NO_DAY
            found = case.beside_the_remittance(found)
        if case.is_undecided:
            receipt.standing_found(case, found, now())

    async def price_lines(self, case: Dispute) -> None:
        """Asked when the review begins, and again when somebody takes the work up: rates may have come."""
        lines = case.to_price if case.ours else {}
        taken_up = sum(event.kind is EventKind.CLAIMED for event in case.log.events)
        if not lines or (taken_up == self.taken_up and case.is_priced):
            return
        self.taken_up = taken_up
        days = {line.day for line in lines.values() if line.day}
        held = self.price_list.digest if self.price_list else None
        question = PriceQuestion(codes=tuple(sorted(case.codes)), days=tuple(sorted(days)), held=held)
        answer = await steps.price_lines(question, self.rest)
        self.price_list = answer.price_list or self.price_list
        if self.price_list:
            as_they_still_stand = dict(lines.items() & case.to_price.items())
            money.priced(case, self.price_list.references(as_they_still_stand, case.filing.claim.services))

    def keepers(self) -> list[Coroutine[Any, Any, None]]:
        return [*super().keepers(), self._keep_the_money()]

    async def _keep_the_money(self) -> None:
        """What was given is instructed, each under its key, once."""
        case = self.admitted
        while not case.is_closed:
            await workflow.wait_condition(lambda: bool(case.may_be_paid) or case.is_closed)
            for payment in case.may_be_paid:
                proof = await steps.instruct_payment(case.number, payment.key)
                money.instructed(case, proof.key, proof.proof, now())
            case.settle(now())

    # What people may do, beside what anybody does at a desk

    receive_filing = hears("receive_filing", receiving.ReceiveFiling, "The dispute was filed again")
    triage_line = hears("triage_line", acts.TriageLine, "Say where a line goes")
    send_elsewhere = hears("send_elsewhere", acts.SendElsewhere, "It is not ours to answer")
    decide_good_cause = hears(
        "decide_good_cause", acts.DecideGoodCause, "Accept or refuse a good cause for coming late"
    )
    resolve = hears("resolve", acts.Resolve, "Answer a line at the first level")
    dismiss = hears("dismiss", acts.Dismiss, "Stop before deciding, with a notice")
    correct_remittance = hears(
        "correct_remittance", correcting.CorrectRemittance, "A corrected remittance changed lines"
    )
    second_level_filed = hears(
        "second_level_filed", level.SecondLevelFiled, "The provider asked the health plan"
    )
    second_level_answered = hears(
        "second_level_answered", level.SecondLevelAnswered, "What the health plan decided"
    )

    # What people may ask

    @workflow.query(description="An instruction to pay")
    def payment(self, key: str) -> Payment:
        return next(one for one in self.admitted.payments if one.key == key)

    @workflow.query(description="The lines, what was paid and what Original Medicare would have paid")
    def dispute_review(self) -> dispute_view.DisputeSheet | None:
        return dispute_sheet(self.case) if self.case else None
