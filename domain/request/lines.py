"""The lines that an act names: one, several that are done together or not at all, or the only one there is."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Protocol, TypeVar

from pydantic import Field

from domain.terms.refusals import Refused

Lines = int | Annotated[tuple[int, ...], Field(min_length=1)] | None
"""A number, several, or None for the only line of a case that has one."""


class _Numbered(Protocol):
    @property
    def sequence(self) -> int: ...


L = TypeVar("L", bound=_Numbered)


def chosen(case: str, lines: Sequence[L], named: Lines) -> list[L]:
    """The lines of a case that are named, each once, in the order of their numbers. Raises `Refused`."""
    if named is None and len(lines) > 1:
        raise Refused(f"line: {case} has {len(lines)} lines; name one with --line")
    if named is None:
        return list(lines)
    there = {line.sequence: line for line in lines}
    wanted = {named} if isinstance(named, int) else set(named)
    if strange := wanted - there.keys():
        raise Refused(f"line: {case} has no line {min(strange)}")
    return [there[number] for number in sorted(wanted)]


def in_words(numbers: Iterable[int]) -> str:
    """`line 3`, or `lines 1-40, 43`, as they are typed."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    is_one = len(runs) == 1 and len(runs[0]) == 1
    return f"line {words}" if is_one else f"lines {words}"


def sequences(lines: Iterable[_Numbered]) -> list[int]:
    return [line.sequence for line in lines]
