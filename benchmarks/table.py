"""What a benchmark measured, row by row as it comes: for people, for docs/performance.md, or for a program."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass
class Table:
    """Printed as it grows: plain, as rows of Markdown, or as a line of JSON for each row."""

    form: str
    head: Sequence[str]

    def __post_init__(self) -> None:
        if self.form == "markdown":
            print()
            self._print(self.head)
            self._print(["---"] * len(self.head))

    def row(self, *cells: object) -> None:
        said = dict(zip(self.head, cells, strict=True))
        if self.form == "json":
            print(json.dumps(said), flush=True)
        elif self.form == "markdown":
            self._print(list(map(str, cells)))
        else:
            print("; ".join(f"{name} {cell}" for name, cell in said.items()), flush=True)

    @staticmethod
    def _print(cells: Sequence[str]) -> None:
        print(f"| {' | '.join(cells)} |", flush=True)


def asked(about: str | None, **numbers: float | tuple[int, ...]) -> dict[str, Any]:
    """What the command line chose: each number (several are told apart by commas), and the form of the table."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in numbers.items():
        one = not isinstance(number, tuple)
        parser.add_argument(f"--{name}", default=number, type=type(number) if one else _several)
    for form in ("markdown", "json"):
        parser.add_argument(f"--{form}", action="store_const", const=form, dest="form", default="plain")
    return vars(parser.parse_args())


def _several(numbers: str) -> tuple[int, ...]:
    return tuple(map(int, numbers.split(",")))
