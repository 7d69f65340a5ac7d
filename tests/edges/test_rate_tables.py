"""The published table itself, from the document store through the activities to a price."""

import json
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import pytest_asyncio

from activities.desk.rates import RateFile, RateQuestion, RateTables
from client.policy import rates
from client.terminal.options import Common
from config.home import Home
from config.sealing.documents import DocumentStore
from config.sealing.keyring import KeyRing
from domain.rates.pricing import PaidLine
from domain.terms.refusals import Misuse
from records.database import database_at
from records.rates import RateStore
from records.upgrade import upgrade
from tests.builders import ROOT
from worker.adapters.tables import PackOnDisk

PUBLISHED = ROOT.parent / "shared" / "inputs" / "rates" / "opps_addendum_b_2026-04_hcpcs_level2_rates.csv"
A_TABLE = Path(__file__).with_name("a_rate_table.csv")
needs_the_published_table = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the real input files (../shared/inputs) are not here"
)


@pytest_asyncio.fixture
async def desk(tmp_path):
    """The activities with a register and a document store of their own."""
    ring = KeyRing.generate()
    database = database_at(f"sqlite:///{tmp_path / 'register.db'}")
    await upgrade(database)
    documents = DocumentStore(tmp_path / "documents", ring)
    yield RateTables(RateStore(database), documents, PackOnDisk(ROOT / "policy"))
    await database.dispose()


async def priced(desk, line, *services):
    price_list = await desk.price_list({line.code, *services}, [line.day])
    return price_list.references({1: line}, services)[1]


async def loaded(desk, content):
    return await desk.load_rates(RateFile(schedule="opps-addendum-b", document=desk.documents.put(content)))


def a_line(**changes):
    fields = {
        "code": "A2001",
        "units": 2,
        "bill_type": "131",
        "day": date(2026, 5, 4),
        "cost_share": "50.86",
        "paid": "180.00",
    }
    return PaidLine.model_validate(fields | changes)


@needs_the_published_table
async def test_the_published_table_is_loaded_once_and_prices_a_line(desk):
    (first,) = await loaded(desk, PUBLISHED.read_bytes())
    (again,) = await loaded(desk, PUBLISHED.read_bytes())

    assert (first.quarter, first.new, first.unchanged) == ("2026-04", 1507, 0)
    assert (again.new, again.changed, again.unchanged, again.not_named) == (0, 0, 1507, 0)

    skin_substitute = await priced(desk, a_line())
    drug = await priced(desk, a_line(code="Q9997", units=3, cost_share="2.72", paid="0"))

    assert str(skin_substitute.priced.would_have_paid) == "199.35"
    assert str(drug.priced.would_have_paid) == "10.66"


@needs_the_published_table
async def test_every_line_of_the_published_table_is_priced_or_says_why_not(desk):
    await loaded(desk, PUBLISHED.read_bytes())
    rows = [row.split(",") for row in PUBLISHED.read_text().splitlines()[1:]]

    for code, indicator, rate, _ in rows[::25]:
        answer = await priced(desk, a_line(code=code, units=1, cost_share="0", paid="0"))
        if indicator in {"J1", "J2", "Q1", "Q2", "Q3"}:
            assert "depends on the rest of the claim" in answer.sentence
        else:
            assert answer.priced.allowed == Decimal(rate)


@needs_the_published_table
async def test_a_clinic_visit_is_priced_where_its_claim_shows_that_nothing_else_applies(desk):
    await loaded(desk, PUBLISHED.read_bytes())
    visit = a_line(code="G0463", units=1, cost_share="0", paid="118.00")

    alone = await priced(desk, visit, "G0463", "J1745")
    unknown = await priced(desk, visit, "G0463", "99213")
    not_said = await priced(desk, visit)

    assert str(alone.priced.would_have_paid) == "133.30"  # 136.02 x 0.98
    assert "its 99213 is not in that table" in unknown.sentence
    assert "depends on the rest of the claim" in not_said.sentence


async def test_a_line_without_a_table_is_unknown_and_not_free(desk):
    answer = await priced(desk, a_line())

    assert answer.priced is None
    assert "no table of OPPS Addendum B is loaded" in answer.sentence


async def test_a_code_is_looked_up_in_the_quarter_of_its_day(desk):
    await loaded(desk, A_TABLE.read_bytes())

    within = await desk.rates_of(RateQuestion(code="a2001", day=date(2026, 6, 30)))
    after = await desk.rates_of(RateQuestion(code="A2001", day=date(2026, 7, 1)))
    ever = await desk.rates_of(RateQuestion(code="A2001"))

    assert [rate.quarter for rate in within.rates] == ["2026-04"]
    assert after.rates == ()
    assert ever.rates == within.rates
    assert [table.codes for table in after.tables] == [3]


async def test_a_byte_order_mark_is_no_fault(desk):
    (kept,) = await loaded(desk, b"\xef\xbb\xbf" + A_TABLE.read_bytes())

    assert kept.new == 3


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (A_TABLE.read_bytes() + b"A2001,S1,5.00,2026-04\n", "row 5, HCPCSCode: row 2 has this code"),
        (b"PK\x03\x04\xff\xfe", "the file is not text in UTF-8"),
    ],
)
async def test_a_file_with_a_fault_changes_nothing(desk, content, fault):
    with pytest.raises(Misuse, match=fault):
        await loaded(desk, content)

    assert (await desk.rates_of(RateQuestion(code="A2001"))).tables == ()


async def test_a_schedule_that_the_pack_does_not_know_is_refused_with_those_it_does(desk):
    document = desk.documents.put(A_TABLE.read_bytes())

    with pytest.raises(Misuse, match=r"schedule: .* the pack knows opps-addendum-b"):
        await desk.load_rates(RateFile(schedule="physician-fees", document=document))


@pytest.fixture
def at_the_desk(desk, tmp_path, monkeypatch):
    """The commands, with the activities in the same room."""

    @asynccontextmanager
    async def here(settings):
        class Desk:
            async def ask(self, step, question):
                return await step(desk, question)

        desk.documents = DocumentStore(settings.documents, KeyRing.load(home.keyring))
        yield Desk()

    home = Home(tmp_path / "home")
    home.prepare()
    KeyRing.load_or_generate(home.keyring)
    monkeypatch.setattr(rates, "cases", here)
    return home.folder


async def test_a_table_is_loaded_and_a_code_looked_up_by_command(at_the_desk, capsys):
    home = Common(home=at_the_desk)

    await rates.show("A2001", common=home)
    await rates.load_(str(A_TABLE), common=home)
    for code, day in (("A2001", "2026-05-04"), ("Q9999", None), ("A2001", "2026-07-01"), ("B1000", None)):
        await rates.show(code, on=day, common=home)

    said = capsys.readouterr().out.splitlines()
    table = "OPPS Addendum B, hospital outpatient, quarter 2026-04 (services 2026-04-01 to 2026-06-30)"
    never = "  a reference, never the amount owed: it leaves out "
    assert said[0] == "No rate table is loaded; `plazo rates load FILE` loads one."
    assert said[1] == f"{table}: 3 new, 0 changed, 0 unchanged."
    assert said[2] == "A2001: 100.00 a unit, status indicator S1: paid by itself"
    assert said[3] == f"  {table}"
    assert said[4].startswith(never)
    assert said[5] == "Q9999: no rate, status indicator N: not paid by itself"
    assert said[8] == f"A2001 has no rate for services on 2026-07-01. Loaded: {table}."
    assert said[9] == f"B1000 has no rate. Loaded: {table}."

    programs = Common(home=at_the_desk, json=True)
    await rates.load_(str(A_TABLE), common=programs)
    assert [kept["unchanged"] for kept in json.loads(capsys.readouterr().out)] == [3]
    await rates.show("J1234", common=programs)
    assert json.loads(capsys.readouterr().out)["rates"][0]["amount"] == "4.531"
