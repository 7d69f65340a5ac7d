"""What comes in once more, through the real commands: heard, flagged or opened, and said truly."""

import asyncio
from datetime import timedelta

import pytest

from tests.edges.installation import Installation, ago

pytestmark = pytest.mark.slow


async def shown(installation: Installation, case: str):
    return await installation.json("show", case)


async def kinds(installation: Installation, case: str):
    return [event["kind"] for event in (await installation.json("timeline", case))["events"]]


async def test_the_same_request_sent_twice_is_one_case(installation):
    request = installation.request("02", reference="TWICE")
    case = await installation.opened("02", **request)
    before = await installation.count_cases()
    events = await kinds(installation, case)

    again = await installation.json("precert", "submit", installation.file(request))

    assert again == {"case": case, "created": False}
    assert await installation.count_cases() == before
    assert (await kinds(installation, case)).count("document_attached") == events.count("document_attached")


async def test_of_the_same_request_sent_by_two_clerks_at_once_one_opens_the_case(installation):
    file = installation.file(installation.request("02", reference="AT ONCE"))

    first, second = await asyncio.gather(*[installation.json("precert", "submit", file) for _ in range(2)])

    assert first["case"] == second["case"]
    assert {first["created"], second["created"]} == {True, False}


async def test_the_same_request_with_one_more_paper_attaches_it(installation):
    request = installation.request("02", reference="ONE MORE")
    case = await installation.opened("02", **request)
    (installation.desk / "late.txt").write_text("A page that was missing from the fax.")
    paper = {"id": "late", "kind": "clinical_note", "dated": "2026-11-17", "file": "late.txt"}

    file = installation.file(request | {"documents": [*request["documents"], paper]})
    again = [await installation.json("precert", "submit", file) for _ in range(2)]

    said = "the same request came again by fax from the physician; 1 paper attached"
    assert again == [{"case": case, "created": False, "said": said}, {"case": case, "created": False}]
    assert (await kinds(installation, case)).count("document_attached") == 1


async def test_other_codes_under_the_same_reference_are_a_flagged_case_of_their_own(installation):
    request = installation.request("02", reference="REUSED")
    case = await installation.opened("02", **request)
    line = request["lines"][0] | {"service": "71250"}

    other = await installation.json("precert", "submit", installation.file(request | {"lines": [line]}))

    assert other["created"]
    assert other["case"] != case
    assert f"{case} has the same sender's number" in await installation.answer("timeline", other["case"])
    assert "flag: possible duplicate" in await installation.answer("show", other["case"])


async def test_the_same_request_sent_again_as_expedited_is_expedited_and_who_keyed_it_is_recorded(
    installation,
):
    request = installation.request("02", reference="MORE URGENT")
    case = await installation.opened("02", **request)
    urgent = request | {"urgency": "expedited", "received_at": ago(timedelta(minutes=30))}

    told = await installation.answer("precert", "submit", installation.file(urgent), as_="ic-santos")

    assert f"{case} takes it: the same request came again" in told
    assert "expedited at the word of the physician" in told
    assert (await shown(installation, case))["urgency"] == "expedited"
    events = (await installation.json("timeline", case))["events"]
    [received] = [event for event in events if event["kind"] == "received_again"]
    assert (received["by_id"], received["at"][:16]) == ("ic-santos", urgent["received_at"][:16])


async def test_what_looks_alike_is_said_before_and_after_it_is_opened_until_somebody_tells_it_apart(
    installation,
):
    request = installation.request("01", reference="LEFT KNEE")
    case = await installation.opened("01", **request)
    file = installation.file(request | {"reference": "RIGHT KNEE", "received_at": ago(timedelta(minutes=30))})

    assert f"look at:  {case} has the same services asked for" in await installation.answer(
        "precert", "check", file
    )
    told = await installation.answer("precert", "submit", file, as_="ic-santos")

    other = told.split()[0]
    assert f"look at: {case} has the same services asked for" in told
    page = await installation.answer("show", other)
    assert f"look at: {case} has the same services asked for" in page
    assert "A4 Pended" in page, "software gives no second authorization"
    words = ("--because", "left and right", "--json")
    await installation.answer("tell-apart", other, *words, as_="rn-rivera")
    assert "A1 Certified in total" in await installation.answer("show", other)
    for one in (case, other):
        assert "possible duplicate" not in await installation.answer("show", one)


async def test_another_persons_number_is_said_and_keeps_the_letters_until_it_is_confirmed(installation):
    request = installation.request("01", reference="NAMESAKE")
    request["member"]["birth_date"] = "1962-06-17"
    file = installation.file(request)

    assert "look at:  the member's birth date is not the directory's" in await installation.answer(
        "precert", "check", file
    )
    told = await installation.json("precert", "submit", file, as_="ic-santos")

    case = told["case"]
    assert told["look_at"] == ["the member's birth date is not the directory's"]
    await installation.at_rest(case)
    assert installation.letters(case) == []
    because = ("--because", "the card shows it")
    assert "confirmed" in await installation.answer("confirm-member", case, *because, as_="ic-santos")
    await installation.at_rest(case)
    assert len(installation.letters(case)) == 2


async def test_being_late_is_said_when_it_is_submitted(installation):
    request = installation.request("02", reference="LATE", received_at=ago(timedelta(days=9)))

    told = await installation.answer("precert", "submit", installation.file(request), as_="ic-santos")

    assert "look at: late: the answer was due before this was submitted" in told
    await installation.answer("withdraw", told.split()[0], as_="ic-santos")  # it is nobody's next work
