"""Note file: the text of a note that was given as a file: plain text however encoded, or a PDF that holds its text."""

from __future__ import annotations

import codecs
import io

from codeward.core.faults import BadInput
from codeward.datasets.pdf_lines import printed_lines

MOST_PAGES = 60
"""Pages of one note; a whole chart is given note by note."""
_NEAR_ITS_START = 1024
"""Readers accept a PDF whose mark stands this far in (ISO 32000-1, annex H, 3.4.1)."""
_OTHERS = {
    b"PK\x03\x04": "a Word document or an archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "rich text",
}
"""What files begin with that people take for notes, and what they are."""


def note_text(content: bytes) -> str:
    """The text of a note's file; BadInput where it holds none that can be read, and what to give instead."""
    if b"%PDF-" in content[:_NEAR_ITS_START]:
        return _of_pdf(content)
    for beginning, kind in _OTHERS.items():
        if content.startswith(beginning):
            raise BadInput(f"the file is {kind}: save it as plain text or PDF, or paste the note")
    text = _decoded(content)
    if "\0" in text:
        raise BadInput("the file is not plain text: give text or PDF, or paste the note")
    return text


def _decoded(content: bytes) -> str:
    """UTF-8 and UTF-16 by their marks; what is no UTF-8 is what Windows writes."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_pdf(content: bytes) -> str:
    try:
        pages = list(printed_lines(io.BytesIO(content), most_pages=MOST_PAGES))
    except ValueError as error:
        raise BadInput(f"the PDF cannot be read ({error}): paste the note instead") from None
    text = "\n\n".join("\n".join(line.text for line in page) for page in pages)
    if not text.strip():
        raise BadInput("the PDF holds pictures of text and no text: paste the note, or have it recognised first")
    return text
