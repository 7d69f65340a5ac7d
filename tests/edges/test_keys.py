"""The five commonest tasks, counted in keys as they are typed, beside what they took before (docs/keys.md)."""

import asyncio
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.edges.at_a_terminal import keys, types
from tests.edges.faxes import a_fax
from tests.edges.installation import PATIENCE, PLAZO

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
FIGURES = {
    task: (int(before), int(now))
    for task, before, now in re.findall(r"^\| (\w+) .*\| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
}
AT_MOST = {"fax": 8, "attach": 5, "call": 10, "next": 10, "deny": 10}  # parts of what they took


async def typed(installation, task, *words, as_, seen, answers=(), then=()) -> None:
    """The task is done with so many keys as the page says, and no more than its part of what it took.

    What is typed `then` begins another.
    """
    before, now = FIGURES[task]
    assert now == keys(*words, answers=answers)
    assert now <= before / AT_MOST[task]
    code, screen = await types(installation, *words, as_=as_, answers=[*answers, *then])
    assert (code, seen in screen) == (0, True), screen


async def listed(installation, example, reference) -> str:
    """A case that is the first row of the last list."""
    case = await installation.opened(example, reference=reference)
    await installation.at_rest(case)
    found = await installation.plazo("find", given=case, as_="ic-santos")
    assert found.out.splitlines()[1].startswith(f"1  {case}")
    return case


async def test_a_fax_is_keyed_in_and_opened(installation):
    installation.file(a_fax(3, width=520), "f.pdf")
    who = ["mcs-c", "MCS-100002", "", "", ""]
    what = ["71260", "R91.1", "", "1000000020", "1000000038", "", "", "K1", "11/17"]
    why = ["A nodule on a chest film; the study is to measure it.", "1 med 11/17 1", "2-3 prev 10/21 2 3", ""]
    await typed(
        installation,
        "fax",
        "intake",
        "f.pdf",
        as_="ic-santos",
        answers=[*who, *what, *why, "o"],
        seen=" opened",
    )


async def test_a_paper_is_attached_to_the_case_that_was_just_found(installation):
    await listed(installation, "02", "KEYS ATTACH")
    installation.file(b"another film", "f.txt")
    await typed(
        installation,
        "attach",
        "attach",
        "1",
        "f.txt",
        as_="ic-santos",
        answers=["prev", "11/16"],
        seen="attached",
    )


async def test_a_caller_is_answered_and_the_call_is_kept(installation):
    case = await listed(installation, "02", "KEYS CALL")
    answers = ["m", case[-4:], "y", "", "", ""]
    await typed(
        installation, "call", "where", as_="ic-santos", answers=answers, seen="You may tell the member"
    )


async def test_the_next_case_is_open_with_its_review(installation):
    await listed(installation, "02", "KEYS NEXT")
    await typed(installation, "next", "next", as_="rn-colon", then=[""], seen="line 1: ")


async def test_a_denial_is_built_read_back_and_sent(installation):
    case = await listed(installation, "03", "KEYS DENY")
    answers = ["1", "1", case[-4:]]
    await typed(
        installation, "deny", "deny", "1", as_="md-vega", answers=answers, seen="determination letter"
    )


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
async def test_a_script_types_a_task_into_a_terminal_of_tmux(installation):
    path = f"{PLAZO.parent}:{os.environ['PATH']}"
    process = await asyncio.create_subprocess_exec(
        ROOT / "examples" / "keys.sh",
        "attach",
        env=installation.environment | {"PATH": path},
        stdout=asyncio.subprocess.PIPE,
    )
    seen, _ = await asyncio.wait_for(process.communicate(), PATIENCE)

    assert (process.returncode, b": previous study attached. " in seen) == (0, True), seen.decode()
