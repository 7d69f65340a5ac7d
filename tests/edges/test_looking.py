"""What staff see when they look: whose case it is, by its own clock, and the hour that a clock change hides."""

import re
from datetime import timedelta

import pytest

from client.reach.batching import BatchOutcome, Report, Result, _tell
from client.terminal.reading import instant
from domain.terms.refusals import Misuse
from tests.builders import a_case, at
from workflows.pages import details

EASTERN = "America/New_York"


def time_left(text):
    days, hours = re.search(r"(\d+) d (\d+) h", text).groups()
    return timedelta(days=int(days), hours=int(hours))


@pytest.mark.slow
async def test_a_case_that_was_moved_is_looked_at_by_its_own_clock_and_names_its_member_to_the_staff(
    installation,
):
    request = installation.request("03", reference="LOOK-1")
    case = await installation.opened("03", **request)

    async def row():
        rows = (await installation.answer("worklist", "--all")).splitlines()
        return next(line for line in rows if case in line)

    on_the_page, in_the_list = time_left(await installation.answer("show", case)), time_left(await row())
    await installation.answer("fast-forward", case, "1d")
    moved = await installation.answer("show", case, as_="rn-rivera")

    for before, after in ((on_the_page, moved), (in_the_list, await row())):
        assert timedelta(hours=22) < before - time_left(after) < timedelta(hours=26)
    [line] = (await installation.json("show", case))["lines"]
    due = re.search(r"due (\w{3} \d+ \w{3} \d{4} \d\d:\d\d \w+)", moved)[1]
    waits = await row()
    assert [
        one for one in (due, line["service"], "precertification", request["plan"]) if one not in waits
    ] == []
    assert request["member"]["name"] in moved
    assert request["member"]["name"] not in await installation.answer("show", case)
    assert request["member"]["name"] not in await installation.answer("show", case, "--json", as_="rn-rivera")


def test_the_screen_of_the_web_ui_says_when_and_never_how_long_from_now():
    case = a_case()
    seen = {details(case, case.received_at + timedelta(hours=hours)) for hours in (1, 30, 300)}

    [words] = seen
    assert "left" not in words
    assert "**Due** Mon 9 Mar 2037 23:59 AST" in words


def test_an_hour_that_spring_skips_is_asked_again_with_both_readings():
    with pytest.raises(Misuse) as asked:
        instant("2026-03-08 02:30", EASTERN, "received")

    assert str(asked.value) == (
        "received: 2026-03-08 02:30 never was: the clock went forward; is 01:30 EST or 03:30 EDT meant?"
    )


def test_of_an_hour_that_autumn_repeats_the_first_is_taken_and_said(capsys):
    assert instant("2026-11-01 01:30", EASTERN, "at") == at("2026-11-01 01:30 EASTERN")
    assert capsys.readouterr().err == "at: 2026-11-01 01:30 came twice; the first, 01:30 EDT, is taken.\n"

    instant("2026-11-01 01:30-05:00", EASTERN)
    instant("2026-11-01 03:30", EASTERN)
    instant("2026-11-01 01:30", "America/Puerto_Rico")
    assert capsys.readouterr().err == "", "these were said exactly"


def test_of_many_cases_those_that_are_left_alone_are_counted_and_not_listed(capsys):
    alone = [
        Result(case=f"DIS-{n}", outcome=BatchOutcome.NOTHING, says="nothing is open") for n in range(300)
    ]
    moved = Result(case="DIS-X", outcome=BatchOutcome.DONE, says="held open")
    failed = Result(case="DIS-Y", outcome=BatchOutcome.FAILED, says="refused")

    _tell(Report(dry_run=False, cases=(*alone, moved, failed)), as_json=False)

    *told, counts = capsys.readouterr().out.splitlines()
    assert told == ["DIS-X: held open", "DIS-Y: FAILED: refused"]
    assert "300 with nothing to do" in counts
