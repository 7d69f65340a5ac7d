"""`docs/layouts.md`: every field of the files for auditors, and whether it was seen in a published layout."""

from collections.abc import Sequence
from typing import Any

from domain.report import complained, service_level, universe
from domain.report.layout import Column
from domain.report.universe import Universe
from domain.terms.sourced import Trust

HEAD = """\
# The layouts of files for auditors

*Made from `domain/report/` by `python -m docs.generate`.*

A field is **sourced** where its name was seen in what is published; **unverified** ones are named after second
hand or in our words, and so are their order and length. Hold them against the published layout before a file is
sent. Of the protocol CMS-10717 the list of tables and fields A to F were seen, and of CMS-10905 the names of the
first seven elements. The protocol's sixth table (AIP, of integrated plans) is not made; a guide says that it is not
collected in 2026.
"""

LAYOUTS: dict[str, Sequence[Column[Any]]] = {
    **{f"Universe {name}": columns for name, columns in universe.LAYOUTS.items()},
    f"Universe {Universe.GRV_C}": complained.COLUMNS,
    "Service-level data, each section": service_level.COLUMNS,
}


def layouts_page() -> str:
    """Layout by layout."""
    return "\n".join([HEAD, *(_table(title, columns) for title, columns in LAYOUTS.items())])


def _table(title: str, columns: Sequence[Column[Any]]) -> str:
    seen = sum(one.trust is Trust.SOURCED for one in columns)
    lines = [f"## {title}", "", f"{seen} of {len(columns)} fields were seen.", ""]
    lines += ["| | Field | Length | Standing |", "| --- | --- | --- | --- |"]
    for number, one in enumerate(columns, start=1):
        lines.append(f"| {number} | {one.name} | {one.width} | {one.trust.value} |")
    return "\n".join([*lines, ""])
