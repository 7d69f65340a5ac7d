"""Chooses, of all that the stories left behind, the histories that are kept: few, and nothing is missing.

Each line of the case rooms and workflows that any story reaches, each act, event, letter, ending and timer of each
case kind is reached by one that is kept.

    python -m tests.histories.choosing gathered
"""

import asyncio
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from temporalio.workflow import _Definition

from domain.terms.people import SYSTEM
from tests.builders import ROOT, staff
from tests.histories.keeping import KEPT, NAMES, SAID, Kept, look, names, write
from tests.histories.seeing import Task, plain, seen
from workflows.kinds import WORKFLOWS

PEOPLE = (
    "ic-santos", "rn-rivera", "md-ortiz", "cov-matos", "cm-reyes", "sup-diaz", "ap-soto", "dir-luna", "da-torres",
)  # fmt: skip
"""One person of each role."""
TOO_LARGE = 1_000_000  # bytes: a claim of 999 lines has stories of its own
USUAL = 2  # ways of saying each act
SELDOM: dict[str, list[Any]] = {
    "give_effect": [{"line": 1}],
    "reopen": [{"reason": "it was withdrawn by mistake"}, {}],
}
"""What no story says to an open case, and is refused all the same."""

Features = set[Any]


def kind_of(one: Kept) -> str:
    started = one.events[0]["workflowExecutionStartedEventAttributes"]
    return str(started["workflowType"]["name"])


def heard(one: Kept) -> Iterator[tuple[str, Any]]:
    """Each act that a case took in, in whole, without who said it and when."""
    for event in one.events:
        if accepted := event.get("workflowExecutionUpdateAcceptedEventAttributes"):
            asked = accepted["acceptedRequest"]["input"]
            [words] = [plain(payload) for payload in asked["args"]["payloads"]]
            yield (
                asked["name"],
                {name: value for name, value in words.items() if name not in {"actor", "at", "confirmed_by"}},
            )


def usual_words(gathered: Iterable[Kept]) -> dict[str, list[Any]]:
    """Each act as most stories say it; what no person says, as most cases hear it."""
    by_people: dict[str, Counter[str]] = defaultdict(Counter)
    by_anybody: dict[str, Counter[str]] = defaultdict(Counter)
    for one in gathered:
        for tried in one.tried:
            by_people[tried["update"]][json.dumps(tried["words"], sort_keys=True)] += 1
        for name, words in heard(one):
            by_anybody[name][json.dumps(words, sort_keys=True)] += 1
    return {
        name: [
            json.loads(words) for words, _ in sorted(count.items(), key=lambda it: (-it[1], it[0]))[:USUAL]
        ]
        for name, count in sorted((by_anybody | by_people).items())
    } | SELDOM


class Lines:
    """The lines of the house that run: a tracer that forgets a function once all of it was seen."""

    rooms = tuple(str(ROOT / floor) for floor in ("domain", "workflows"))

    def __init__(self) -> None:
        self.seen: Features = set()
        self.left: dict[CodeType, set[int]] = {}

    def __enter__(self) -> None:
        sys.settrace(self)

    def __exit__(self, *error: object) -> None:
        sys.settrace(None)

    def __call__(self, frame: FrameType, event: str, arg: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(self.rooms):
            return None
        left = self.left.get(code)
        if left is None:
            left = self.left[code] = {line for *_, line in code.co_lines() if line}
        if not left:
            return None

        def within(frame: FrameType, event: str, arg: Any) -> Any:
            if event == "line" and frame.f_lineno in left:
                left.discard(frame.f_lineno)
                self.seen.add((code.co_filename, frame.f_lineno))
            return within

        return within


def told(kind: str, tasks: list[Task]) -> Features:
    """What people see of it: each with the kind of the case."""
    found: Features = set()
    for task in tasks:
        page = task.get("page") or {"events": (), "notices": (), "sheet": {"shown": {"clocks": ()}}}
        found |= {("event", event["kind"]) for event in page["events"]}
        found |= {("letter", one["kind"], one["language"], one["recipient"]) for one in page["notices"]}
        found |= {("clock", one["timeframe"]) for one in page["sheet"]["shown"]["clocks"]}
        found |= {("ends", page.get("outcome")), ("stage", page["sheet"]["shown"].get("stage"))}
        for command in task["commands"]:
            for name, one in command.items():
                found.add((name, one.get("activityType") if isinstance(one, dict) else None))
    return {(kind, *one) for one in found}


async def features(one: Kept) -> Features:
    kind, lines = kind_of(one), Lines()
    tasks = (await seen(one.history, during=lines)).tasks
    return told(kind, tasks) | lines.seen | {(kind, name) for name, _ in heard(one)}


def fewest(found: dict[str, Features]) -> list[str]:
    """A small choice that reaches all: again and again the one that adds most."""
    chosen: list[str] = []
    left = set().union(*found.values())
    while left:
        best = max(sorted(found), key=lambda name: len(found[name] & left))
        chosen.append(best)
        left -= found[best]
    return sorted(chosen)


def gathered_in(folder: Path) -> dict[str, Kept]:
    """What the stories left behind, of the case kinds that there are."""
    paths = [path for path in sorted(folder.glob("*.json")) if path.stat().st_size < TOO_LARGE]
    every = [Kept(name=path.stem, **json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    names = {_Definition.must_from_class(flow).name for flow in WORKFLOWS.values()}
    return {one.name: one for one in every if kind_of(one) in names}


async def main(folder: Path) -> None:
    gathered = gathered_in(folder)
    found = {}
    for name, one in gathered.items():
        found[name] = await features(one)
        print(f"\r{len(found)} of {len(gathered)}", end="", file=sys.stderr)
    chosen = fewest(found)
    print(f"{len(chosen)} of {len(gathered)} histories reach everything")
    KEPT.mkdir(exist_ok=True)
    people = {name: staff(name) for name in PEOPLE} | {"plazo": SYSTEM}
    said = {
        "people": {name: one.model_dump(mode="json") for name, one in people.items()},
        "words": usual_words(gathered.values()),
    }
    SAID.write_text(json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    for kind in sorted({kind_of(gathered[name]) for name in chosen}):
        write(
            kind.lower(), [await look(gathered[name]) for name in chosen if kind_of(gathered[name]) == kind]
        )
    NAMES.write_text(json.dumps(names(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
