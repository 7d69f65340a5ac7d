"""At a terminal: what leaves the house is read back, and goes by another key than began it."""

import re

import pytest

from tests.edges.at_a_terminal import types

pytestmark = pytest.mark.slow

ON_CLAUSE = ("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose")


async def test_a_denial_shows_its_letters_and_goes_by_the_last_four_of_the_number(installation):
    case = await installation.opened("03", reference="LAST FOUR")
    await installation.at_rest(case)
    deny = ("deny", case, *ON_CLAUSE)

    for answer in ("", "y", "deny"):
        code, seen = await types(installation, *deny, as_="md-vega", answers=[answer])
        assert (code, "not confirmed; nothing was done" in seen) == (1, True)
    assert (await installation.json("show", case))["lines"][0]["outcome"] is None

    code, seen = await types(installation, *deny, as_="md-vega", answers=[case[-4:].lower()])
    assert code == 0
    assert "=== determination letter to the member (es) ===" in seen
    assert (await installation.json("show", case))["lines"][0]["outcome"] == "denied"


async def test_what_the_rules_refuse_is_refused_before_anything_is_read_back(installation):
    case = await installation.opened("03", reference="NURSE DENIES")
    await installation.at_rest(case)

    code, seen = await types(installation, "deny", case, *ON_CLAUSE, as_="rn-rivera", answers=[""])

    assert (code, "may not deny" in seen, "Type" in seen) == (1, True, False)


async def test_the_next_case_opens_with_its_review_and_what_is_put_back_is_not_the_next_again(installation):
    for name in ("NEXT ONE", "NEXT TWO"):
        await installation.at_rest(await installation.opened("02", reference=name))

    code, seen = await types(installation, "next", as_="rn-colon", answers=["p"])

    case = re.search(r"(PRE-\S+): nurse-review is yours", seen)[1]
    assert (code, f"{case}: nurse-review put back" in seen) == (0, True)
    assert "line 1: " in seen, "the criteria, clause by clause"
    await installation.at_rest(case)
    [other] = await installation.json("next", as_="rn-colon")
    assert other["case"] != case
    await installation.answer("claim", case, as_="rn-colon")  # chosen, and not handed out
    for one in (case, other["case"]):
        await installation.answer("release", one, as_="rn-colon")


async def test_an_approval_goes_by_y_and_not_by_enter(installation):
    case = await installation.opened("02", reference="BY Y")
    await installation.at_rest(case)

    assert (await types(installation, "approve", case, as_="rn-rivera", answers=[""]))[0] == 1
    assert (await types(installation, "approve", case, as_="rn-rivera", answers=["y"]))[0] == 0

    assert (await installation.json("show", case))["status"]["code"] == "A1"


async def test_a_caller_is_answered_in_three_questions(installation):
    request = installation.request("02", reference="TELEPHONE")
    case = await installation.opened("02", **request)
    await installation.at_rest(case)
    member = request["member"]
    given = [f"{member['name']} {member['birth_date']}", member["contract_number"], ""]

    code, seen = await types(
        installation, "where", as_="ic-santos", answers=["member", *given, "Miguel Ortiz", "", "y"]
    )

    assert (code, "You may tell the member" in seen) == (0, True)
    assert "a call back is owed" in seen
