"""What was given before anybody asked, as the staff do it: real commands on a real server."""

import json
from datetime import timedelta

import pytest

from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import EXAMPLES, ago

pytestmark = pytest.mark.slow
EMERGENCY = EXAMPLES.parent / "retrospective" / "01-emergency.json"
SAID = json.loads(EMERGENCY.read_text(encoding="utf-8"))


async def test_it_is_told_apart_at_the_door_and_has_the_time_of_a_payment(installation):
    received = ("--received", ago(timedelta(hours=1)))
    leave = {name: said for name, said in SAID.items() if name != "unasked"}
    leave = installation.file(leave | {"documents": []}, "leave.json")
    hurry = installation.file(SAID | {"urgency": "expedited", "documents": []}, "hurry.json")

    refused_in_one_line(
        await installation.plazo("precert", "submit", leave, *received), 1, "plazo retrospective submit"
    )
    refused_in_one_line(
        await installation.plazo("precert", "submit", str(EMERGENCY), *received), 2, "unasked:"
    )
    refused_in_one_line(await installation.plazo("retrospective", "submit", hurry, *received), 1, "urgency:")
    refused_in_one_line(await installation.plazo("retrospective", "submit", leave, *received), 1, "unasked:")
    checked = await installation.answer("retrospective", "check", str(EMERGENCY), *received)
    assert "by ma-payment-clean, 42 CFR 422.520(a)(1)" in checked

    opened = await installation.json("retrospective", "submit", str(EMERGENCY), *received, as_="ic-santos")
    case = opened["case"]
    assert case.startswith("RET-")
    await installation.at_rest(case)
    shown = await installation.json("show", case)
    assert shown["status"]["code"] == "A1"
    assert "prudent layperson" in await installation.answer("review", case)
    pdf = installation.desk / "given.pdf"
    await installation.answer("casefile", case, "--out", str(pdf), "--for", "member", as_="ap-soto")
    assert pdf.read_bytes().startswith(b"%PDF")
