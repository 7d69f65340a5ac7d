"""Small mistakes in the domain, each made in a copy of the house, and whether a test notices.

`python -m benchmarks.mutants --count 60 --seed 7` draws sixty places where a comparison is flipped, an `and` is an
`or`, a `not` is forgotten or a call is dropped; asks the tests that reach the place, those that reach least first;
and prints what none of them noticed. The tests are collected once, and each mistake is made in a process that is
forked from there. What is not noticed so is made once more in the text, and asked in a new process, for there it is
made too in what is worked out as a page is loaded.

`mutants.toml` names the mistakes that change nothing that anybody sees, each with its reason.
"""

import argparse
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from coverage import CoverageData
from pydantic import TypeAdapter

from benchmarks.mistakes import Mistake, mistakes

ROOT = Path(__file__).parent.parent
FAST = ("tests/domain", "tests/clock", "tests/policy")
SOME = {"tests/histories": 40, "tests/stories": 25}  # so many, of those that reach a place
ALL_HISTORIES = {"PLAZO_PROVE": "histories"}
FEW = 5  # stories that a busy machine may fail
PATIENCE = 600.0  # seconds; a mistake that never ends is noticed too
LEFT_OUT = shutil.ignore_patterns(".*")
ASKED = "asked"  # a house's mistakes, with the tests of each, and after them what was not noticed

ByLine = dict[str, dict[int, list[str]]]
Question = tuple[Mistake, list[str]]
"""A mistake, and the tests that should notice it in the order in which they are asked."""
PAPER = TypeAdapter(list[Question])


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Where a house has questions: each in a process forked from this one, which has collected the tests."""
    house = session.config.rootpath
    if not (house / ASKED).exists():
        return None
    every = {item.nodeid: item for item in session.items}
    unnoticed = [
        (mistake, tests)
        for mistake, tests in PAPER.validate_json((house / ASKED).read_bytes())
        if not noticed(mistake, [every[name] for name in tests], house)
    ]
    (house / ASKED).write_bytes(PAPER.dump_json(unnoticed))
    return True


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed and multiprocessing.parent_process():
        os._exit(1)


def noticed(mistake: Mistake, items: list[pytest.Item], house: Path) -> bool:
    forked = multiprocessing.get_context("fork").Process(target=ask, args=(mistake, items, house))
    forked.start()
    forked.join(PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(forked.pid, signal.SIGKILL)  # with the server that it had started
    forked.join()
    return forked.exitcode != 0


def ask(mistake: Mistake, items: list[pytest.Item], house: Path) -> None:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    mistake.put_in_place(house)
    for item, after in zip(items, [*items[1:], None], strict=True):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
    os._exit(0)


def a_house(folder: str) -> Path:
    return Path(shutil.copytree(ROOT, Path(folder) / "house", ignore=LEFT_OUT))


def failures(house: Path, *words: str, patience: float = PATIENCE, abreast: int = 0) -> str:
    """What the tests say that fail, or nothing. What never ends is ended, with the server that it had started."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(abreast), "-p", "no:cacheprovider", *words]
    with subprocess.Popen(
        command,
        cwd=house,
        env=os.environ | ALL_HISTORIES,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            said, _ = running.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return "it does not end"
    return said if running.returncode else ""


def reached(house: Path) -> ByLine:
    """Which tests run through each line of the domain, when nothing is wrong; who fails then is not asked."""
    words = ["--cov=domain", "--cov-context=test", "--cov-report=", *FAST, *SOME]
    said = failures(house, *words, patience=6 * PATIENCE, abreast=2)
    lines = re.findall("^(?:FAILED|ERROR) (.+)", said, re.MULTILINE)
    failed = {line.partition(" - ")[0] for line in lines}
    if said and not 0 < len(failed) <= FEW:
        sys.exit(f"Without any mistake there are failures:\n{said[-2000:]}")
    for name in sorted(failed):
        print(f"not asked, for it fails already: {name}", flush=True)
    data = CoverageData(str(house / ".coverage"))
    data.read()
    return {
        str(Path(file).relative_to(house)): {
            line: [test for name in names if (test := name.partition("|")[0]) and test not in failed]
            for line, names in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }


def questions(drawn: list[Mistake], by_line: ByLine) -> Iterator[Question]:
    """All of the fast tests that reach the place, then some of the others; what reaches least comes first."""
    wide = Counter(name for lines in by_line.values() for names in lines.values() for name in names)
    for mistake in drawn:
        lines = by_line.get(mistake.file, {})
        those = {name for line in range(mistake.first, mistake.last + 1) for name in lines.get(line, ())}
        rarest = sorted(those, key=lambda name: (wide[name], name))
        tests = [name for name in rarest if name.startswith(FAST)]
        for room, most in SOME.items():
            tests += [name for name in rarest if name.startswith(room)][:most]
        yield mistake, tests


def survivors(house: Path, asked: list[Question]) -> Iterator[Question]:
    """Those of the mistakes that no test of theirs notices, neither in place nor written down."""
    (house / ASKED).write_bytes(PAPER.dump_json(asked))
    if found := failures(
        house, "-o", "timeout=120", "-p", "benchmarks.mutants", *FAST, *SOME, patience=len(asked) * PATIENCE
    ):
        sys.exit(f"The tests could not be asked:\n{found[-2000:]}")
    unnoticed = PAPER.validate_json((house / ASKED).read_bytes())
    (house / ASKED).unlink()
    for mistake, tests in unnoticed:
        page = house / mistake.file
        right = page.read_bytes()
        page.write_bytes(mistake.written(right))
        (house / "tests-of-it").write_text("\n".join(tests), encoding="utf-8")
        if not (tests and failures(house, "-x", "@tests-of-it")):
            yield mistake, tests
        page.write_bytes(right)


def changing_nothing(every: list[Mistake]) -> dict[tuple[str, str], str]:
    """Why a mistake changes nothing that anybody sees, by its file and what it changes."""
    rows = tomllib.loads((ROOT / "benchmarks/mutants.toml").read_text(encoding="utf-8"))["same"]
    reasons = {(row["file"], row["change"]): row["why"] for row in rows}
    if gone := reasons.keys() - {(one.file, one.change) for one in every}:
        sys.exit(f"mutants.toml names what can no longer be mistaken: {sorted(gone)}")
    return reasons


def main() -> None:
    asked = argparse.ArgumentParser(prog="mutants", description=__doc__.partition("\n")[0])
    asked.add_argument("--count", type=int, default=60, help="how many mistakes are made")
    asked.add_argument("--seed", type=int, default=7, help="which: the same seed draws the same places")
    asked.add_argument("--jobs", type=int, default=2, help="how many are tried side by side")
    chosen = asked.parse_args()
    every = list(mistakes(ROOT))
    reasons = changing_nothing(every)
    drawn = random.Random(chosen.seed).sample(every, chosen.count)

    def told(house: Path, share: list[Question]) -> list[str]:
        whys = []
        for mistake, tests in survivors(house, share):
            whys.append(reasons.get((mistake.file, mistake.change), ""))
            print(f"{mistake}  ({whys[-1] or f'{len(tests)} tests'})", flush=True)
        return whys

    with ExitStack() as folders, ThreadPoolExecutor(chosen.jobs) as pool:
        houses = [a_house(folders.enter_context(TemporaryDirectory())) for _ in range(chosen.jobs)]
        each = list(questions(drawn, reached(houses[0])))
        shares = [each[place :: chosen.jobs] for place in range(chosen.jobs)]
        found = [why for whys in pool.map(told, houses, shares) for why in whys]
    same = sum(map(bool, found))
    print(
        f"Seed {chosen.seed}: {len(drawn)} mistakes, {len(found) - same} not noticed, {same} change nothing."
    )


if __name__ == "__main__":
    main()
