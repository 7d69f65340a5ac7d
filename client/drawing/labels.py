"""Labels that hang from their marks like flags, and never cover one another or another's line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from client.drawing.life import Mark

SIZE = 12.0  # pixels: the smallest text that is read easily in print
ROW = 15.0
GAP = 4.0  # between a mark's line and its words
APART = 8.0  # between two labels of a row
SAME = 3.0  # marks nearer than this are one place
LONGEST = 46  # characters of one label

NARROW, WIDE = set("iljtfr.,:;'|!()[] -"), set("mwMW@%")


def width_of(text: str, size: float = SIZE) -> float:
    """How wide a text is at most, in the wider of the sans-serif faces that may draw it."""
    return size * sum(
        0.42 if c in NARROW else 0.98 if c in WIDE else 0.72 if c.isupper() else 0.64 for c in text
    )


@dataclass(frozen=True)
class Flag:
    """Words in a row (0 is next to the bar), beside the line of their mark."""

    x: float
    left: float
    row: int
    words: str
    is_past: bool

    @property
    def right(self) -> float:
        return self.left + width_of(self.words)

    def covers(self, x: float) -> bool:
        return self.left - 2 < x < self.right + 2

    def clashes(self, other: "Flag") -> bool:
        """Words over words, or a line through words that hang nearer to the bar."""
        if self.row == other.row:
            return self.left < other.right + APART and other.left < self.right + APART
        near, far = sorted((self, other), key=lambda flag: flag.row)
        return near.covers(far.x)


def flags(
    marks: Iterable[tuple[float, Mark]], leftmost: float, rightmost: float, *, upward: bool = False
) -> tuple[Flag, ...]:
    """A place for every label, in the nearest row that is free; what is read first stands highest.

    Words stand to the right of their line, and to the left where the paper ends. Those on the right are placed
    from the right and those on the left after them, from the left: so each line finds its way past the others.
    """
    ahead: list[list[Flag]] = []
    turned: list[list[Flag]] = []
    edge = rightmost  # words may not reach over the line of a label that is turned
    for place in reversed(_gathered(marks)):
        x, lines = place.x, place.lines[::-1] if upward else place.lines
        widest = max((width_of(words) for words in lines), default=0.0)
        if x + GAP + widest > edge:
            edge = min(edge, x)
            lefts = [max(leftmost, x - GAP - width_of(words)) for words in lines]
            group = turned
        else:
            lefts = [x + GAP for _ in lines]
            group = ahead
        group.append(
            [Flag(x, left, 0, words, place.is_past) for left, words in zip(lefts, lines, strict=True)]
        )
    placed: list[Flag] = []
    for flag in chain.from_iterable((*ahead, *reversed(turned))):
        placed.append(_in_a_free_row(flag, placed))
    return tuple(placed)


def rows(placed: Sequence[Flag]) -> int:
    return max((flag.row + 1 for flag in placed), default=0)


def _in_a_free_row(flag: Flag, placed: Sequence[Flag]) -> Flag:
    candidates = [replace(flag, row=row) for row in range(len(placed) + 1)]
    free = (one for one in candidates if not any(one.clashes(other) for other in placed))
    return next(free, candidates[-1])  # the last row is always empty: there at most a line is crossed


@dataclass
class _Place:
    """Marks so near to each other that they share their labels, each word once with its count."""

    x: float
    is_past: bool
    words: Counter[str]

    @property
    def lines(self) -> list[str]:
        lines: list[str] = []
        for said in counted(self.words):
            if lines and len(lines[-1]) + len(said) < LONGEST:
                lines[-1] += f", {said}"
            else:
                lines.append(said)
        return lines


def counted(words: Counter[str]) -> list[str]:
    return [
        one if times == 1 else f"{one} \N{MULTIPLICATION SIGN}{times}" for one, times in words.items() if one
    ]


def _gathered(marks: Iterable[tuple[float, Mark]]) -> list[_Place]:
    places: list[_Place] = []
    for x, mark in sorted(marks, key=lambda one: (one[0], one[1].at)):
        if not places or x - places[-1].x > SAME or places[-1].is_past != mark.is_past:
            places.append(_Place(x, mark.is_past, Counter()))
        places[-1].words[mark.words] += 1
    return places
