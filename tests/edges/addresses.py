"""Twenty long addresses of the shapes that Puerto Rico and the mainland write, and where a letter sets them.

The names and places are made up; the shapes are those of USPS Publication 28, Puerto Rico's urbanizations included.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from domain.terms.frozen import Frozen

LONGEST = tuple(
    tuple(line.split("; ", 1))
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
)


class Box(Frozen):
    """One run of signs on the page, in points from its lower left corner."""

    left: float
    right: float
    baseline: float
    size: float


def boxes(pdf: bytes) -> list[Box]:
    """Where each run of the first page stands, measured with the widths that the file gives its own fonts."""
    page = PdfReader(BytesIO(pdf)).pages[0]
    fonts = {name: _widths(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    set_in: dict[str, Any] = {}
    found = []

    def visit(operator: bytes, operands: Any, matrix: list[float], text: list[float]) -> None:
        match operator:
            case b"Tf":
                set_in.update(widths=fonts[operands[0]], size=float(operands[1]))
            case b"Tj" | b"TJ":
                runs = operands[0] if operator == b"TJ" else operands
                units = sum(_units(run, set_in["widths"]) for run in runs)
                left = matrix[4] + text[4]
                right = left + units * set_in["size"] / 1000
                found.append(Box(left=left, right=right, baseline=matrix[5] + text[5], size=set_in["size"]))

    page.extract_text(visitor_operand_before=visit)
    return found


def _units(run: Any, widths: dict[int, float]) -> float:
    if not isinstance(run, (str, bytes)):
        return -float(run)
    raw = run if isinstance(run, bytes) else run.original_bytes
    return sum(widths[int.from_bytes(raw[at : at + 2])] for at in range(0, len(raw), 2))


def _widths(font: Any) -> dict[int, float]:
    """Of each sign, in thousandths of its size: the ranges of the font's own table."""
    table = iter(font["/DescendantFonts"][0].get_object()["/W"])
    widths = {}
    for first in table:
        last, width = next(table), next(table)
        widths |= dict.fromkeys(range(int(first), int(last) + 1), float(width))
    return widths
