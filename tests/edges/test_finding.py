"""Finding a case, through the real commands: what is known of people comes by standard input and stays there."""

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
