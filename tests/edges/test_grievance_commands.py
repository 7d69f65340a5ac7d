"""Grievances as the staff do them: real commands on a real server."""

import json
from datetime import timedelta

import pytest

from tests.edges.appeal_desk import denied
from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import EXAMPLES, ago

pytestmark = pytest.mark.slow
COMPLAINT = EXAMPLES.parent / "grievance.json"
SAID = json.loads(COMPLAINT.read_text(encoding="utf-8"))
ANSWER = str(EXAMPLES.parent / "grievance-answer.txt")


async def test_a_complaint_is_keyed_sorted_extended_and_answered_in_writing(installation):
    complaint = {"about": "service", "channel": "fax", "member": SAID["member"] | {"contract_number": "G-1"}}
    file = installation.file(SAID | complaint, "grievance.json")
    opening = ("grievance", "submit", file, "--received", ago(timedelta(hours=1)))

    opened = await installation.json(*opening, as_="ic-santos")
    again = await installation.json(*opening, as_="ic-santos")
    case = opened["case"]
    assert case.startswith("GRV-")
    assert (opened["created"], again["created"], again["case"]) == (True, False, case)
    early = ("grievance", "answer", case, "--found", "justified", "--says", ANSWER)
    refused_in_one_line(await installation.plazo(*early, as_="ap-soto"), 1, "sort it first")

    await installation.answer("grievance", "sort", case, "grievance", as_="ic-santos")
    more = ("--ground", "information_needed", "--until", ago(timedelta(days=-40))[:10])
    assert "extension asked for" in await installation.answer("clock", "extend", case, *more, as_="ap-soto")
    await installation.at_rest(case)
    refused_in_one_line(await installation.plazo(*early, "--by-voice", as_="ap-soto"), 1, "in writing")
    assert "found justified" in await installation.answer(*early, as_="ap-soto")

    await installation.at_rest(case)
    kinds = ("grievance_answered", "grievance_extended", "grievance_received")
    names = installation.letters(case)
    assert [any(kind in name for name in names) for kind in kinds] == [True, True, True]
    assert (await installation.json("show", case))["status"]["code"] == "JUSTIFIED"
    pdf = installation.desk / "grievance.pdf"
    await installation.answer("casefile", case, "--out", str(pdf), "--for", "member", as_="ap-soto")
    assert pdf.read_bytes().startswith(b"%PDF")


async def test_what_is_an_appeal_too_is_opened_as_one_of_the_same_receipt(installation):
    denial = await denied(installation, "G-9001", member=SAID["member"])
    others = await denied(installation, "G-9002")
    then = (await installation.json("timeline", denial))["events"][-1]["at"]
    keyed = ("grievance", "submit", str(COMPLAINT), "--received", then, "--about", denial)
    case = (await installation.json(*keyed, as_="ic-santos"))["case"]
    sorting = ("grievance", "sort", case, "both")

    refused_in_one_line(await installation.plazo(*sorting, as_="ap-soto"), 2, "appeal-of:")
    wrong = await installation.plazo(*sorting, "--appeal-of", others, as_="ap-soto")
    refused_in_one_line(wrong, 1, "about another member")
    await installation.answer(*sorting, "--appeal-of", denial, as_="ap-soto")

    shown = await installation.json("show", case)
    [appeal] = [one for one in shown["linked"] if one.startswith("APP-")]
    heard = await installation.json("show", appeal)
    assert (heard["received_at"], heard["stage"]) == (then, "appeal_review")
    assert case in heard["linked"]
    assert case in (await installation.json("show", denial))["linked"]
    assert {one["case"] for one in shown["chain"]} >= {denial, case, appeal}
    again = await installation.plazo(*sorting, "--appeal-of", denial, as_="ap-soto")
    refused_in_one_line(again, 1, "sorted already")
    other = await installation.plazo("grievance", "sort", denial, "grievance", as_="ap-soto")
    refused_in_one_line(other, 1, "sort-grievance is for grievance cases")


async def test_a_plan_whose_law_has_no_grievances_refuses_one_before_anything_is_opened(installation):
    file = installation.file(SAID | {"plan": "self-funded-sample"}, "other.json")

    answer = await installation.plazo("grievance", "submit", file, as_="ic-santos")

    refused_in_one_line(answer, 2, "times no grievances")
    assert '"says"' in await installation.answer("grievance", "schema")
