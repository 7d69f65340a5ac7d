"""A standing referral as the staff do it: real commands on a real server."""

import json
from datetime import timedelta

import pytest

from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import EXAMPLES, ago

pytestmark = pytest.mark.slow
NEUROLOGIST = EXAMPLES.parent / "standing" / "01-neurologist.json"
SAID = json.loads(NEUROLOGIST.read_text(encoding="utf-8"))


async def test_a_physician_gives_it_and_it_stands_whoever_comes_and_goes(installation):
    received = ("--received", ago(timedelta(hours=1)))
    no_specialist = {name: said for name, said in SAID.items() if name != "servicing_provider"}
    wrong = installation.file(no_specialist | {"documents": []}, "nobody.json")
    other = installation.file({"name": "Dr. Nora Field", "npi": "1000000020"}, "physician.json")
    refused_in_one_line(
        await installation.plazo("standing", "submit", wrong, *received), 1, "servicing_provider:"
    )
    refused_in_one_line(
        await installation.plazo("precert", "submit", str(NEUROLOGIST), *received), 2, "standing:"
    )
    assert "ma-standard" in await installation.answer("standing", "check", str(NEUROLOGIST), *received)

    opened = await installation.json("standing", "submit", str(NEUROLOGIST), *received, as_="ic-santos")
    case = opened["case"]
    assert case.startswith("STA-")
    assert "expertise" in await installation.answer("review", case)
    refused_in_one_line(await installation.plazo("approve", case, as_="rn-rivera"), 1, "standing referral")
    await installation.answer("approve", case, as_="md-vega")
    told = await installation.answer("standing", "leaves", case, "--on", "2027-01-31", as_="cm-reyes")
    assert "through 2027-05-01" in told
    assert "stands" in await installation.answer("standing", "new-primary", case, other, as_="ic-santos")
    refused_in_one_line(
        await installation.plazo("standing", "still-needed", case, as_="md-vega"),
        1,
        "not to be looked at yet",
    )
    pdf = installation.desk / "standing.pdf"
    await installation.answer("casefile", case, "--out", str(pdf), "--for", "member", as_="ap-soto")
    assert pdf.read_bytes().startswith(b"%PDF")
