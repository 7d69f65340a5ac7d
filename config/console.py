"""The console of everything that is set in colours or columns, where words of people are words."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from config.tongue import spoken
from domain.terms.text import on_one_line, standing

GAP, HANGING = "  ", "    "
NONE = "-"
ROOM = 30  # less than this, and the last column would be a thread


class ConsoleWords(Console):
    """A console to which text is text: brackets and colons are no markup, no sign acts, and a line is one line."""

    def __init__(self) -> None:
        super().__init__(highlight=False, markup=False, emoji=False)
        self.soft_wrap = not self.is_terminal  # there words are folded whole: a case number is never broken

    def print(self, *objects: Any, **options: Any) -> None:
        super().print(*map(_one_line, objects), **options)

    def say(self, *said: str | Text) -> None:
        """Print what the house says by itself, in the language of whoever reads it."""
        self.print(*map(in_tongue, said))

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=standing(segment.text))

    def rows(self, rows: Iterable[Sequence[str | Text]], head: Sequence[str] = ()) -> None:
        """Rows in columns, the longest words last. In a pipe each is one line.

        On a terminal the last cell alone is folded; where even so it is too narrow, a row goes on beneath its line.
        """
        cells = [[_cell(cell) for cell in row] for row in rows]
        titles = [Text(spoken(title), "bold") for title in head]
        table = [titles, *cells] if head else cells
        widths = [max(cell.cell_len for cell in column) for column in zip(*table, strict=True)]
        before = sum(widths[:-1]) + len(GAP) * (len(widths) - 1)
        if self.is_terminal and before + min(widths[-1], ROOM) > self.width:
            for row in cells:
                self._stacked(row)
            return
        for *row, last in table:
            for cell, width in zip(row, widths, strict=False):
                cell.pad_right(width - cell.cell_len)
            start = Text(GAP).join([*row, Text()])
            folded = last.wrap(self, self.width - before) if self.is_terminal else [last]
            for line in folded or [Text()]:
                said = start + line
                said.rstrip()
                self.print(said)
                start = Text(" " * before)

    def _stacked(self, row: Sequence[Text]) -> None:
        """As many cells on a line as fit, whole."""
        line = Text()
        for cell in (one for one in row if one.plain.strip() not in {"", NONE}):
            if line and line.cell_len + len(GAP) + cell.cell_len > self.width:
                self.print(line)
                line = Text(HANGING)
            elif line:
                line.append(GAP)
            first, *rest = cell.wrap(self, self.width - len(HANGING)) or [Text()]
            line.append_text(first)
            line.rstrip()
            for more in rest:
                self.print(line)
                line = Text(HANGING) + more
                line.rstrip()
        self.print(line)


def _one_line(said: Any) -> Any:
    match said:
        case str():
            return on_one_line(said)
        case Text():
            said.plain = on_one_line(said.plain)  # of the same length: what is coloured stays so
    return said


def in_tongue(said: str | Text) -> str | Text:
    """The same in the language of whoever reads it; what was set apart in it is set apart still."""
    if isinstance(said, str):
        return spoken(said)
    there = Text(spoken(said.plain), said.style)
    for span in said.spans:
        part = spoken(said.plain[span.start : span.end])
        if (at := there.plain.find(part)) >= 0:
            there.stylize(span.style, at, at + len(part))
    return there


def _cell(said: str | Text) -> Text:
    text = Text(said) if isinstance(said, str) else said
    return Text(standing(on_one_line(text.plain)), text.style)
