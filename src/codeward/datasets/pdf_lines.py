"""PDF lines: the printed lines of a PDF, page by page, with where they begin and end and whether they are bold.

PDFium reads (decision 7): of the libraries tried it alone keeps words whole, and it is the quickest by far.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

BOLD = 600
"""Font weights from here on are bold (PDF 32000-1, 9.8.2: 400 is normal, 700 bold)."""
JOINED = "￾"
"""PDFium writes this where a line ends in a hyphen, and goes on with the next line."""
_ONE_AT_A_TIME = threading.Lock()
"""PDFium must not be called from two threads at once."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a page, places in points from the lower left corner."""

    page: int
    left: float
    right: float
    top: float
    bold: bool
    text: str


def printed_lines(stream: IO[bytes], most_pages: int | None = None) -> Iterator[list[PrintedLine]]:
    """The lines of every page, top to bottom; ValueError when the file is no readable PDF or has more pages."""
    import pypdfium2

    content = stream.read()
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise ValueError(f"not a readable PDF: {error}") from None
        try:
            if most_pages is not None and len(document) > most_pages:
                raise ValueError(f"it has {len(document)} pages, and {most_pages} are read")
            pages = [_page(document[at], at + 1) for at in range(len(document))]
        finally:
            document.close()
    yield from pages


def _page(page: Any, number: int) -> list[PrintedLine]:
    text_page = page.get_textpage()
    found = [_line(text_page, number, at, text) for at, text in _pieces(text_page.get_text_range()) if text.strip()]
    text_page.close()
    page.close()
    return sorted(found, key=lambda line: -line.top)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Every printed line and the place of its first character; a hyphen at a line's end is put back."""
    at = 0
    for line in text.split("\r\n"):
        pieces = line.split(JOINED)
        for piece, last in zip(pieces, [False] * (len(pieces) - 1) + [True], strict=True):
            yield at, piece if last else piece + "-"
            at += len(piece) + 1
        at += 1


def _line(text_page: Any, page: int, at: int, text: str) -> PrintedLine:
    import pypdfium2.raw as pdfium

    first, last = (
        pdfium.FPDFText_GetCharIndexFromTextIndex(text_page.raw, at + place)
        for place in (len(text) - len(text.lstrip()), len(text.rstrip("- ")) - 1)
    )
    left, _, _, top = text_page.get_charbox(first, loose=True)
    right = text_page.get_charbox(max(first, last), loose=True)[2]
    return PrintedLine(page, left, right, top, _is_bold(text_page, first), " ".join(text.split()))


def _is_bold(text_page: Any, at: int) -> bool:
    """By the font's weight, or by its name where the file does not tell the weight."""
    import pypdfium2.raw as pdfium

    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page.raw, at, name, len(name), flags)
    return pdfium.FPDFText_GetFontWeight(text_page.raw, at) >= BOLD or b"bold" in name.value.lower()
