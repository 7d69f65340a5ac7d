"""What the pages promise: they are current, they name everything there is, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

import plazo
from config.views import VIEWS
from docs import cli_page, generate
from docs.charts.precertification import BEFORE, TRANSITIONS, status_of
from docs.states_page import charts, states_page
from domain.parts.stage import Stage
from domain.parts.status import Status
from domain.request.determination import Outcome
from domain.terms.kind import KINDS
from workflows.running.attributes import ATTRIBUTES

HOUSE = Path(__file__).parent.parent.parent
PAGES = [*sorted(HOUSE.glob("*.md")), *sorted((HOUSE / "docs").glob("*.md"))]
COMMANDS = [words for _, _, words, _ in plazo.commands()]

SMALL = 60_000  # bytes of a picture

LINK = re.compile(r"\[[^]]*]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors_of(page: Path) -> set[str]:
    """The anchors that a page's headings get where Markdown is shown."""
    found = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.fixture(scope="module")
def said():
    """What each command says of itself, in a wide terminal."""
    with pytest.MonkeyPatch.context() as wide:
        wide.setenv("COLUMNS", "200")
        return cli_page.helps()


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_generated_page_is_current_in_a_terminal_of_any_width(name, said, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(cli_page, "helps", lambda: said)

    assert not generate.is_stale(name), "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_help_with_an_example_to_paste(command, said):
    """A docstring whose only parts are an `Example:` and one parameter is read in another style, and loses both."""
    sentence, _, example = said[command].partition("xample:\n")

    assert sentence.strip()
    assert re.search(rf"\bplazo {command}\b", example)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_argument_and_option_is_explained(command, said):
    bare = re.findall(r"^  (\S+)(?:: \[.*])?$", said[command], re.MULTILINE)
    listed = [name for name in bare if name.startswith("--") or name.isupper() or name.endswith(":")]

    assert not listed


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_is_on_the_page_with_its_sentence(stage):
    assert f"| `{stage.value}` | {stage.sentence} |" in states_page()


def test_every_kind_of_case_is_on_the_page():
    assert len(charts()) == len(KINDS)


def test_every_stage_can_be_reached_and_leads_to_the_end():
    reached, ending = {Stage.RECEIVED}, {Stage.CLOSED}
    every = [one for chart in charts() for one in chart.transitions]
    for _ in Stage:
        reached |= {there for here, there, _ in every if here in reached}
        ending |= {here for here, there, _ in every if there in ending}

    assert reached == set(Stage)
    assert ending == set(Stage)


def test_nothing_comes_back_from_an_answer():
    after = set(Stage) - set(BEFORE)
    back = [(here, there) for here, there, _ in TRANSITIONS if here in after and there not in after]

    assert not back


@pytest.mark.parametrize("status", Status)
def test_a_status_is_on_the_page(status):
    assert f"| {status.code} | {status.text} |" in states_page()


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([Outcome.APPROVED, None], Status.PENDED),
        ([Outcome.APPROVED], Status.CERTIFIED),
        ([Outcome.DENIED, Outcome.DENIED], Status.NOT_CERTIFIED),
        ([Outcome.MODIFIED, Outcome.APPROVED], Status.MODIFIED),
        ([Outcome.MODIFIED, Outcome.DENIED], Status.PARTIAL),
    ],
)
def test_the_page_asks_the_case_itself_for_the_status(outcomes, status):
    assert status_of(outcomes) is status


def test_the_chart_and_the_drawing_of_a_life_ask_the_same_questions_in_the_same_order():
    chart = (HOUSE / "README.md").read_text(encoding="utf-8").partition("```mermaid")[2]
    drawing = (HOUSE / "docs" / "life-of-a-case.svg").read_text(encoding="utf-8")
    questions = ["covered?", "complete?", "criteria", "nurse", "physician"]

    for picture in (chart, drawing.partition("Received<")[2]):
        places = [picture.lower().find(question) for question in questions]
        assert places == sorted(places)
        assert -1 not in places


def test_the_search_attributes_are_named_where_a_user_looks():
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")

    assert not [name for name in ATTRIBUTES if f"`{name}`" not in readme]


@pytest.mark.parametrize("view", [one.id for one in VIEWS])
def test_each_view_is_shown_by_a_small_picture(view):
    page = (HOUSE / "docs" / "dashboards.md").read_text(encoding="utf-8")
    picture = HOUSE / "docs" / "pictures" / f"view-{view}.webp"

    assert f"(pictures/{picture.name})" in page
    assert picture.stat().st_size < SMALL


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    lost = []
    for link in links:
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            lost.append(link)

    assert not lost
