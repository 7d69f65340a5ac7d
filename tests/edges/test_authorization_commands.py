"""Authorizations as the staff do them: real commands on a real server."""

import pytest

from tests.edges.fluent import refused_in_one_line

pytestmark = pytest.mark.slow


async def issued(installation, reference):
    """The number of the authorization of a case that criteria approved, as the letter prints it."""
    case = await installation.opened("01", reference=reference)
    await installation.at_rest(case)
    [line] = (await installation.json("show", case))["lines"]
    return case, line["authorization"]["number"]


async def test_an_authorization_is_shown_extended_once_and_taken_back(installation):
    case, number = await issued(installation, "L-9101")
    life = await installation.json("auth", "show", number.lower())
    assert (life["case"], life["units_used"], life["units_left"], life["ended_as"]) == (case, 0, 1, None)
    assert [one["what"].split(":")[0] for one in life["next"]][-1] == f"{number} expires"
    said = await installation.answer("auth", "show", number)
    assert f"good through {life['through']}; 1 of 1 unit left" in said
    assert "authorization is good" in await installation.answer("show", number)

    now = (await installation.json("timeline", number))["events"][-1]["at"]
    asking = ("auth", "extend", number, "--units", "2", "--received", now)
    opened, again = [await installation.json(*asking, as_="ic-santos") for _ in range(2)]
    assert (opened["created"], again["created"], opened["case"]) == (True, False, again["case"])
    [line] = (await installation.json("show", opened["case"]))["lines"]
    assert line["units"] == 2
    assert opened["case"] in (await installation.json("show", number))["linked"]

    await installation.answer("auth", "cancel", number, "--by", "provider", as_="ic-santos")
    await installation.at_rest(number)
    assert (await installation.json("auth", "show", number))["ended_as"] == "cancelled"
    [line] = (await installation.json("show", case))["lines"]
    assert line["authorization"]["ended_as"] == "cancelled"
    assert len(installation.letters(number)) == 2
    late = await installation.plazo("auth", "extend", number, as_="ic-santos")
    refused_in_one_line(late, 1, "send a new request")


async def test_a_voided_authorization_is_appealed_under_its_own_number_and_its_case_names_it(installation):
    case, number = await issued(installation, "L-9103")
    voiding = ("auth", "void", number, "--because", "mistyped", "--ground", "clerical_error")
    assert "may appeal" in await installation.answer(*voiding, as_="dir-luna")
    await installation.at_rest(number)
    [window] = (await installation.json("auth", "show", number))["next"]
    assert "Time to ask for a reconsideration" in window["what"]

    file = installation.file('{"channel": "fax", "statement": "Please look again."}', "again.json")
    now = (await installation.json("timeline", number))["events"][-1]["at"]
    opening = ("appeal", "open", case, file, "--by", "member", "--received")
    refused_in_one_line(await installation.plazo(*opening, now, as_="ic-santos"), 1, f"appeal open {number}")
    too_early = await installation.plazo(
        *opening[:2], number, *opening[3:], "2026-01-05 10:00", as_="ic-santos"
    )
    refused_in_one_line(too_early, 1, "later than that")
    opened = await installation.json(*opening[:2], number, *opening[3:], now, as_="ic-santos")
    told = await installation.json("show", number)
    assert opened["case"] in told["linked"]


async def test_what_binds_and_what_is_no_number_is_refused_in_one_line(installation):
    case, number = await issued(installation, "L-9102")
    voiding = ("auth", "void", number, "--because", "not needed", "--ground", "medical_necessity")
    refused_in_one_line(await installation.plazo(*voiding, as_="dir-luna"), 1, "42 CFR 422.138(c)")
    used = ("auth", "used", number, "--units", "2", "--on", "2001-01-01", "--reported-by", "the clinic")
    refused_in_one_line(await installation.plazo(*used, as_="ic-santos"), 1, "not good on that day")
    covered = await installation.plazo("auth", "end", number, "--by", "coverage", as_="cov-matos")
    refused_in_one_line(covered, 1, "the directory shows it")
    undated = await installation.plazo("auth", "end", number, "--by", "circumstance", as_="cov-matos")
    refused_in_one_line(undated, 2, "on which day")
    refused_in_one_line(await installation.plazo("auth", "show", case), 2, "looks like AUT-")
    refused_in_one_line(await installation.plazo("auth", "show", f"{number[:-2]}77"), 1, "there is none")
    refused_in_one_line(await installation.plazo("review", number), 1, "the case that issued it")
