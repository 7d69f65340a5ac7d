"""A stay as the staff see it through: real commands on a real server."""

import json
from datetime import timedelta

import pytest

from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import EXAMPLES, ago

pytestmark = pytest.mark.slow
NURSING = EXAMPLES.parent / "concurrent" / "01-nursing-facility.json"
SAID = json.loads(NURSING.read_text(encoding="utf-8"))


def day(ahead):
    return ago(timedelta(days=-ahead))[:10]


async def test_a_stay_is_approved_goes_on_and_ends_by_its_notice_or_by_discharge(installation):
    received = ("--received", ago(timedelta(hours=1)))
    stay = {"setting": "skilled_nursing", "since": day(-2), "through": day(8)}
    line = SAID["lines"][0] | {"from_day": day(-2), "units": 11}
    file = installation.file(SAID | {"stay": stay, "lines": [line], "documents": []}, "stay.json")
    refused_in_one_line(await installation.plazo("precert", "submit", file, *received), 2, "stay:")
    assert "due" in await installation.answer("concurrent", "check", file, *received)

    opened = await installation.json("concurrent", "submit", file, *received, as_="ic-santos")
    case = opened["case"]
    assert case.startswith("CON-")
    await installation.answer("approve", case, as_="rn-rivera")
    await installation.answer(
        "concurrent", "more", case, "--through", day(12), "--expedited", as_="ic-santos"
    )
    await installation.answer("approve", case, "--line", "2", as_="rn-rivera")
    ground = ("--reason", "lower_level_suffices", "--criterion", "stay-days.skilled")
    ending = ("concurrent", "end", case, "--on", day(8), *ground)
    refused_in_one_line(await installation.plazo(*ending, as_="rn-rivera"), 1, "may not")
    await installation.answer(*ending, as_="md-vega")
    await installation.answer("concurrent", "notice", case, "--refused", as_="ic-santos")
    assert "asked in time" in await installation.answer("concurrent", "qio", case, as_="ap-soto")
    told = await installation.answer(
        "concurrent", "qio-answer", case, "--decided-for", "member", as_="ap-soto"
    )
    assert "coverage goes on" in told
    refused_in_one_line(
        await installation.plazo("concurrent", "continue-benefits", case, as_="ap-soto"), 1, "no end"
    )
    await installation.answer("concurrent", "discharge", case, as_="ic-santos")

    await installation.at_rest(case)
    names = installation.letters(case)
    for kind in ("non_coverage", "detailed_explanation", "determination"):
        assert any(kind in name for name in names)
    pdf = installation.desk / "stay.pdf"
    await installation.answer("casefile", case, "--out", str(pdf), "--for", "member", as_="ap-soto")
    assert pdf.read_bytes().startswith(b"%PDF")
