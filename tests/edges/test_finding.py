"""Finding a case, through the real commands: what is known of people comes by standard input and stays there."""

import json

import pytest

pytestmark = pytest.mark.slow


async def find(installation, *lines: str, as_: str = "ic-santos"):
    return await installation.plazo("find", given="\n".join(lines), as_=as_)


async def test_a_case_is_found_by_its_member_and_shown_by_its_row(installation):
    request = installation.request("02", reference="FIND ME 7")
    member = request["member"]
    case = await installation.opened("02", **request)
    await installation.at_rest(case)

    found = await find(installation, member["contract_number"])

    head, row = found.out.splitlines()
    assert head.split()[:3] == ["case", "due", "left"]
    assert row.startswith(f"1  {case}  ")
    assert member["name"] in row
    assert (await installation.answer("show", "1", as_="ic-santos")).startswith(case)
    assert "the last list has 1 rows" in (await installation.plazo("show", "2")).err
    for also in (
        f"{member['name'].upper()} {member['birth_date']}",
        "find-me-7",
        case[-4:],
        "ortega",
    ):
        assert case in (await find(installation, member["contract_number"], also)).out, also
    assert "No case has all of this." in (await find(installation, case[-4:], "nobody 1950-01-01")).out


async def test_what_is_left_is_reckoned_by_the_clock_of_the_case_itself(installation):
    case = await installation.opened("02", reference="FOUND LATE")
    await installation.at_rest(case)
    assert "LATE" not in (await find(installation, case)).out

    await installation.answer("fast-forward", case, "8d")

    await installation.at_rest(case)
    assert " LATE " in (await find(installation, case)).out


async def test_nothing_that_is_said_of_people_is_an_argument_or_stands_in_a_refusal(installation):
    refused = await installation.plazo("find", "Ana Rivera", as_="ic-santos")
    assert (refused.code, "Ana" in refused.err) == (2, False)
    empty = await find(installation)
    assert (empty.code, "find: type what is known" in empty.err) == (2, True)
    alone = await find(installation, "1954-03-11")
    assert alone.code == 2
    assert "1954" not in alone.err
    nobody = await find(installation, "Ana Rivera", as_="")
    assert "say who acts" in nobody.err


async def where(installation, **sheet):
    return await installation.plazo("where", given=json.dumps(sheet), as_="ic-santos")


async def test_a_caller_who_shows_enough_hears_how_it_stands_and_the_call_is_kept_with_its_promise(
    installation,
):
    request = installation.request("02", reference="CALLER 1")
    member = request["member"]
    case = await installation.opened("02", **request)
    await installation.at_rest(case)
    given = [f"{member['name']} {member['birth_date']}", member["contract_number"]]

    told = await where(installation, **{"from": "member"}, given=given, name="Miguel", promise=True)

    first, sentence, line, recorded = told.out.splitlines()
    assert first == "You may tell the member, known by name and birth date and contract number:"
    assert "We received it on" in sentence
    assert "our answer is due" in sentence
    assert "undecided" in line
    assert "a call back is owed" in recorded
    events = (await installation.json("timeline", case))["events"]
    [call] = [event["words"] for event in events if event["kind"] == "call_recorded"]
    assert "said: We received it on" in call
    assert case in await installation.answer("worklist", "--queue", "calls", as_="sup-diaz")


async def test_who_shows_too_little_hears_nothing_and_the_call_is_kept_all_the_same(installation):
    request = installation.request("02", reference="CALLER 2")
    case = await installation.opened("02", **request)
    await installation.at_rest(case)
    given = [request["member"]["contract_number"]]

    told = await where(installation, **{"from": "member"}, given=given, name="A neighbour")
    more = await where(installation, **{"from": "provider"}, given=given, name="An office", told_answer=True)

    assert told.out.splitlines()[0] == (
        "Say nothing of any case: not shown, or not right for this case: name and birth date."
    )
    assert "said: nothing of the case" in await installation.answer("timeline", case)
    assert (more.code, "told_answer: not shown" in more.err) == (1, True)


async def test_what_was_keyed_wrong_is_corrected_by_its_field_and_the_case_found_by_what_is_right(
    installation,
):
    request = installation.request("02", reference="A SLIP")
    wrong = request["member"] | {"telephone": "787-555-0191"}
    case = await installation.opened("02", **request | {"member": wrong})
    await installation.at_rest(case)

    said = await installation.plazo(
        *("correct", "member", case, "--because", "a digit"),
        given=json.dumps({"telephone": "787-555-0192"}),
        as_="ic-santos",
    )
    await installation.at_rest(case)

    assert "member corrected" in said.out, said
    assert case in (await find(installation, "(787) 555-0192")).out
    assert case not in (await find(installation, "(787) 555-0191")).out
