"""Rate tables: `plazo rates load | show`."""

import json

from pydantic_core import to_jsonable_python

from activities.desk.rates import RateAnswer, RateFile, RateQuestion, RateTables
from client.reach.cases import cases
from client.terminal.options import Common, OrStandardInput
from client.terminal.reading import build, day, read_text
from config.home import Home
from config.pack import load
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.dispute.rate_file import read_rates
from domain.policy.pack import Pack
from domain.rates.pricing import figures
from domain.rates.rates import KeptRates, Rate, RateTable, schedule_named

PUBLISHED = "opps-addendum-b"


async def load_(file: OrStandardInput, /, *, schedule: str = PUBLISHED, common: Common = Common()) -> int:
    """Load a rate table of Original Medicare; rows that are there already are replaced, a fault loads nothing.

    The columns are HCPCSCode, StatusIndicator, PaymentRate and Source, which is the quarter by its first month.

    For example:
        plazo rates load opps_addendum_b_2026-04.csv

    Parameters
    ----------
    file
        The table, as CSV; `-` for standard input.
    schedule
        Which schedule it is a table of; `plazo policy show` lists them.
    """
    settings = common.settings
    pack = load(settings.policy)
    text = read_text(file)
    read_rates(text, schedule_named(pack.rate_schedule, schedule))
    store = DocumentStore(settings.documents, KeyRing.load(Home(settings.home).keyring))
    async with cases(settings) as desk:  # a table is kept only where somebody can be asked to read it
        document = store.put(text.encode())
        kept = await desk.ask(RateTables.load_rates, RateFile(schedule=schedule, document=document))
    if common.json:
        print(json.dumps(to_jsonable_python(kept), indent=2))
        return 0
    for table in kept:
        print(_in_words(table, pack))
    return 0


async def show(code: str, /, *, on: str | None = None, common: Common = Common()) -> int:
    """Show what the loaded tables say that Original Medicare pays for a code: a reference, never what is owed.

    For example:
        plazo rates show A2001 --on 2026-05-04

    Parameters
    ----------
    code
        The CPT or HCPCS code.
    on
        The date of service; all quarters when left out.
    """
    question = build(RateQuestion, {"code": code, "day": day(on, "on") if on else None})
    settings = common.settings
    pack = load(settings.policy)
    async with cases(settings) as desk:
        answer = await desk.ask(RateTables.rates_of, question)
    if common.json:
        print(json.dumps(to_jsonable_python(answer), indent=2))
        return 0
    for rate in answer.rates:
        print(_of_a_rate(rate, pack))
    if not answer.rates:
        print(_nothing_found(question, answer, pack))
    return 0


def _in_words(kept: KeptRates, pack: Pack) -> str:
    said = f"{_table(kept, pack)}: {kept.new} new, {kept.changed} changed, {kept.unchanged} unchanged."
    stays = f" {kept.not_named} that the file does not name stay as they were." if kept.not_named else ""
    return said + stays


def _table(table: KeptRates | Rate | RateTable, pack: Pack) -> str:
    """A table by name, with the days of service that it prices."""
    schedule = schedule_named(pack.rate_schedule, table.schedule)
    first, last = schedule.days_of(table.quarter)
    return f"{schedule.title}, {table.setting}, quarter {table.quarter} (services {first} to {last})"


def _of_a_rate(rate: Rate, pack: Pack) -> str:
    schedule = schedule_named(pack.rate_schedule, rate.schedule)
    amount = f"{figures(rate.amount)} a unit" if rate.amount is not None else "no rate"
    paid = schedule.how_it_pays(rate.status_indicator)
    return (
        f"{rate.code}: {amount}, status indicator {rate.status_indicator}: {paid}\n"
        f"  {_table(rate, pack)}\n"
        f"  a reference, never the amount owed: it leaves out {schedule.leaves_out}"
    )


def _nothing_found(question: RateQuestion, answer: RateAnswer, pack: Pack) -> str:
    if not answer.tables:
        return "No rate table is loaded; `plazo rates load FILE` loads one."
    when = f" for services on {question.day}" if question.day else ""
    looked = "; ".join(_table(table, pack) for table in answer.tables)
    return f"{question.code} has no rate{when}. Loaded: {looked}."
