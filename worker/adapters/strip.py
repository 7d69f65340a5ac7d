"""The strip beneath each page that stands behind a case file: of what it is, and which page of the whole.

The page grows by it: nothing of what came in is moved, made smaller or covered.
"""

import json
from collections.abc import Sequence
from io import BytesIO

import typst
from pypdf import PageObject, PdfReader, Transformation
from pypdf.generic import RectangleObject

from domain.terms.frozen import Frozen
from domain.terms.text import all_standing

HEIGHT = 26  # points
LAYOUT = """#set document(title: "strips")
#for one in json(bytes(sys.inputs.labels)) {
  page(width: one.width * 1pt, height: HEIGHTpt, margin: (x: 5%, y: 4pt), fill: white)[
    #set text(font: "Libertinus Serif", size: 7.5pt)
    #set par(leading: 0.35em)
    #box(width: 100%, height: 100%, clip: true, grid(columns: (1fr, auto), column-gutter: 1em, one.what, one.page))
  ]
}""".replace("HEIGHT", str(HEIGHT))


class Label(Frozen):
    """What a strip says at its left and at its right."""

    what: str
    page: str


def label(pages: Sequence[PageObject], labels: Sequence[Label]) -> None:
    """Put a strip under each of these pages of a writer, where its reader sees the bottom."""
    said = [{"width": _width(page), **one.model_dump()} for page, one in zip(pages, labels, strict=True)]
    made = typst.Compiler(LAYOUT.encode(), ignore_system_fonts=True).compile(
        format="pdf", sys_inputs={"labels": json.dumps(all_standing(said))}, timestamp=0
    )
    assert isinstance(made, bytes)
    for page, strip in zip(pages, PdfReader(BytesIO(made)).pages, strict=True):
        _under(page, strip)


def _width(page: PageObject) -> float:
    box = page.cropbox
    return float(box.height if page.rotation % 180 else box.width)


def _under(page: PageObject, strip: PageObject) -> None:
    """Which side is the bottom follows from how the page is turned before it is shown, clockwise."""
    left, bottom, right, top = map(float, page.cropbox)
    match page.rotation % 360:
        case 90:
            right += HEIGHT
            x, y = right, bottom
        case 180:
            top += HEIGHT
            x, y = right, top
        case 270:
            left -= HEIGHT
            x, y = left, top
        case _:
            bottom -= HEIGHT
            x, y = left, bottom
    page.mediabox = page.cropbox = RectangleObject((left, bottom, right, top))
    place = Transformation().rotate(page.rotation % 360).translate(x, y)
    page.merge_transformed_page(strip, place)
