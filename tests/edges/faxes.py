"""Faxes as they come: so many pages that say nothing."""

from io import BytesIO

from pypdf import PdfWriter


def a_fax(pages: int, width: int = 612) -> bytes:
    """A PDF of so many pages, each of another height."""
    writer, made = PdfWriter(), BytesIO()
    for number in range(1, pages + 1):
        writer.add_blank_page(width=width, height=700 + number)
    writer.write(made)
    return made.getvalue()
