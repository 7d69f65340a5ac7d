"""The file-backed directory on the mainland: whose benefit it is, and who gives a service where."""

from datetime import date

import pytest

from domain.request.network import UsScope
from domain.request.visit import Place
from tests.builders import ROOT
from worker.adapters.directory import FileDirectory

SAMPLE = ROOT / "examples" / "directory.toml"
DAY = date(2027, 3, 1)
ORLANDO = Place(city="Orlando", state="FL")

MEMBER_WITH_MORE = """
[[member]]
contract_number = "X-1"
name = "Eva Muestra"
plan = "mcs-classicare"
coverage_from = 2020-01-01
us = { scope = "additional_services", coinsurance = { amount = "75.00" } }
"""


@pytest.mark.parametrize(
    ("plan", "scope", "percent"),
    [
        ("mcs-classicare", UsScope.UNAVAILABLE, 20),
        ("mcs-life", UsScope.UNAVAILABLE, 30),
        ("mcs-life-accredited", UsScope.ADDITIONAL, None),
        ("caresource", UsScope.EMERGENCIES, None),  # no row: emergencies, and nothing more
    ],
)
async def test_a_benefit_is_that_of_the_plan(plan, scope, percent):
    benefit = await FileDirectory(SAMPLE).us_benefit(plan, "nobody", DAY)
    assert benefit.scope is scope
    assert (benefit.coinsurance.percent if benefit.coinsurance else None) == percent


async def test_a_members_own_benefit_goes_before_that_of_the_plan(tmp_path):
    file = tmp_path / "directory.toml"
    file.write_text(SAMPLE.read_text(encoding="utf-8") + MEMBER_WITH_MORE, encoding="utf-8")
    benefit = await FileDirectory(file).us_benefit("mcs-classicare", "X-1", DAY)
    assert (benefit.scope, str(benefit.coinsurance.amount)) == (UsScope.ADDITIONAL, "75.00")


@pytest.mark.parametrize(
    ("plan", "place", "service", "day", "found"),
    [
        ("mcs-classicare", ORLANDO, "77520", DAY, ["1000000202", "1000000210"]),
        ("mcs-classicare", ORLANDO, "33533", DAY, ["1000000210"]),
        ("mcs-classicare", Place(city="Houston", state="TX"), "33533", DAY, ["1000000236"]),
        ("mcs-classicare", Place(city="Boise", state="ID"), "77520", DAY, []),
        ("mcs-classicare", ORLANDO, "77520", date(2023, 12, 31), []),
        ("caresource", ORLANDO, "77520", DAY, []),
    ],
)
async def test_the_network_of_a_plan_in_a_place_on_a_day(plan, place, service, day, found):
    there = await FileDirectory(SAMPLE).network(plan, place, service, day)
    assert [one.npi for one in there] == found
