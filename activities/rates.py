"""Rate tables: load a published file, look a code up, price one disputed line. Standalone activities."""

import asyncio
from collections.abc import Sequence
from datetime import date

from temporalio import activity

from activities.ports import Documents, Policies, Rates
from domain import pricing
from domain.calendar import Frozen
from domain.codes import ServiceCode
from domain.pricing import PaidLine, Reference
from domain.rate_file import read_rates
from domain.rates import KeptRates, Rate, RateTable, schedule_named
from domain.rates_beside import Beside
from domain.refusals import Misuse


class RateFile(Frozen):
    """A table as it was published: its schedule, and the document that holds it as CSV."""

    schedule: str
    document: str


class RateQuestion(Frozen):
    """What is the rate of a code? With a day, in the quarter of that day."""

    code: ServiceCode
    day: date | None = None


class RateAnswer(Frozen):
    """A code's rates, the newest first, and the tables in which it was looked for."""

    rates: tuple[Rate, ...]
    tables: tuple[RateTable, ...]


class RateTables:
    def __init__(self, rates: Rates, documents: Documents, policies: Policies) -> None:
        self.rates = rates
        self.documents = documents
        self.policies = policies

    @activity.defn
    async def load_rates(self, file: RateFile) -> tuple[KeptRates, ...]:
        """Check every row of the file, then keep them all; a file with a fault changes nothing."""
        schedule = schedule_named(self.policies.pack().rate_schedule, file.schedule)
        content = await asyncio.to_thread(self.documents.get, file.document)
        return await self.rates.keep_rates(read_rates(_text_of(content), schedule))

    @activity.defn
    async def rates_of(self, question: RateQuestion) -> RateAnswer:
        """What the tables say of a code, of one day or at all."""
        found = await self.rates.rates(question.code, question.day)
        return RateAnswer(
            rates=tuple(rate for rate in found if self._is_of(rate, question.day)),
            tables=await self.rates.rate_tables(),
        )

    def _is_of(self, rate: Rate, day: date | None) -> bool:
        if day is None:
            return True
        schedule = schedule_named(self.policies.pack().rate_schedule, rate.schedule)
        return schedule.covers(rate.quarter, day)

    async def beside(self, services: Sequence[str]) -> Beside | None:
        """What the tables say of every service of a claim; None where they are not known."""
        codes = sorted({service.split()[0].upper() for service in services})
        rates = [rate for code in codes for rate in await self.rates.rates(code, None)]
        return Beside(services, rates) if services else None

    async def reference(self, line: PaidLine, beside: Beside | None = None) -> Reference:
        """What Original Medicare would have paid for the line, or why that is unknown."""
        pack = self.policies.pack()
        return pricing.reference(
            line,
            schedules=pack.rate_schedule,
            sequestrations=pack.sequestration,
            tables=await self.rates.rate_tables(),
            rates=await self.rates.rates(line.code.strip().upper(), line.day),
            beside=beside,
        )


def _text_of(content: bytes) -> str:
    """The text of a file, without the byte-order mark that some carry."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse("row 1, header: the file is not text in UTF-8.") from None
