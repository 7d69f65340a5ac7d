"""Rate tables: load a published file, look a code up, price one disputed line. Standalone activities."""

import asyncio
from collections.abc import Collection
from datetime import date

from temporalio import activity

from activities.ports.world import Documents, Policies, Rates
from domain.dispute.rate_file import read_rates
from domain.rates.price_list import PriceList
from domain.rates.rates import KeptRates, Rate, RateTable, schedule_named
from domain.terms.codes import ServiceCode
from domain.terms.frozen import Frozen
from domain.terms.refusals import Misuse


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
        if question.day is not None:
            found = await self.price_list([question.code], [question.day])
            return RateAnswer(rates=found.rates, tables=found.tables)
        rates = await self.rates.rates([question.code])
        return RateAnswer(rates=rates, tables=await self.rates.rate_tables())

    async def price_list(self, codes: Collection[str], days: Collection[date]) -> PriceList:
        """What the tables of these days say of these codes, in one question however many they are."""
        pack, tables = self.policies.pack(), await self.rates.rate_tables()
        asked = {
            (table.schedule, table.quarter)
            for table in tables
            for schedule in pack.rate_schedule
            if schedule.id == table.schedule and any(schedule.covers(table.quarter, day) for day in days)
        }
        found = await self.rates.rates(codes, {quarter for _, quarter in asked})
        return PriceList(
            schedules=tuple(pack.rate_schedule),
            sequestrations=tuple(pack.sequestration),
            tables=tables,
            rates=tuple(rate for rate in found if (rate.schedule, rate.quarter) in asked),
        )


def _text_of(content: bytes) -> str:
    """The text of a file, without the byte-order mark that some carry."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse("row 1, header: the file is not text in UTF-8.") from None
