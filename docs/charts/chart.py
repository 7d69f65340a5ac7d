"""The chart of a case kind for `docs/states.md`: each kind has one on a page that has its name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.parts.stage import Stage
from domain.parts.status import OutsideStatus, Status

Transition = tuple[Stage, Stage, str]  # from, to, when


class Chart(NamedTuple):
    """Words, transitions, where nothing is answered yet, and what is told then; below, under `told` as its heading,
    every word of the kind for what is told.
    """

    words: str
    transitions: tuple[Transition, ...]
    before: Sequence[Stage] = ()
    undecided: OutsideStatus = Status.PENDED
    below: Callable[[], Iterable[str]] = tuple
    told: str = ""

    @property
    def beneath(self) -> Iterator[str]:
        yield from self.below()
        if self.told:
            yield from (f"### {self.told}", "", "| Code | Words |", "| --- | --- |")
            yield from (f"| {status.code} | {status.text} |" for status in type(self.undecided))
