"""A fax: the pages of what came in, numbered through all of its files, and cut into the papers that they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from client.terminal.reading import content
from domain.desk.unmatched import Unmatched
from domain.policy.pack import Pack
from domain.terms.calendar import whole_seconds
from domain.terms.refusals import Misuse

PDF = b"%PDF-"


@dataclass(frozen=True)
class Page:
    """A page, and the file in which it stands; what is no PDF is one page."""

    file: bytes
    of_pdf: PageObject | None = None


class Fax:
    """The files of one fax, in the order in which they came, when they reached us, and as what they were kept."""

    def __init__(self, files: Sequence[bytes], received: datetime, kept: Unmatched | None = None) -> None:
        self.files = tuple(files)
        self.received = whole_seconds(received)
        self.kept = kept
        self.pages = [page for file in files for page in _pages(file)]

    @classmethod
    def read(cls, paths: Sequence[Path], pack: Pack) -> "Fax":
        """What lies there. It reached us by when it was written, however late somebody looks."""
        now = datetime.now(UTC)
        files = [content(path, pack) for path in paths]
        written = [datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in paths]
        return cls(files, min(now, max(written, default=now)))

    def cut(self, numbers: Sequence[int]) -> bytes:
        """These pages as one paper; all of one file are that file. Raises Misuse for pages that make none."""
        if beyond := [number for number in numbers if number > len(self.pages)]:
            raise Misuse(f"the fax has {len(self.pages)} pages and no page {beyond[0]}.")
        pages = [self.pages[number - 1] for number in numbers]
        if pages == [page for page in self.pages if page.file is pages[0].file]:
            return pages[0].file
        of_pdf = [page.of_pdf for page in pages if page.of_pdf]
        if len(of_pdf) < len(pages):
            raise Misuse("a paper of several pages comes out of PDF files.")
        return _as_pdf(of_pdf)


def _pages(file: bytes) -> list[Page]:
    if not file.startswith(PDF):
        return [Page(file)]
    try:
        return [Page(file, page) for page in PdfReader(BytesIO(file)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError):
        raise Misuse("fax: a PDF cannot be read; attach it as it is, with `plazo attach`.") from None


def _as_pdf(pages: Sequence[PageObject]) -> bytes:
    """The same pages make the same bytes, so that the same fax is the same case."""
    writer, made = PdfWriter(), BytesIO()
    for page in pages:
        writer.add_page(page)
    writer.write(made)
    return made.getvalue()
