"""A committee's questions at the prompt: from the file to what is published, and into a copy of the pack."""

import shutil
from datetime import datetime, timedelta

import pytest

from config import pack as packs
from tests.builders import ZONES
from tests.committees import EXAMPLES, example
from tests.edges.fluent import refused_in_one_line
from tests.edges.installation import ago

HOUR = timedelta(hours=1)


def days_from_now(count, zone):
    """A day as the plan counts it."""
    return (datetime.now(ZONES[zone]) + timedelta(days=count)).date().isoformat()


def minutes(installation, name, zone, **changes):
    held = {"held_on": days_from_now(0, zone)}
    return installation.file(example(f"{name}-vote") | held | changes, f"{name}.json")


@pytest.mark.slow
async def test_a_technology_is_brought_decided_and_published(installation):
    asked = installation.file(example("technology") | {"codes": ["0275T", "0200T"]}, "proposal.json")
    opening = ("technology", "submit", asked, "--received", ago(HOUR))
    opened = await installation.json(*opening, as_="rn-rivera")
    again = await installation.json(*opening, as_="rn-rivera")
    case = opened["case"]
    assert case.startswith("TEC-")
    assert (opened["created"], again["created"], again["case"]) == (True, False, case)

    vote = ("technology", "vote", case, minutes(installation, "technology", "EASTERN"))
    refused_in_one_line(await installation.plazo(*vote, as_="qa-marin"), 1, "is not ready for a vote")
    question, says = (str(EXAMPLES / f"{name}.txt") for name in ("question", "opinion"))
    await installation.answer("technology", "scope", case, "--question", question, as_="qa-marin")
    evidence = ("technology", "evidence", case, str(EXAMPLES / "evidence.json"))
    await installation.answer(*evidence, as_="qa-marin")
    await installation.answer("technology", "opinion", case, "--says", says, as_="md-ortiz")
    assert "2 for, 0 against, 1 recused" in await installation.answer(*vote, as_="qa-marin")
    publish = ("technology", "publish", case, "--where", "the policy page")
    assert "published; looked at again on" in await installation.answer(*publish, as_="qa-marin")

    said = await installation.answer("technology", "answer", case, "--age", "19", as_="rn-rivera")
    assert said.startswith("case by case: decide for this member alone")
    adopt = await installation.plazo("policy", "adopt", case, as_="qa-marin")
    refused_in_one_line(adopt, 1, "a row of the pack comes of a guideline")
    pdf = installation.desk / "technology.pdf"
    await installation.answer("casefile", case, "--out", str(pdf), as_="qa-marin")
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.slow
async def test_a_text_is_voted_told_and_written_into_a_copy_of_the_pack(installation, tmp_path):
    day = days_from_now(40, "PACIFIC")
    drafted = installation.file(example("guideline"), "draft.json")
    opening = ("guideline", "submit", drafted, "--received", ago(HOUR))
    case = (await installation.json(*opening, as_="qa-marin"))["case"]
    works = ("guideline", "review", case, str(EXAMPLES / "works.json"))
    await installation.answer(*works, as_="md-ortiz")
    voted = minutes(installation, "guideline", "PACIFIC", in_force_on=day)
    await installation.answer("guideline", "vote", case, voted, as_="qa-marin")
    copy = shutil.copytree(packs.SHIPPED, tmp_path / "next")
    adopt = ("policy", "adopt", case, "--into", str(copy))
    refused_in_one_line(await installation.plazo(*adopt, as_="qa-marin"), 1, "has no day yet")

    mail = ("guideline", "mail", case, str(EXAMPLES / "network.json"), "--to", "providers")
    assert "2 letters to providers are written" in await installation.answer(*mail, as_="qa-marin")
    await installation.at_rest(case)
    assert len(installation.letters(case)) == 2
    manifest = (installation.home.spool / "manifest.csv").read_text(encoding="utf-8")
    assert manifest.count(f"{case}-") == 2
    refused_in_one_line(await installation.plazo(*mail, as_="qa-marin"), 1, "providers were told on")
    notice = ("guideline", "notice", case, "--to", "members", "--proof", "mailing 12")
    assert day in await installation.answer(*notice, as_="qa-marin")
    assert "is written, in force from" in await installation.answer(*adopt, as_="qa-marin")
    assert "stands there already" in await installation.answer(*adopt, as_="qa-marin")

    rows = {one.id: one for one in packs.load(copy).criteria}
    assert rows["lumbar-mri-2"].in_force_from.isoformat() == day
    assert (await installation.json("show", case, as_="qa-marin"))["status"]["code"] == "ADOPTED"
