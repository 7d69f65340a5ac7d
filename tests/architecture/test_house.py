"""What keeps the house in order beyond the import contracts."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections import Counter
from pkgutil import walk_packages

import pytest
from temporalio import workflow

import domain
from activities.desk.look_ups import LOOK_UPS
from domain.case.acts import Act
from domain.case.authority import TABLE
from domain.case.case import Case
from domain.terms.kind import KINDS
from domain.view.kinds import CASES
from tests.builders import ROOT
from workflows.acts.updates import updates_of
from workflows.kinds import RUNNING, WORKFLOWS
from workflows.running.attributes import EVERY

MODULES = [importlib.import_module(page.name) for page in walk_packages(domain.__path__, "domain.")]


def narrowest(base):
    """The classes of the domain that are one and are nobody's base, wherever they stand."""
    every = {one for module in MODULES for one in vars(module).values() if inspect.isclass(one)}
    found = {one for one in every if issubclass(one, base) and "[" not in one.__name__}
    return {one for one in found if not any(issubclass(other, one) for other in found - {one})}


ACTS = narrowest(Act)


def test_every_act_has_an_update_that_hears_it():
    heard = {act for kind in WORKFLOWS for act in updates_of(kind)}

    assert heard == ACTS


def test_a_kind_of_case_has_its_row_on_every_floor():
    rows = {case.kind: case for case in narrowest(Case)}

    assert {*KINDS} == {*rows}
    assert {name: row.case for name, row in CASES.items()} == rows
    assert {name: row.case for name, row in RUNNING.items()} == rows


ASKED = re.compile(r"(?:ask|look_up|_at_the_desk)\(\s*[A-Z]\w+\.(\w+)")


def test_what_is_asked_of_the_desk_stands_beside_its_authority():
    pages = [page for floor in ("client", "worker") for page in (ROOT / floor).rglob("*.py")]
    asked = {name for page in pages for name in ASKED.findall(page.read_text(encoding="utf-8"))}

    assert asked == set(LOOK_UPS)
    assert set(LOOK_UPS.values()) <= set(TABLE)


@pytest.mark.parametrize("kind", RUNNING)
def test_the_workflow_of_a_kind_has_its_name(kind):
    """By which the doctor lists cases."""
    assert workflow._Definition.must_from_class(WORKFLOWS[kind]).name == kind.capitalize()


def test_who_may_do_an_act_stands_in_the_table_of_authority():
    assert {act.act_name for act in ACTS} <= {*TABLE}


@pytest.mark.parametrize("case_kind", WORKFLOWS.values(), ids=lambda case_kind: case_kind.__name__)
def test_every_update_is_checked_before_it_enters_the_history(case_kind):
    updates = workflow._Definition.must_from_class(case_kind).updates

    unchecked = [name for name, update in updates.items() if update.validator is None]

    assert updates
    assert unchecked == []


@pytest.mark.parametrize("case_kind", WORKFLOWS.values(), ids=lambda case_kind: case_kind.__name__)
def test_an_update_stands_on_its_page_under_the_name_that_temporal_knows(case_kind):
    updates = workflow._Definition.must_from_class(case_kind).updates

    assert {name: getattr(case_kind, name, None) for name in updates} == {
        name: update.fn for name, update in updates.items()
    }


@pytest.mark.parametrize("case_kind", WORKFLOWS.values(), ids=lambda case_kind: case_kind.__name__)
def test_the_story_of_a_case_fits_on_a_page(case_kind):
    lines, _ = inspect.getsourcelines(case_kind.run)

    assert len(lines) <= 30


def test_the_search_attributes_fit_the_embedded_server():
    """Ten keywords and three of each other type are all that its visibility holds."""
    counts = Counter(key.indexed_value_type.name for key in EVERY)

    assert counts.pop("KEYWORD") <= 10
    assert all(count <= 3 for count in counts.values())


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("plazo", ["temporalio", "sqlmodel", "pydantic", "rich", "cyclopts"]),
        ("client.terminal.role", ["temporalio", "pydantic", "rich", "cyclopts", "config", "domain"]),
        ("client.reach.cases", ["sqlmodel", "sqlalchemy", "holidays", "worker", "records"]),
        ("client.desk.desk", ["sqlmodel", "sqlalchemy", "temporalio.testing", "records"]),
    ],
)
def test_a_command_loads_nothing_that_it_does_not_need(module, heavy):
    look = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT)

    assert found.stdout.strip() == "[]"


def test_no_test_imports_another():
    """What two need is a builder or a driver, and stands on a page of its own."""
    pages = sorted((ROOT / "tests").rglob("*.py"))
    imported = {
        (page.name, name)
        for page in pages
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8")))
        for name in imports(node)
        if name.startswith("tests.") and name.rpartition(".")[2].startswith("test_")
    }

    assert len(pages) > 100
    assert imported == set()


def imports(node):
    """Every module that an import may mean."""
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    return []


def test_nothing_that_replays_reads_a_clock_or_rolls_dice():
    """The floors are passed through the sandbox, so the sandbox would not catch it there."""
    forbidden = {"now", "today", "utcnow", "uuid4", "uuid1", "urandom", "random", "token_hex", "token_bytes"}
    allowed = {("workflows/running/casework.py", "now")}  # workflow.now(), the case's own time
    pages = [path for floor in ("domain", "workflows") for path in (ROOT / floor).rglob("*.py")]
    found = {
        (str(path.relative_to(ROOT)), node.func.attr)
        for path in pages
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in forbidden
    }

    assert {"clock", "case", "appeal"} <= {path.parent.name for path in pages}, (
        "the rooms are looked into too"
    )
    assert found - allowed <= {("workflows/precertification.py", "now")}


def test_a_room_is_one_to_live_in():
    """A page over three hundred lines wants splitting by noun, and a room of more than twenty pages too."""
    floors = ("domain", "activities", "workflows", "config", "worker")
    pages = [page for floor in floors for page in (ROOT / floor).rglob("*.py") if page.name != "__init__.py"]
    rooms = Counter(str(page.parent.relative_to(ROOT)) for page in pages)
    lines = {page.relative_to(ROOT): page.read_text(encoding="utf-8").count("\n") for page in pages}

    assert [room for room, count in rooms.items() if count > 20] == []
    assert [str(page) for page, count in lines.items() if count > 300] == []
