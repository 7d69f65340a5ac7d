"""The largest dispute at the desk: opened from a file, answered by forty lines or all at once, and closed."""

import pytest

from tests.disputes import many_lines
from tests.edges.dispute_desk import a_dispute, opened, refused, shown
from tests.sampling import PROVE

pytestmark = pytest.mark.slow

LINES = 999
OF_THEM = LINES if PROVE else 250
UPHELD = ("--outcome", "upheld", "--why", "paid_at_medicare_rate")


def answers(page):
    return [line["outcome"] for line in page["lines"]]


async def test_many_lines_are_answered_with_a_few_commands_or_none_of_them_is(installation):
    case = await opened(installation, "BIG", lines=many_lines(OF_THEM))
    resolve = ("dispute", "resolve", case)

    said = await installation.answer(*resolve, "--line", "1-40", *UPHELD, as_="da-torres")
    assert f"{case}: lines 1-40 upheld" in said
    length = await installation.at_rest(case)
    again = await refused(installation, *resolve, "--line", "38-50", *UPHELD)
    assert again.startswith("line 38 is already upheld")
    assert await installation.history_length(case) == length, "what is refused for one line is done to none"
    assert answers(await shown(installation, case)) == ["upheld"] * 40 + [None] * (OF_THEM - 40)

    said = await installation.answer(*resolve, "--lines", "all", *UPHELD, as_="da-torres")
    assert f"{case}: lines 41-{OF_THEM} upheld" in said
    await installation.at_rest(case)
    assert set(answers(await shown(installation, case))) == {"upheld"}
    nothing = await installation.plazo(*resolve, "--lines", "all", *UPHELD, as_="da-torres")
    assert (nothing.code, nothing.out) == (2, "")

    await installation.answer("fast-forward", case, "181d")
    page = await shown(installation, case)
    assert page["stage"] == "closed"
    assert len(page["lines"]) == OF_THEM


@pytest.mark.parametrize("typed", ["", "0", "4-2", "1-", "one", "1-1000", "1,,2"])
async def test_lines_that_nobody_can_mean_are_misuse(installation, typed):
    answer = await installation.plazo("approve", "PRE-2222-2222-2222", "--line", typed, as_="rn-rivera")

    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith("plazo: line: name them by their numbers")


async def test_what_no_case_could_take_is_refused_before_anything_is_begun(installation):
    before, kept = await installation.count_cases(), list(installation.home.documents.iterdir())
    file = a_dispute(installation, "TOO BIG", lines=many_lines(LINES, adjustments=40))

    for command in ("check", "submit"):
        answer = await installation.plazo("dispute", command, file, as_="ic-santos")
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("plazo: lines: together ")
        assert "a case takes 2 MB" in answer.err
    assert await installation.count_cases() == before
    assert list(installation.home.documents.iterdir()) == kept
