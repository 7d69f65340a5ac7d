"""What a shift leaves behind: what is late, what is open and promised; and the same act on a list of cases."""

import pytest

pytestmark = pytest.mark.slow


async def test_what_is_late_is_listed_whoever_has_it(installation):
    late = await installation.opened("03", reference="LATE 1", received_at="2026-11-02T08:00:00-04:00")
    in_time = await installation.opened("03", reference="IN TIME")
    for case in (late, in_time):
        await installation.at_rest(case)
    await installation.answer("claim", late, as_="rn-rivera")
    await installation.at_rest(late)

    listed = await installation.json("late", as_="sup-diaz")

    rows = {row["case"]: row["work"] for row in listed["cases"]}
    assert in_time not in rows
    assert "nurse-review: rn-rivera" in rows[late]
    assert " LATE " in (await installation.answer("late", as_="sup-diaz"))


async def test_a_hand_over_says_what_is_open_promised_and_due_and_names_nobody(installation):
    request = installation.request("02", reference="HAND OVER")
    case = await installation.opened("02", **request)
    await installation.at_rest(case)
    await installation.answer("claim", case, as_="rn-rivera")
    sheet = installation.file({"name": "Rosa Rivera"}, "sheet.json")
    await installation.answer(
        "call", case, "--in", "--from", "provider", "--sheet", sheet, "--promise-callback", as_="rn-rivera"
    )
    await installation.at_rest(case)

    told = await installation.answer("handover", as_="rn-rivera")

    mine, promised, _ = told.split("\n\n")[1:]
    assert mine.startswith("With you: ")
    assert case in mine
    assert (promised.startswith("Calls that were promised: "), case in promised) == (True, True)
    assert request["member"]["name"] not in told


async def test_a_list_of_numbers_is_noted_and_what_is_not_open_is_said(installation):
    cases = [await installation.opened("02", reference=f"LIST {count}") for count in range(2)]
    for case in cases:
        await installation.at_rest(case)
    unknown = "PRE-2222-2222-2222"
    note = ("batch", "note", "--text", "fax line was down", "--cases", "-")

    said = await installation.plazo(*note, as_="sup-diaz", given="\n".join([*cases, unknown]))

    assert said.code == 1
    assert f"{unknown}: FAILED: no such case is open" in said.out
    assert "Cases: 3. 2 done, 1 failed." in said.out
    for case in cases:
        assert "fax line was down" in await installation.answer("timeline", case)
    typo = await installation.plazo(*note, as_="sup-diaz", given="PRE-1111")
    assert (typo.code, "case: a case number looks like" in typo.err) == (2, True)
