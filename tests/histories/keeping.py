"""How the histories are kept: one line each, with what was tried on the case and what was seen of it."""

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

from domain.terms.people import Actor
from tests.histories.seeing import Task, seen
from tests.histories.trying import Trying, Words

KEPT = Path(__file__).parent / "kept"
SETS = {"involved", "roles"}
SAID = KEPT / "said.json"
"""Who acts, and each act in the words in which it is said most often."""
NAMES = KEPT / "names.json"
"""Which histories there are of each case kind, for those who need not open them."""


@dataclass(frozen=True)
class Kept:
    """One history: what was said in its story, what was seen after each task, and the case as it closed."""

    name: str
    case: str
    tried: list[Words]
    events: list[Any]
    tasks: list[Task] = field(default_factory=list)
    state: str = ""

    @property
    def history(self) -> WorkflowHistory:
        return WorkflowHistory.from_json(self.case, json.dumps({"events": self.events}))


def files() -> list[Path]:
    """A file for each case kind."""
    return sorted(KEPT.glob("*.xz"))


def read(path: Path) -> Iterator[Kept]:
    """The histories of a case kind, one a line."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from (Kept(**json.loads(line)) for line in lines)


def names() -> dict[str, list[str]]:
    """The histories of each case kind, as the files have them."""
    found = {}
    for path in files():
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            found[path.name.partition(".")[0]] = [line.split('"', 4)[3] for line in lines]
    return found


def named(kind: str, name: str) -> Kept:
    with lzma.open(KEPT / f"{kind}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return Kept(**json.loads(next(line for line in lines if line.startswith(f'{{"name": "{name}",'))))


def write(kind: str, histories: Iterable[Kept]) -> None:
    with lzma.open(KEPT / f"{kind}.jsonl.xz", "wt", encoding="utf-8", preset=9) as lines:
        lines.writelines(json.dumps(vars(one), ensure_ascii=False) + "\n" for one in histories)


def trying(kept: Kept) -> Trying:
    said = json.loads(SAID.read_text(encoding="utf-8"))
    people = {name: Actor.model_validate(one) for name, one in said["people"].items()}
    return Trying(people, said["words"], kept.tried)


async def look(kept: Kept) -> Kept:
    """The same history as it is seen today."""
    found = await seen(kept.history, trying(kept))
    if found.failure:
        raise found.failure
    return replace(kept, tasks=as_kept(found.tasks), state=found.state)


async def differences(kept: Kept) -> list[str]:
    """Where that which is seen today is not what was seen: the task, the view, the field, was and is."""
    found = await seen(kept.history, trying(kept))
    told = [f"it cannot be played: {found.failure}"] if found.failure else []
    if len(found.tasks) != len(kept.tasks):
        told.append(f"{len(kept.tasks)} tasks were seen, and are {len(found.tasks)} now")
    for number, (before, after) in enumerate(zip(kept.tasks, as_kept(found.tasks), strict=False), start=1):
        told += [f"task {number}, {one}" for one in unequal(before, after)]
    if kept.state:
        page = next(task["page"] for task in reversed(kept.tasks) if "page" in task)
        again = as_kept(found.taken_up(kept.state))
        told += [f"taken up, {one}" for one in unequal({name: page[name] for name in again}, again)]
    return told


def as_kept(view: Any) -> Any:
    """A view as it comes back from a file; a set has no order of its own, and is kept sorted."""
    return json.loads(json.dumps(view), object_hook=_with_sets_sorted)


def _with_sets_sorted(value: dict[str, Any]) -> dict[str, Any]:
    return value | {name: sorted(value[name]) for name in SETS & value.keys() if value[name]}


def unequal(was: Any, now: Any, place: str = "") -> Iterator[str]:
    """Each leaf that is not the same, with the way to it."""
    if was == now:
        return
    match was, now:
        case dict(), dict():
            for name in sorted(was.keys() | now.keys()):
                yield from unequal(was.get(name), now.get(name), f"{place}.{name}".removeprefix("."))
        case list(), list() if len(was) == len(now):
            for number, (one, other) in enumerate(zip(was, now, strict=True)):
                yield from unequal(one, other, f"{place}[{number}]")
        case _:
            was, now = (json.dumps(one, ensure_ascii=False) for one in (was, now))
            yield f"{place}: was {was:.300}, is {now:.300}"
