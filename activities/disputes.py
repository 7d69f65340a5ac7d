"""What a dispute asks of the world: whose claim it was, what Original Medicare pays, and money to leave."""

from temporalio import activity

from activities.ports import Directory, LiveCases, Payables
from activities.rates import RateTables
from domain.calendar import Frozen
from domain.pricing import PaidLine, Reference
from domain.standing import Standing, StandingQuestion


class PaymentDue(Frozen):
    """A dispute that owes an instruction to pay, and the key of that."""

    case: str
    key: str


class Proof(Frozen):
    """That a payment was instructed under its key: where the instruction lies, and its hash."""

    key: str
    proof: str


class PriceQuestion(Frozen):
    """The lines to price, by their sequence, and every service of their claim where it is known."""

    lines: dict[int, PaidLine]
    services: tuple[str, ...] = ()


class PriceAnswer(Frozen):
    references: dict[int, Reference]


class Disputes:
    def __init__(
        self, directory: Directory, payables: Payables, tables: RateTables, cases: LiveCases
    ) -> None:
        self.cases = cases
        self.directory = directory
        self.payables = payables
        self.tables = tables

    @activity.defn
    async def check_standing(self, question: StandingQuestion) -> Standing:
        """Ask the directory about the member's coverage and the provider's contract on the day of service."""
        return await self.directory.standing(
            question.plan, question.member, question.npi, question.tax_id, question.day
        )

    @activity.defn
    async def price_lines(self, question: PriceQuestion) -> PriceAnswer:
        """What Original Medicare would have paid for each line, or why that is unknown."""
        beside = await self.tables.beside(question.services)
        found = {line: await self.tables.reference(paid, beside) for line, paid in question.lines.items()}
        return PriceAnswer(references=found)

    @activity.defn
    async def instruct_payment(self, due: PaymentDue) -> Proof:
        """Write the instruction to pay. Run again, it finds what was written and answers the same proof."""
        payment = await self.cases.payment(due.case, activity.info().workflow_run_id or "", due.key)
        return Proof(key=payment.key, proof=await self.payables.instruct(payment))
