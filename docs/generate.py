"""Write the generated pages, or with `--check` say which are not current.

    python -m docs.generate [--check]

A page is a function that returns its whole text; to add one, name its file here.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from docs.authority_page import authority_page
from docs.cli_page import cli_page
from docs.for_roles import for_roles_module
from docs.layouts_page import layouts_page
from docs.policy_page import policy_page
from docs.states_page import states_page

FOLDER = Path(__file__).parent

PAGES: dict[str, Callable[[], str]] = {
    "authority.md": authority_page,
    "policy.md": policy_page,
    "cli.md": cli_page,
    "states.md": states_page,
    "layouts.md": layouts_page,
    "../client/terminal/for_roles.py": for_roles_module,
}


def stale() -> list[str]:
    """The pages whose file does not hold what would be written now."""
    return [name for name in PAGES if is_stale(name)]


def is_stale(name: str) -> bool:
    return _kept(name) != PAGES[name]()


def write() -> list[str]:
    """Write the pages that are not current; their names."""
    names = stale()
    for name in names:
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
    return names


def _kept(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description="Write the generated pages.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if a page is not current"
    )
    only_check = parser.parse_args().check
    names = stale() if only_check else write()
    verb = "is not current; run `make docs`" if only_check else "written"
    sys.stdout.writelines(f"docs/{name} {verb}\n" for name in names)
    return int(bool(names) and only_check)


if __name__ == "__main__":
    sys.exit(main())
