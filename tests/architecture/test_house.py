"""What keeps the house in order beyond the import contracts."""

import ast
import inspect
import subprocess
import sys
from collections import Counter

import pytest
from temporalio import workflow

from domain.appeal import acts as appeal_acts
from domain.appeal import deciding as appeal_deciding
from domain.appeal import linking
from domain.authorization import acts as authorization_acts
from domain.authorization import linking as authorization_linking
from domain.case.acts import Act
from domain.desk import delivery, desk
from domain.dispute import acts as dispute_acts
from domain.dispute import correcting as dispute_correcting
from domain.dispute import level as dispute_level
from domain.referral import acts as referral_acts
from domain.referral import coordination_acts
from domain.review import clock_acts as timing
from domain.review import correction, entered_in_error, reopening, second_thoughts
from domain.review import decisions as review
from domain.review import peer_to_peer as peer
from tests.builders import ROOT
from workflows.attributes import EVERY
from workflows.updates import UPDATES, WORKFLOWS

ACTS = [
    act
    for module in (
        appeal_acts,
        appeal_deciding,
        authorization_acts,
        authorization_linking,
        delivery,
        linking,
        peer,
        coordination_acts,
        correction,
        desk,
        dispute_acts,
        dispute_correcting,
        dispute_level,
        entered_in_error,
        referral_acts,
        reopening,
        review,
        second_thoughts,
        timing,
    )
    for _, act in inspect.getmembers(module, inspect.isclass)
    if issubclass(act, Act) and act.__module__ == module.__name__ and act.__name__.isalpha()
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_every_act_has_an_update_that_hears_it(act):
    assert act in UPDATES


@pytest.mark.parametrize("case_kind", WORKFLOWS.values(), ids=lambda case_kind: case_kind.__name__)
def test_every_update_is_checked_before_it_enters_the_history(case_kind):
    updates = workflow._Definition.must_from_class(case_kind).updates

    unchecked = [name for name, update in updates.items() if update.validator is None]

    assert updates
    assert unchecked == []


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
        ("client.reach.cases", ["sqlmodel", "sqlalchemy", "holidays", "worker", "records"]),
        ("client.desk.desk", ["sqlmodel", "sqlalchemy", "temporalio.testing", "records"]),
    ],
)
def test_a_command_loads_nothing_that_it_does_not_need(module, heavy):
    look = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT)

    assert found.stdout.strip() == "[]"


def test_nothing_that_replays_reads_a_clock_or_rolls_dice():
    """The floors are passed through the sandbox, so the sandbox would not catch it there."""
    forbidden = {"now", "today", "utcnow", "uuid4", "uuid1", "urandom", "random", "token_hex", "token_bytes"}
    allowed = {("workflows/casework.py", "now")}  # workflow.now(), the case's own time
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
