"""What a dispute asks of the world: whose claim it was, what Original Medicare pays, and money to leave."""

from datetime import date

from temporalio import activity

from activities.desk.rates import RateTables
from activities.ports.cases import LiveCases
from activities.ports.world import Directory, Payables
from domain.dispute.standing import Standing, StandingQuestion
from domain.rates.price_list import PriceList
from domain.terms.frozen import Frozen


class PaymentDue(Frozen):
    """A dispute that owes an instruction to pay, and the key of that."""

    case: str
    key: str


class Proof(Frozen):
    """That a payment was instructed under its key: where the instruction lies, and its hash."""

    key: str
    proof: str


class PriceQuestion(Frozen):
    """The codes and days of all lines of a case, each once, and the digest of the price list that it holds.

    The codes are those of the whole claim, where that is known.
    """

    codes: tuple[str, ...]
    days: tuple[date, ...]
    held: str | None = None


class PriceAnswer(Frozen):
    """The price list; None where it is the one that the case holds."""

    price_list: PriceList | None


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
        """What is published of the codes of a case, for all its lines at once."""
        found = await self.tables.price_list(question.codes, question.days)
        return PriceAnswer(price_list=None if found.digest == question.held else found)

    @activity.defn
    async def instruct_payment(self, due: PaymentDue) -> Proof:
        """Write the instruction to pay. Run again, it finds what was written and answers the same proof."""
        # Asked in a task that is lost, the case says the same: what is owed under a key never changes.
        payment = await self.cases.payment(due.case, activity.info().workflow_run_id or "", due.key)
        return Proof(key=payment.key, proof=await self.payables.instruct(payment))
