"""A referral as the staff do it: real commands on a real server, from the call to the return."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import ago

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples" / "referral"
LAKESIDE = "1000000210"


def day(ahead: int) -> str:
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()


def a_referral(example: str, **fields):
    """A sample that reached the plan an hour ago, for a service in two months; its papers stay at home."""
    sample = json.loads(next(EXAMPLES.glob(f"{example}*.json")).read_text(encoding="utf-8"))
    lines = [line | {"from_day": day(60)} for line in sample["lines"]]
    return sample | {"received_at": ago(timedelta(hours=1)), "lines": lines, "documents": []} | fields


def a_finding(installation, name="finding-not-available"):
    finding = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return installation.file(finding, f"{name}.json")


async def test_a_referral_is_found_unavailable_approved_coordinated_and_closed_by_commands(installation):
    file = installation.file(a_referral("01", reference="E-8001"), "referral.json")
    preview = await installation.json("referral", "check", file)
    assert preview["coverage"].startswith("eligible and covered")
    assert [one.split()[0] for one in preview["providers"]] == ["1000000202", LAKESIDE]
    case = (await installation.json("referral", "submit", file, as_="ic-santos"))["case"]
    assert case.startswith("REF-")

    steps = [
        ("cm-reyes", "referral", "availability", case, a_finding(installation)),
        ("cm-reyes", "approve", case),
        ("cm-reyes", "referral", "choose", case, "1000000202"),
        ("cm-reyes", "referral", "provider-answer", case, "--declined", "--because", "no room"),
        ("cm-reyes", "referral", "choose", case, LAKESIDE),
        ("cm-reyes", "referral", "provider-answer", case, "--accepted"),
        ("cm-reyes", "referral", "dates", case, day(60)),
        ("cm-reyes", "referral", "send", case, "--to", LAKESIDE),
        ("cm-reyes", "referral", "coinsurance", case),
    ]
    for who, *words in steps:
        await installation.answer(*words, as_=who)
    listed = await installation.answer("referral", "providers", case)
    assert "1000000202  Orlando Proton Center (sample), Orlando, FL" in listed
    assert "has declined" in listed
    await installation.at_rest(case)
    await installation.answer("referral", "confirm", case, as_="cm-reyes")
    assert "Lakeside Cancer Institute (sample) in Orlando, FL" in await installation.answer("show", case)
    await installation.at_rest(case)
    letters = " ".join(installation.letters(case))
    assert "preauthorization-us_provider" in letters
    assert "coinsurance-member" in letters

    await installation.answer("fast-forward", case, "62d")
    await installation.answer("referral", "return", case, as_="cm-reyes")
    assert "returned to local care" in await installation.answer("show", case)
    written = (installation.home.spool / f"{case}-003-preauthorization-us_provider.txt").read_text()
    assert "This is your copy" not in written
    assert "1-800-981-4766" in written


async def test_an_emergency_opens_its_transfer_too_and_both_know_of_each_other(installation):
    sample = a_referral("03", reference="E-8003")
    sample["lines"][0]["from_day"] = day(-1)
    sample["transfer"]["lines"][0]["from_day"] = day(1)
    opened = await installation.json(
        "referral", "submit", installation.file(sample, "emergency.json"), as_="ic-santos"
    )
    await installation.at_rest(opened["case"])
    emergency = await installation.json("show", opened["case"])
    transfer = await installation.json("show", opened["transfer"])
    assert (emergency["status"]["code"], transfer["status"]["code"]) == ("NA", "A4")
    assert (emergency["linked"], transfer["linked"]) == ([transfer["case"]], [emergency["case"]])
    assert (emergency["due_at"], transfer["urgency"]) == (None, "expedited")
    assert not any(
        "possible duplicate" in line
        for line in (await installation.answer("show", transfer["case"])).splitlines()
    )


REFUSED = {
    "a day in the past": ({"lines": [{"from_day": day(-3)}]}, 1, "lies in the past"),
    "what lies ahead as received already": (
        {"visit": {"place": {"city": "Orlando", "state": "FL"}, "retrospective": True}},
        1,
        "lies ahead",
    ),
    "no place": ({"visit": None}, 2, "visit: "),
    "a state that is none": (
        {"visit": {"place": {"city": "Orlando", "state": "Florida"}}},
        2,
        "visit.place.state: ",
    ),
    "a transfer without an emergency": ({"transfer": {"lines": [{}]}}, 2, "transfer: "),
}


@pytest.mark.parametrize("fault", REFUSED)
async def test_what_cannot_be_a_referral_is_refused_in_one_line_and_nothing_is_made(installation, fault):
    fields, code, said = REFUSED[fault]
    sample = a_referral("01", reference=f"E-{fault}")
    line = sample["lines"][0]
    if "lines" in fields:
        fields = fields | {"lines": [line | fields["lines"][0]]}
    if "transfer" in fields:
        fields = {"transfer": {"lines": [line]}}
    before = await installation.count_cases()
    answer = await installation.plazo(
        "referral", "submit", installation.file(sample | fields, "wrong.json"), as_="ic-santos"
    )
    refused_in_one_line(answer, code, said)
    assert await installation.count_cases() == before


async def test_more_of_a_referral_is_a_referral_linked_with_the_authorization(installation):
    file = installation.file(a_referral("01", reference="E-8005"), "first.json")
    case = (await installation.json("referral", "submit", file, as_="ic-santos"))["case"]
    await installation.answer("referral", "availability", case, a_finding(installation), as_="cm-reyes")
    await installation.answer("approve", case, as_="cm-reyes")
    [line] = (await installation.json("show", case))["lines"]
    number = line["authorization"]["number"]
    await installation.at_rest(case)
    opened = await installation.json("auth", "extend", number, as_="ic-santos")
    assert opened["created"]
    assert opened["case"].startswith("REF-")
    assert (await installation.json("show", opened["case"]))["linked"] == [number]
    assert opened["case"] in (await installation.json("show", number))["linked"]


async def test_a_referral_given_to_precertification_says_where_it_belongs(installation):
    file = installation.file(a_referral("01", reference="E-8007"), "lost.json")
    answer = await installation.plazo("precert", "submit", file, as_="ic-santos")
    refused_in_one_line(answer, 2, "plazo referral submit")
