"""Second thoughts as the staff have them: real commands on a real server, on open and on closed cases."""

import pytest

from tests.edges.fluent import refused_in_one_line

pytestmark = pytest.mark.slow

GROUND = ("--reason", "criteria_not_met", "--criterion", "oncologic-pet.advisor")


async def test_a_withdrawn_case_is_reopened_denied_corrected_and_not_taken_back(installation):
    case = await installation.opened("03", reference="E-8101")
    await installation.answer("withdraw", case, "--by", "physician", as_="ic-santos")
    await installation.at_rest(case)
    why = ("--because", "another case was meant")
    refused_in_one_line(
        await installation.plazo("reopen", case, *why, as_="rn-rivera"), 1, "may not reopen a case"
    )

    said = await installation.answer("reopen", case, *why, as_="sup-diaz")
    assert "reopened with its original receipt; due " in said
    assert "A4 Pended" in said
    await installation.answer("refer", case, as_="rn-rivera")
    await installation.answer("p2p", "offer", case, as_="md-ortiz")
    await installation.answer("p2p", "declined", case, as_="md-ortiz")
    await installation.answer("deny", case, *GROUND, as_="md-ortiz")
    await installation.at_rest(case)
    late = await installation.plazo("reconsider", case, "--because", "wrong study", as_="md-ortiz")
    refused_in_one_line(late, 1, "plazo correct-answer")

    unasked = await installation.plazo("second-look", case, "--answer", "denied", as_="md-vega")
    refused_in_one_line(unasked, 1, "line 1 waits for no second look")

    right = ("--to", "approved", "--because", "the study was on file")
    assert "A1 Certified" in await installation.answer("correct-answer", case, *right, as_="md-ortiz")
    await installation.at_rest(case)
    told = await installation.answer("timeline", case)
    assert "taken up; it had closed: cancelled" in told
    assert "line 1 corrected: denied -> approved: the study was on file" in told


async def test_a_closed_case_of_the_wrong_member_is_entered_in_error_and_its_letters_called_back(
    installation,
):
    case = await installation.opened("01", reference="E-8102")
    await installation.at_rest(case)
    for whom in ("member", "provider"):
        await installation.answer("call", case, "--to", whom, as_="ic-santos")
    await installation.at_rest(case)
    assert (await installation.json("show", case))["stage"] == "closed"

    keyed = ("--because", "keyed for another member")
    assert "2 letters had left" in await installation.answer("enter-in-error", case, *keyed, as_="sup-diaz")
    await installation.at_rest(case)
    assert case in await installation.answer("worklist", "--queue", "privacy", as_="sup-diaz")
    await installation.answer("recalled", case, "--because", "both came back unopened", as_="sup-diaz")
    await installation.at_rest(case)
    shown = await installation.json("show", case)
    assert (shown["stage"], shown["status"]["code"], shown["work"]) == ("closed", "C", [])
    assert shown["lines"][0]["authorization"]["ended_as"] == "entered_in_error"
