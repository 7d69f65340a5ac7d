"""What is sensitive: found by everybody, read by those who work on it, and by whoever says why."""

import json
from datetime import timedelta

import pytest

from config.audit import Audit
from config.sealing.keyring import KeyRing
from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import EXAMPLES, ago

pytestmark = pytest.mark.slow
ABOUT_HIV = json.loads((EXAMPLES.parent / "standing" / "01-neurologist.json").read_text(encoding="utf-8"))
ABOUT_HIV["standing"]["condition"] = "hiv_aids"
ABOUT_HIV |= {"reference": "SENSITIVE-1"}
MEMBER = ABOUT_HIV["member"]["name"]
CLOSED = "this case is sensitive"


async def test_a_sensitive_case_is_read_by_those_who_work_on_it_and_by_whoever_says_why(installation):
    file = installation.file(ABOUT_HIV | {"documents": []}, "sensitive.json")
    received = ("--received", ago(timedelta(hours=1)))
    case = (await installation.json("standing", "submit", file, *received, as_="ic-santos"))["case"]
    assert MEMBER in await installation.answer("show", case, as_="ic-santos")

    for words in (("show",), ("timeline",), ("review",), ("notices",), ("papers",), ("explain",)):
        refused_in_one_line(await installation.plazo(*words, case, as_="rn-rivera"), 1, CLOSED)
    refused_in_one_line(await installation.plazo("note", case, "let me see", as_="rn-rivera"), 1, CLOSED)
    refused_in_one_line(await installation.plazo("show", case, as_="rn-rivera"), 1, CLOSED)

    found = await installation.plazo("find", "--json", given="SENSITIVE-1\n", as_="rn-rivera")
    [seen] = json.loads(found.out)["cases"]
    assert (seen["case"], seen["member"], seen["services"]) == (case, "sensitive", [])
    waiting = json.loads((await installation.plazo("worklist", "--json", as_="md-vega")).out)
    [row] = [one for one in waiting if one["case"] == case]
    assert "99243" not in str(row)

    await installation.answer("claim", case, as_="md-vega")
    assert MEMBER in await installation.answer("show", case, as_="md-vega")

    await installation.answer("approve", case, as_="md-vega")
    leave = f"AUT-{case.removeprefix('STA-')}-01"
    assert "12 visits left" in await installation.answer("auth", "show", leave, as_="md-vega")
    refused_in_one_line(await installation.plazo("auth", "show", leave, as_="rn-rivera"), 1, CLOSED)

    why = ("--because", "the member complained")
    refused_in_one_line(await installation.plazo("look-into", case, *why, as_="rn-rivera"), 1, "may not look")
    refused_in_one_line(await installation.plazo("show", case, as_="sup-diaz"), 1, CLOSED)
    await installation.answer("look-into", case, *why, as_="sup-diaz")
    assert MEMBER in await installation.answer("show", case, as_="sup-diaz")
    rows = Audit(installation.home.audit, KeyRing.load(installation.home.keyring)).rows(case)
    assert [(row.who, row.because) for row in rows if row.what == "look_into" and row.did == "acted"] == [
        ("sup-diaz", "the member complained")
    ]


async def test_what_is_not_sensitive_is_read_without(installation):
    received = ("--received", ago(timedelta(hours=1)))
    plain = ABOUT_HIV | {"documents": [], "reference": "PLAIN-1"}
    plain["standing"] = ABOUT_HIV["standing"] | {"condition": "degenerative"}
    file = installation.file(plain, "plain.json")
    case = (await installation.json("standing", "submit", file, *received, as_="ic-santos"))["case"]

    assert MEMBER in await installation.answer("show", case, as_="rn-rivera")
    refused_in_one_line(
        await installation.plazo("look-into", case, "--because", "to see", as_="sup-diaz"), 1, "not marked"
    )
