"""`docs/policy.md`: the policy pack as a page that an expert can read and correct."""

from client.tables.section import Section
from client.tables.sections import sections
from config.pack import load

HEAD = """\
# The policy pack

*Made from `policy/*.toml` by `python -m docs.generate`; change the tables, not this page.*

Every row has a source and a standing: **sourced** was read in the text that is named, **assumed** is a plan's or
our own choice, **unverified** has not been checked yet. None of it is legal advice, and the criteria are
illustrations.
"""


def policy_page() -> str:
    """The pack that comes with Plazo, table by table."""
    return "\n".join([HEAD, *(_markdown(section) for section in sections(load()))])


def _markdown(section: Section) -> str:
    lines = [
        f"## {section.title}",
        "",
        section.about,
        "",
        _row(section.columns),
        _row(["---"] * len(section.columns)),
    ]
    return "\n".join([*lines, *(_row(row) for row in section.rows), ""])


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
