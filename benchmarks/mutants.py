"""Small mistakes in the domain, each made in a copy of the house, and whether a test notices.

`python -m benchmarks.mutants --count 60 --seed 7` draws sixty places where a comparison is flipped, an `and` is an
`or`, a `not` is forgotten or a call is dropped; runs the tests that reach the place, those of domain, clock and
policy first and then some of the stories; and prints what none of them noticed.
"""

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from coverage import CoverageData

ROOT = Path(__file__).parent.parent
FAST = ("tests/domain", "tests/clock", "tests/policy")
STORIES = "tests/stories"
SOME = 25  # stories, of those that reach a place
PATIENCE = 300.0  # seconds; a mistake that never ends is noticed too
LEFT_OUT = shutil.ignore_patterns(".*")

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mistake:
    """What stands at a place, and what is written there instead."""

    file: str
    lines: range
    start: int
    end: int
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.file}:{self.lines[0]}: {' '.join(self.was.split())}  ->  {self.becomes}"

    def made_in(self, house: Path) -> None:
        text = (ROOT / self.file).read_bytes()
        (house / self.file).write_bytes(text[: self.start] + self.becomes.encode() + text[self.end :])


def mistakes() -> Iterator[Mistake]:
    """Every small mistake that could be made inside a function of the domain."""
    for path in sorted((ROOT / "domain").rglob("*.py")):
        text = path.read_bytes()
        begins = [0]
        for line in text.splitlines(keepends=True):
            begins.append(begins[-1] + len(line))
        bodies = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        inside = dict.fromkeys(node for body in bodies for one in body.body for node in ast.walk(one))
        for node in inside:
            for wrong in instead_of(node):
                start = begins[node.lineno - 1] + node.col_offset
                end = begins[node.end_lineno - 1] + node.end_col_offset
                yield Mistake(
                    str(path.relative_to(ROOT)),
                    range(node.lineno, node.end_lineno + 1),
                    start,
                    end,
                    text[start:end].decode(),
                    wrong,
                )


def instead_of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[first, *rest]):
            yield ast.unparse(ast.Compare(node.left, [FLIPPED[type(first)](), *rest], node.comparators))
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(other, node.values))})"
        case ast.UnaryOp(op=ast.Not()):
            yield f"({ast.unparse(node.operand)})"
        case ast.Expr(value=ast.Call()):
            yield "pass"


def a_house(folder: str) -> Path:
    return Path(shutil.copytree(ROOT, Path(folder) / "house", ignore=LEFT_OUT))


def failures(house: Path, *words: str, patience: float = PATIENCE, abreast: int = 0) -> str:
    """What the tests say that fail, or nothing. What never ends is ended, with the server that it had started."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(abreast), "-p", "no:cacheprovider", *words]
    with subprocess.Popen(
        command, cwd=house, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        try:
            said, _ = running.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return "it does not end"
    return said if running.returncode else ""


def reached(house: Path) -> dict[str, dict[int, list[str]]]:
    """Which tests run through each line of the domain, when nothing is wrong."""
    words = ["--cov=domain", "--cov-context=test", "--cov-report=", *FAST, STORIES]
    if found := failures(house, *words, patience=6 * PATIENCE, abreast=2):
        sys.exit(f"Without any mistake there are failures:\n{found[-2000:]}")
    data = CoverageData(str(house / ".coverage"))
    data.read()
    return {
        str(Path(file).relative_to(house)): {
            line: [name.partition("|")[0] for name in names if name]
            for line, names in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }


class Examiner:
    """Makes mistakes in houses of its own, as many side by side as there are houses."""

    def __init__(self, houses: list[Path], by_line: dict[str, dict[int, list[str]]], seed: int) -> None:
        self.free: SimpleQueue[Path] = SimpleQueue()
        for house in houses:
            self.free.put(house)
        self.by_line = by_line
        self.seed = seed

    def survives(self, mistake: Mistake) -> bool:
        """Does no test fail? Such a mistake is printed with how many tests were asked."""
        those = self.tests_of(mistake)
        house = self.free.get()
        right = (house / mistake.file).read_bytes()
        mistake.made_in(house)
        (house / "asked").write_text("\n".join(those), encoding="utf-8")
        survived = not those or not failures(house, "-x", "@asked")
        (house / mistake.file).write_bytes(right)
        self.free.put(house)
        if survived:
            print(f"{mistake}  ({len(those)} tests)", flush=True)
        return survived

    def tests_of(self, mistake: Mistake) -> list[str]:
        """Those that reach the place: all of the fast ones, and then some of the stories."""
        lines = self.by_line.get(mistake.file, {})
        those = sorted({name for line in mistake.lines for name in lines.get(line, ())})
        stories = [name for name in those if name.startswith(STORIES)]
        some = random.Random(self.seed).sample(stories, min(SOME, len(stories)))
        return [name for name in those if name not in stories] + some


def main() -> None:
    asked = argparse.ArgumentParser(prog="mutants", description=__doc__.partition("\n")[0])
    asked.add_argument("--count", type=int, default=60, help="how many mistakes are made")
    asked.add_argument("--seed", type=int, default=7, help="which: the same seed draws the same places")
    asked.add_argument("--jobs", type=int, default=2, help="how many are tried side by side")
    chosen = asked.parse_args()
    drawn = random.Random(chosen.seed).sample(list(mistakes()), chosen.count)
    drawn.sort(key=lambda one: (one.file, one.start))
    with ExitStack() as folders, ThreadPoolExecutor(chosen.jobs) as pool:
        houses = [a_house(folders.enter_context(TemporaryDirectory())) for _ in range(chosen.jobs)]
        examiner = Examiner(houses, reached(houses[0]), chosen.seed)
        survivors = sum(pool.map(examiner.survives, drawn))
    print(f"{len(drawn) - survivors} of {len(drawn)} mistakes were noticed (seed {chosen.seed}).")


if __name__ == "__main__":
    main()
