"""A case file as one PDF: cover, contents and every case in words, then its letters as they left and its papers.

The set part is tagged and checked for screen readers. What stands behind it is as it was sent or came in, each
piece with a bookmark and, in the index, its hash; what is missing or cannot be shown is named with the reason.
"""

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import StreamObject

from activities.ports.paper import Bound
from activities.ports.world import Documents
from domain.casefile.view import Bundle, FileEvent, FileLetter, FilePaper
from domain.terms.frozen import Frozen
from domain.terms.people import Language
from domain.terms.refusals import Misuse, PlazoError, Refused
from domain.terms.text import standing
from worker.adapters.letter import Typesetter
from worker.adapters.sheets import pages_of_paper, still
from worker.adapters.strip import Label, label

CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"  # true of the set part, and not of what is put behind it


class FilePart(Frozen):
    """Something behind the set pages, or the reason why it is not there. `after` counts pages between them."""

    case: str
    title: str
    told: str
    sha256: str
    pages: int = 0
    after: int = 0
    missing: str = ""


class SetFile(Frozen):
    """What the layout is given."""

    bundle: Bundle
    story: tuple[FileEvent, ...]
    letters: tuple[FilePart, ...]
    papers: tuple[FilePart, ...]
    behind: int  # pages


@dataclass(frozen=True)
class Found:
    """A part with its pages; without any where it is missing."""

    part: FilePart
    reader: PdfReader | None = None

    def behind(self, pages: int) -> "Found":
        return Found(self.part.model_copy(update={"after": pages}), self.reader)


class Bindery:
    """Makes case files from a layout, the spool of letters and the store of papers."""

    def __init__(self, layout: Path, spool: Path, documents: Documents) -> None:
        self.layout = layout
        self.spool = spool
        self.documents = documents

    def phrases(self, language: Language) -> dict[str, str]:
        """What the file says by itself, from the table beside the layout; English is what the table is keyed by."""
        if language is Language.ENGLISH:
            return {}
        table = self.layout.parent / "casefile" / f"{language.value}.toml"
        try:
            return dict(tomllib.loads(table.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            raise Misuse(f"The phrases {table.name} of the policy cannot be read.") from None

    def lay_out(self, content: Frozen, layout: str, at: datetime) -> bytes:
        """What one of the layouts of reports is given, as a PDF."""
        return _set(self.layout.parent / "reports" / f"{layout}.typ", content, at)

    def bind(self, bundle: Bundle) -> Bound:
        """The whole as one PDF; what cannot be shown is named in it."""
        letters = [self._letter(one) for case in bundle.cases for one in case.letters if one.sent]
        papers = [self._paper(one) for case in bundle.cases for one in case.papers]
        placed, count = _placed([*letters, *papers])
        parts = tuple(one.part for one in placed)
        told = SetFile(
            bundle=bundle,
            story=bundle.story,
            letters=parts[: len(letters)],
            papers=parts[len(letters) :],
            behind=count,
        )
        front = _set(self.layout, told, bundle.made_at)
        pdf, pages = _together(front, placed, bundle)
        missing = tuple(f"{part.title} of {part.case}: {part.missing}" for part in parts if part.missing)
        return Bound(pdf, pages, missing)

    def _letter(self, letter: FileLetter) -> Found:
        """The PDF as it left. Its proof has the beginning of the hash that it had then."""
        part = FilePart(case=letter.case, title=letter.title, told=letter.fate, sha256="")
        try:
            pdf = (self.spool / f"{letter.key}.pdf").read_bytes()
        except OSError:
            return _missing(part, "not in the spool any more")
        part = part.model_copy(update={"sha256": hashlib.sha256(pdf).hexdigest()})
        sent = letter.proof.partition("sha256:")[2].split(" ")[0]
        if not part.sha256.startswith(sent):
            return _missing(part, "what lies in the spool is not what was sent")
        return _shown(part, lambda: still(pdf))

    def _paper(self, paper: FilePaper) -> Found:
        """The paper as it came in, from the store of papers."""
        digest = paper.sha256
        part = FilePart(case=paper.case, title=paper.title, told=paper.received, sha256=digest or "")
        if digest is None:
            return _missing(part, "only named by the sender; its content was never kept")
        return _shown(part, lambda: pages_of_paper(self.documents.get(digest), paper.title))


def _set(layout: Path, content: Frozen, at: datetime) -> bytes:
    try:
        return Typesetter(layout).set_with_boxes(content, at)
    except typst.TypstError:
        raise Misuse(f"The layout {layout.name} of the policy cannot be set.") from None


def _missing(part: FilePart, why: str) -> Found:
    return Found(part.model_copy(update={"missing": why}))


def _shown(part: FilePart, look_up: Callable[[], PdfReader]) -> Found:
    """The part with its pages, or the reason why there are none; no part costs the file another one."""
    try:
        reader = look_up()
    except Refused as refused:
        return _missing(part, str(refused))
    except Misuse:
        return _missing(part, "not in the store of papers")
    except PlazoError:
        return _missing(part, "damaged in the store of papers")
    return Found(part.model_copy(update={"pages": len(reader.pages)}), reader)


def _placed(found: list[Found]) -> tuple[list[Found], int]:
    """Each part with the number of pages between the set pages and itself, and the number of all of them."""
    placed, count = [], 0
    for one in found:
        placed.append(one.behind(count))
        count += one.part.pages
    return placed, count


def _together(front: bytes, parts: list[Found], bundle: Bundle) -> tuple[bytes, int]:
    """The set pages, and behind them each part under its bookmark, page by page labelled; how many that makes."""
    writer = PdfWriter(clone_from=BytesIO(front))
    first, whose = len(writer.pages), []
    file = bundle.say("Case file {case}, made for {audience}", case=bundle.asked, audience=bundle.audience)
    for number, one in enumerate(parts, start=1):
        if one.reader:
            title = standing(f"{one.part.title}, {one.part.case}")
            writer.append(one.reader, outline_item=title, import_outline=True)
            whose += [f"{file}. {number}: {title}"] * len(one.reader.pages)
    if whose:
        last = len(writer.pages)
        labels = [
            Label(what=what, page=bundle.say("page {n} of {last}", n=str(n), last=str(last)))
            for n, what in enumerate(whose, first + 1)
        ]
        label(writer.pages[first:], labels)
        _take_back_the_claim(writer)
    written = BytesIO()
    writer.write(written)
    return written.getvalue(), len(writer.pages)


def _take_back_the_claim(writer: PdfWriter) -> None:
    metadata = writer.root_object["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    metadata.set_data(metadata.get_data().replace(CLAIM, b""))
