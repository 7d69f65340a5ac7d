"""A case that somebody ended in the Web UI, as its staff meet it at the prompt."""

import pytest

pytestmark = pytest.mark.slow

ENDED = "ended by Temporal (terminated)"


async def test_a_terminated_case_is_told_wherever_staff_meet_it(installation):
    request = installation.request("02", reference="TERMINATED")
    case = await installation.opened("02", **request)
    await installation.at_rest(case)
    client = await installation.client()

    await client.get_workflow_handle(case).terminate("somebody pressed the button")

    assert ENDED in await installation.answer("show", case)
    assert ENDED in (await installation.json("show", case))["trouble"]
    rows = await installation.json("worklist", "--all")
    assert {ENDED in str(row["trouble"]) for row in rows if row["case"] == case} == {True}
    assert f"{ENDED} " in await installation.answer("worklist", "--all")
    again = await installation.json("precert", "submit", installation.file(request), as_="ic-santos")
    assert (again["case"], again["created"]) == (case, False)
    assert ENDED in again["look_at"][0]
    for words in (("approve", case), ("note", case, "hello"), ("forecast", case)):
        refused = await installation.plazo(*words, as_="rn-rivera")
        assert (refused.code, refused.out) == (1, "")
        assert ENDED in refused.err
        assert "plazo doctor --mend" in refused.err


async def test_the_next_piece_of_work_is_of_a_case_that_hears(installation):
    ended = await installation.opened("02", reference="ENDED AND NEXT")
    await installation.at_rest(ended)
    client = await installation.client()
    await client.get_workflow_handle(ended).terminate("somebody pressed the button")
    await installation.opened("02", reference="ALIVE AND NEXT")

    (taken,) = await installation.json("next", as_="rn-rivera")

    assert taken["case"] != ended
    assert taken["trouble"] is None
