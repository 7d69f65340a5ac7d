"""The text of an X12 interchange, however its sender's programs wrote and wrapped it."""

import codecs
import re

from client.x12.segments import DAMAGED, fault

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TWO_BYTES_A_LETTER = (b"\xff\xfe", b"\xfe\xff")
# Of the elements before ISA16, the name of the segment first.
ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)
LINE_END = re.compile(rb"[\r\n]+")
WINDOWS_1252 = "plazo-windows-1252"  # what to do with a byte that is not UTF-8


def read_text(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """What the bytes say, one line for one segment however it was wrapped, and what had to be guessed about them.

    Text is UTF-8. A byte that is not is Windows-1252, in which payers write an Ñ; it spoils nothing else.
    """
    if raw.startswith(TWO_BYTES_A_LETTER):
        raw = raw.decode("utf-16", errors="replace").encode()
    raw = raw.removeprefix(BYTE_ORDER_MARK).strip()
    if not raw:
        raise fault("the file is empty")
    if not raw.startswith(b"ISA"):
        not_text = "the file is not text" if b"\0" in raw else ""
        raise fault(not_text or "it has no interchange envelope: it does not begin with ISA")
    unwrapped = _unwrapped(raw)
    text = unwrapped.decode("utf-8", errors=WINDOWS_1252)
    guessed = "the text is not UTF-8; what is not was read as Windows-1252"
    return text, (guessed,) if text.encode() != unwrapped else ()


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """The bytes that are no UTF-8, in that code page; the five that it does not have stay visible as unknown."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("windows-1252", errors="replace"), error.end


codecs.register_error(WINDOWS_1252, _windows_1252)


def _unwrapped(raw: bytes) -> bytes:
    """The interchange with each segment whole. A line may end anywhere, a letter of two bytes included, unless the
    end of a line is what ends a segment; ISA is as wide as it has to be, though a mailer cut its blanks off.
    """
    *head, rest = raw.split(raw[3:4], len(ISA_WIDTHS))
    begins = LINE_END.sub(b"", rest)
    component, terminator = begins[:1], begins[1:2]
    if len(head) != len(ISA_WIDTHS) or not terminator:
        raise fault(DAMAGED)
    if terminator.isalnum():
        terminator, segments = b"\n", [*LINE_END.split(rest.split(component, 1)[1]), b""]
    else:
        segments = begins[1:].split(terminator)
    widths = zip(head, ISA_WIDTHS, strict=True)
    isa = raw[3:4].join([*(LINE_END.sub(b"", said).ljust(width) for said, width in widths), component])
    *closed, left_over = (segment.strip() for segment in segments)
    return terminator.join([isa, *filter(None, closed), left_over])
