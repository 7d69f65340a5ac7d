"""Care management at the prompt: a member is referred, followed, and leaves."""

import json
from datetime import timedelta

import pytest

from tests.builders import ROOT
from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import ago

EXAMPLES = ROOT / "examples" / "care"
A_STANDING = json.loads((ROOT / "examples/standing/01-neurologist.json").read_text(encoding="utf-8"))
REFERRAL = json.loads((EXAMPLES / "referral.json").read_text(encoding="utf-8"))


@pytest.mark.slow
async def test_a_member_is_referred_followed_and_leaves(installation):
    member = REFERRAL["member"] | {"contract_number": "CAR-TEST-1"}
    file = installation.file(REFERRAL | {"member": member}, "referral.json")
    opening = ("care", "refer", file, "--received", ago(timedelta(hours=1)))
    opened = await installation.json(*opening, as_="ic-santos")
    again = await installation.json(*opening, as_="ic-santos")
    case = opened["case"]
    assert (opened["created"], again["created"], again["case"]) == (True, False, case)

    found = ("care", "eligible", case, "--risk", "high")
    refused_in_one_line(await installation.plazo(*found, as_="ic-santos"), 1, "may not manage care")
    assert "it is offered next" in await installation.answer(*found, as_="cm-reyes")
    await installation.answer("care", "offer", case, as_="cm-reyes")
    consent = ("care", "consent", case, "--recording", "line 4", "--language", "spanish")
    await installation.answer(*consent, as_="cm-reyes")
    await installation.answer("care", "assess", case, "--done", as_="cm-reyes")

    goals = str(EXAMPLES / "goals.json")
    both = ("care", "goal", case, goals, "--met", "ulcer")
    refused_in_one_line(await installation.plazo(*both, as_="cm-reyes"), 2, "give a file of goals, or --met")
    standing = A_STANDING | {"documents": [], "received_at": ago(timedelta(minutes=30))}
    request = installation.file(standing, "standing.json")
    await installation.answer("care", "goal", case, goals, "--opens", request, as_="cm-reyes")
    [asked] = [one for one in (await installation.json("show", case))["linked"] if one.startswith("STA-")]
    assert case in (await installation.json("show", asked))["linked"]

    early = ("care", "close", case, "goals_met")
    refused_in_one_line(await installation.plazo(*early, as_="cm-reyes"), 1, "not every goal has ended")
    await installation.answer("care", "contact", case, "--no-reached", as_="cm-reyes")
    await installation.answer("care", "contact", case, "--opts-out", as_="cm-reyes")
    assert (await installation.json("show", case))["status"]["code"] == "OPTED_OUT"
    await installation.at_rest(case)
    names = installation.letters(case)
    assert all(any(kind in name for name in names) for kind in ("care_welcome", "care_plan", "care_closed"))


@pytest.mark.slow
async def test_what_the_codes_of_a_request_suggest_is_told_and_nobody_is_enrolled(installation):
    request = installation.request("02")
    request["lines"][0]["diagnoses"] = ["L97.529"]
    opened = await installation.json("precert", "submit", installation.file(request), as_="ic-santos")

    told = await installation.json("care", "suggest", opened["case"], as_="ic-santos")
    assert told == {"case": opened["case"], "indicators": ["skin-care"]}
    of_it = f"care management may help: skin-care (plazo care refer FILE --from-case {opened['case']})"
    assert of_it in await installation.answer("show", opened["case"], as_="rn-rivera")
    assert "care management" not in await installation.answer("show", opened["case"])

    member = REFERRAL["member"] | {"contract_number": "CAR-TEST-2"}
    silent = installation.file(REFERRAL | {"member": member, "indicators": []}, "silent.json")
    refer = ("care", "refer", silent, "--received", ago(timedelta(hours=1)), "--from-case", opened["case"])
    referred = (await installation.json(*refer, as_="ic-santos"))["case"]
    await installation.answer("care", "eligible", referred, "--risk", "low", as_="cm-reyes")


@pytest.mark.slow
async def test_a_referral_with_an_indicator_that_there_is_not_is_refused_in_one_line(installation):
    file = installation.file(REFERRAL | {"indicators": ["gout"]}, "wrong.json")

    refused_in_one_line(await installation.plazo("care", "refer", file, as_="ic-santos"), 2, "gout is none")
