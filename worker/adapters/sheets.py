"""Papers as pages: what was attached as PDF, image or text, made ready to stand behind a case file.

Nothing of a paper acts: what it would do when it is opened or clicked is left out. What cannot be shown says why.
"""

import tempfile
from io import BytesIO
from logging import CRITICAL, getLogger
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter

from domain.terms.refusals import Refused
from domain.terms.text import all_standing

IMAGES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
NOT_SHOWN = {
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"PK\x03\x04": "an office file or archive",
}
ACTS = ("/A", "/AA")

IMAGE_PAGE = """#set page(paper: "us-letter", margin: 0.5in)
#set document(title: sys.inputs.title)
#image(sys.inputs.file, width: 100%, height: 100%, fit: "contain", alt: sys.inputs.title)"""
TEXT_PAGE = """#set page(paper: "us-letter", margin: 0.8in)
#set document(title: sys.inputs.title)
#set text(font: "DejaVu Sans Mono", size: 9pt)
#raw(sys.inputs.text, block: true)"""

getLogger("pypdf").setLevel(
    CRITICAL
)  # it would log what it finds odd in a paper, and papers are about members


def pages_of_paper(content: bytes, title: str) -> PdfReader:
    """The paper as pages. Refused in a few words where it cannot be shown."""
    if content.startswith(b"%PDF"):
        return still(content)
    for magic, what in NOT_SHOWN.items():
        if content.startswith(magic):
            raise Refused(f"{what}, which cannot be shown here")
    for magic, ending in IMAGES.items():
        if content.startswith(magic):
            return still(_image(content, ending, title))
    return still(_text(content, title))


def still(pdf: bytes) -> PdfReader:
    """The pages of a PDF without anything that acts. Refused where it is locked or damaged."""
    try:
        return _copied(PdfReader(BytesIO(pdf)))
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - a scan can be broken in every way, and none may cost the file its other parts
        raise Refused("a damaged PDF") from None


def _copied(reader: PdfReader) -> PdfReader:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("locked with a password")
    if not reader.pages:
        raise Refused("a PDF without pages")
    copy = PdfWriter()
    copy.append(reader, import_outline=True)
    for page in copy.pages:
        page.pop("/AA", None)
        for note in page.get("/Annots", ()):
            for act in ACTS:
                note.get_object().pop(act, None)
    kept = BytesIO()
    copy.write(kept)
    return PdfReader(kept)


def _image(content: bytes, ending: str, title: str) -> bytes:
    """On one page, as large as it goes. The compiler reads images from files alone: for a moment it lies in one."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"paper.{ending}"
        (Path(folder) / name).write_bytes(content)
        return _set(IMAGE_PAGE, {"file": name, "title": title}, folder, "a damaged image")


def _text(content: bytes, title: str) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("neither PDF, image nor text") from None
    if any(sign < " " and sign not in "\t\n\r\f" for sign in text):
        raise Refused("neither PDF, image nor text")
    return _set(TEXT_PAGE, {"text": text, "title": title}, None, "a text that cannot be set")


def _set(layout: str, said: dict[str, str], folder: str | None, otherwise: str) -> bytes:
    try:
        made = typst.Compiler(layout.encode(), root=folder, ignore_system_fonts=True).compile(
            format="pdf", sys_inputs=all_standing(said), timestamp=0
        )
    except typst.TypstError:
        raise Refused(otherwise) from None
    assert isinstance(made, bytes)
    return made
