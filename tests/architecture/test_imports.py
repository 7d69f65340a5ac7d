"""No page of the domain needs itself to be read: imports there never run in a circle."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.builders import ROOT


def pages(floor):
    return {
        ".".join(path.relative_to(floor.parent).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in floor.rglob("*.py")
    }


def imports_of(text):
    """The imports that run, wherever they stand; what is imported for types alone does not."""
    tree = ast.parse(text)
    unread = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).removeprefix("typing.") == "TYPE_CHECKING"
        for branch in node.body
        for inner in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if node in unread:
            continue
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{one.name}" for one in names)


def circle_in(texts):
    """The first circle of pages that import one another; empty where there is none."""
    needs = {page: {*imports_of(text)} & {*texts} - {page} for page, text in texts.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_imports_of_the_domain_run_in_a_circle():
    domain = pages(ROOT / "domain")

    assert {"domain.terms.kind", "domain.case.case", "domain.view.showing"} <= {*domain}
    assert circle_in(domain) == []


@pytest.mark.parametrize(
    ("back", "circle"),
    [
        ("from house import door", True),
        ("import house.door", True),
        ("from house.door import Handle", True),
        ("def f():\n    from house import door", True),
        ("if TYPE_CHECKING:\n    from house import door", False),
        ("if not TYPE_CHECKING:\n    from house import door", True),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    from house import door", True),
        ("from house import roof", False),
    ],
)
def test_a_circle_is_found_but_for_what_is_imported_for_types_alone(back, circle):
    assert bool(circle_in({"house.door": "from house.wall import Brick", "house.wall": back})) is circle
