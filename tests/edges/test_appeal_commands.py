"""Appeals as the staff do them: real commands on a real server, from the denial to the reviewer's answer."""

from datetime import timedelta

import pytest

from tests.edges.appeal_desk import appeal_file, denied
from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import ago

pytestmark = pytest.mark.slow


async def test_a_denial_is_appealed_upheld_reviewed_and_followed_and_show_and_timeline_name_both(
    installation,
):
    case = await denied(installation, "A-9001")
    file = appeal_file(installation)
    now = (await installation.json("timeline", case))["events"][-1]["at"]
    opening = ("appeal", "open", case, file, "--received", now, "--by", "member")

    opened = await installation.json(*opening, as_="ic-santos")
    again = await installation.json(*opening, as_="ic-santos")
    assert (opened["created"], again["created"], opened["late"]) == (True, False, False)
    appeal = opened["case"]
    assert appeal == again["case"]
    assert appeal.startswith("APP-")

    for one, other in ((case, appeal), (appeal, case)):
        assert other in await installation.answer("show", one)
        assert other in await installation.answer("timeline", one)
    said = await installation.answer(*opening, as_="ic-santos")
    assert "in time: the last day was" in said
    assert "ma-appeal-window" in said

    [line] = (await installation.json("review", appeal))["lines"]
    assert line["first"].startswith("denied by Rafael Vega")
    assert line["findings"]
    assert "first answer: denied by" in await installation.answer("review", appeal)

    own = await installation.plazo("appeal", "decide", appeal, "--answer", "upheld", as_="md-vega")
    refused_in_one_line(own, 1, "42 CFR 422.590(h)(1)")
    await installation.answer("appeal", "decide", appeal, "--answer", "upheld", as_="md-ortiz")
    await installation.at_rest(appeal)
    assert any("appeal_file-independent_reviewer" in name for name in installation.letters(appeal))
    later = ("appeal", "open", case, file, "--received", ago(timedelta(seconds=1)), "--by", "member")
    second = await installation.plazo(*later, as_="ic-santos")
    refused_in_one_line(second, 1, "no second appeal at this level")
    await installation.answer("appeal", "answer", appeal, "--outcome", "overturned", as_="ap-soto")
    shown = await installation.json("show", appeal)
    assert shown["status"]["code"] == "A1"
    assert shown["linked"] == [case]


async def test_what_cannot_be_appealed_is_refused_before_anything_is_opened(installation):
    approved = await installation.opened("01", reference="A-9002")
    await installation.at_rest(approved)  # its authorization has begun
    before = await installation.count_cases()
    opening = ("appeal", "open", approved, appeal_file(installation), "--by", "member")

    refused_in_one_line(await installation.plazo(*opening, as_="ic-santos"), 1, "nothing to appeal")

    assert await installation.count_cases() == before


async def test_under_virtual_time_an_appeal_begins_where_the_first_case_has_come_to(installation):
    case = await denied(installation, "A-9003")
    await installation.answer("fast-forward", case, "40d")
    moved = (await installation.json("timeline", case))["events"][-1]["at"]
    file = appeal_file(installation)

    opened = await installation.json(
        "appeal", "open", case, file, "--received", moved, "--by", "member", as_="ic-santos"
    )

    shown = await installation.json("show", opened["case"])
    assert shown["stage"] == "appeal_review"
    assert shown["received_at"] == moved
