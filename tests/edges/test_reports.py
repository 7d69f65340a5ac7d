"""Reports as commands on a real server: the figures, the cases behind them, and the public page."""

import csv
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import StringIO

import pytest

from tests.edges.fluent import refused_in_one_line
from tests.sampling import sampled

pytestmark = pytest.mark.slow

YEAR = str(datetime.now(UTC).year)
REPORT = ("report", "prior-auth", "--year", YEAR)


async def decided(installation, reference):
    case = await installation.opened("02", reference=reference)
    await installation.answer("approve", case, as_="rn-rivera")
    await installation.at_rest(case)
    return case


async def test_every_figure_is_as_many_cases_as_its_trace_names(installation):
    case = await decided(installation, "REP-1")

    report = await installation.json(*REPORT, "--plan", "mcs-classicare")
    traced = await installation.json(*REPORT, "--plan", "mcs-classicare", "--trace")

    [section] = report["sections"]
    shares = {one["id"]: one["shares"]["as approved"] for one in section["figures"]["shares"]}
    for figure, share in shares.items():
        counts = [one for one in traced for said in one["figures"] if said.startswith(f"{figure}: counts")]
        in_part = [
            one for one in traced for said in one["figures"] if said == f"{figure}: counts, a part as denied"
        ]
        assert share["count"] == len(counts) - len(in_part), figure
    assert "standard_approved: counts" in next(one for one in traced if one["case"] == case)["figures"]


async def test_the_same_figures_stand_in_every_form(installation, tmp_path):
    await decided(installation, "REP-2")
    report = await installation.json(*REPORT)
    [approved] = [
        one for one in report["sections"][0]["figures"]["shares"] if one["id"] == "standard_approved"
    ]
    percent = approved["percents"]["as approved"]

    assert percent in await installation.answer(*REPORT)
    lines = list(csv.DictReader(StringIO(await installation.answer(*REPORT, "--format", "csv"))))
    assert f"{lines[0]['value']}%" == percent
    page = await installation.answer(*REPORT, "--format", "html")
    assert f">{percent} <" in page
    paper = tmp_path / "report.pdf"
    await installation.answer(*REPORT, "--format", "pdf", "--out", str(paper))
    assert b"pdfuaid:part" in paper.read_bytes()


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


async def test_the_public_page_is_read_without_scripts_and_by_a_screen_reader(installation):
    await decided(installation, "REP-HTML")
    text = await installation.answer(*REPORT, "--format", "html")
    page = Page(text)

    assert not page.named("script")
    assert not re.search(r"https?://|\bon\w+=", text)  # nothing is fetched and nothing runs
    assert page.named("html") == [{"lang": "en"}]
    assert len(page.named("h1")) == len(page.named("title")) == len(page.named("main")) == 1
    assert len(page.named("caption")) == len(page.named("table")) > 0
    assert {cell.get("scope") for cell in page.named("th")} == {"col", "row"}
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {link["href"].lstrip("#") for link in page.named("a")} <= set(ids)
    assert not re.search("(PRE|REF|APP)-", text)  # no case is named


SUBJECTS = ("timeliness", "workload", "overturns", "letters")


@pytest.mark.parametrize("subject", sampled(SUBJECTS, 2))
async def test_the_floors_figures_are_the_same_as_charts_as_a_page_and_as_lines(installation, subject):
    await decided(installation, f"REP-{subject}")
    asked = ("report", subject, "--from", f"{YEAR}-01-01", "--to", f"{int(YEAR) + 1}-01-31")

    report = await installation.json(*asked)
    bars = [bar for chart in report["charts"] for bar in chart["bars"]]
    drawn = await installation.answer(*asked)
    text = await installation.answer(*asked, "--format", "html")
    lines = list(csv.DictReader(StringIO(await installation.answer(*asked, "--format", "csv"))))

    assert bars or subject == "overturns"
    assert len(lines) == len(bars)
    for bar in bars:
        counted = f"{bar['share']['count']} of {bar['share']['of']}"
        assert bar["label"] in drawn
        assert counted in drawn
        assert counted in text
    page = Page(text)
    assert not page.named("script")
    assert {cell.get("scope") for cell in page.named("th")} <= {"col", "row"}
    assert all(picture.get("aria-hidden") == "true" for picture in page.named("svg"))


async def test_by_reviewer_is_for_quality_alone(installation):
    asked = ("report", "overturns", "--from", f"{YEAR}-01-01", "--to", f"{YEAR}-12-31", "--by-reviewer")

    refused_in_one_line(await installation.plazo(*asked, as_="sup-diaz"), 1, "quality may")
    assert "By first reviewer" in await installation.answer(*asked, as_="qa-marin")


async def test_a_universe_is_a_file_for_its_owner_and_names_what_was_late_and_what_nobody_verified(
    installation, tmp_path
):
    case = await decided(installation, "REP-OD")
    file = tmp_path / "od.csv"
    days = ("--from", f"{YEAR}-01-01", "--to", f"{int(YEAR) + 1}-01-31", "--out", str(file))

    said = await installation.answer("report", "universe", "OD", *days)
    rows = list(csv.DictReader(StringIO(file.read_text())))

    assert f"{len(rows)} rows" in said
    assert case in {row["Authorization or Claim Number"] for row in rows}
    assert file.stat().st_mode & 0o077 == 0
    assert "late: " in said
    assert "not held against the published layout: Authorization or Claim Number" in said
    refused_in_one_line(await installation.plazo("report", "universe", "OD", *days), 2, "out:")


async def test_the_service_level_data_of_a_quarter_are_a_row_for_each_answered_line(installation, tmp_path):
    case = await decided(installation, "REP-SL")
    file = tmp_path / "services.csv"
    quarter = str((datetime.now(UTC).month + 2) // 3)
    when = ("--year", YEAR, "--quarter", quarter, "--out", str(file))

    await installation.answer("report", "services", "determinations", *when)

    rows = list(csv.DictReader(StringIO(file.read_text())))
    [row] = [one for one in rows if one["Organization Determination Number"] == f"{case}-1"]
    assert (row["Decision"], row["Provider NPI"] != "") == ("approved", True)


async def test_what_no_report_is_made_of_is_said_in_one_line(installation, tmp_path):
    asked = installation.plazo
    refused_in_one_line(await asked(*REPORT, "--plan", "mcs-life"), 1, "42 CFR 422.122(c)")
    refused_in_one_line(await asked(*REPORT, "--plan", "nobody"), 2, "plan:")
    refused_in_one_line(await asked(*REPORT, "--format", "pdf"), 2, "out:")
    refused_in_one_line(await asked(*REPORT, "--format", "html", "--trace"), 2, "trace:")
    refused_in_one_line(await asked("report", "prior-auth", "--year", "0"), 2, "year:")
    days = ("report", "letters", "--from", "2026-11-30", "--to", "2026-11-01")
    refused_in_one_line(await asked(*days), 2, "to:")
    there = tmp_path / "there.csv"
    there.write_text("mine")
    refused_in_one_line(await asked(*REPORT, "--format", "csv", "--out", str(there)), 2, "out:")
    assert there.read_text() == "mine"
