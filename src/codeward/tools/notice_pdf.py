"""The notice worksheet on paper: one PDF to print, made in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import black, grey, lightgrey
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from codeward.core.answers import Answer
from codeward.core.faults import BadInput
from codeward.services.notes.masking import COVER
from codeward.services.notice.values import FORM, HEADINGS, NOT_THE_FORM, Blank, Notice

ENCODING = "cp1252"
"""What the letters that every PDF reader has can show."""
_COVERED = re.compile(f"{COVER}+")
_SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=8, leading=10, textColor=black)
_TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=9.5, leading=12.5)
_BOLD = ParagraphStyle("bold", parent=_TEXT, fontName="Helvetica-Bold")
_HEAD = ParagraphStyle("head", parent=_BOLD, fontSize=11, leading=14, spaceBefore=8, spaceAfter=3)
_TITLE = ParagraphStyle("title", parent=_BOLD, fontSize=14, leading=18, spaceAfter=4)
_RULED = ("B", "C")
"""Blanks that get a line to write on, so that the sheet can be kept with the patient's record."""


def notice_pdf(answer: Answer[Notice], code: str, on: date, library: str) -> bytes:
    """The worksheet as PDF, letter size; BadInput names a character that its letters cannot show."""
    out = io.BytesIO()
    made = SimpleDocTemplate(
        out, pagesize=letter, leftMargin=0.7 * inch, rightMargin=0.7 * inch, topMargin=0.6 * inch,
        bottomMargin=0.6 * inch, title=f"Worksheet for form {FORM}", author="Codeward", lang="en-US", invariant=1,
    )  # fmt: skip
    foot = (
        f"{code or 'No code'}, as of {on}. Library {library}. Codeward informs; the payer decides. Nothing was stored."
    )
    made.build(list(_story(answer)), onFirstPage=_footed(foot), onLaterPages=_footed(foot))
    return out.getvalue()


def _story(answer: Answer[Notice]) -> Iterator[Any]:
    notice = answer.value
    yield _paragraph("Worksheet for the Advance Beneficiary Notice of Noncoverage", _TITLE)
    yield Table([[_paragraph(NOT_THE_FORM, _BOLD)]], style=TableStyle([("BOX", (0, 0), (-1, -1), 1.2, black)]))
    yield _paragraph(HEADINGS[notice.standing], _HEAD)
    yield _paragraph(notice.words, _TEXT)
    yield Spacer(1, 6)
    yield _blanks(notice)
    if notice.modifiers:
        yield _paragraph("Modifiers, each with the fact that it states", _HEAD)
        yield from (_paragraph(f"{item.code}: {item.fact} {item.effect}", _SMALL) for item in notice.modifiers)
    yield _paragraph("Rules", _HEAD)
    yield from (_paragraph(f"{item.rule.words} ({item.rule.document})", _SMALL) for item in notice.rules)
    if notice.check is not None:
        yield _paragraph(f"Coverage check: {notice.check.verdict}", _HEAD)
        yield _paragraph(notice.check.words, _SMALL)
        yield from (_paragraph(f"Not checked: {text}", _SMALL) for text in notice.check.unchecked)
    cited = dict.fromkeys(source.citation for blank in notice.blanks for source in blank.sources)
    if cited:
        yield _paragraph("Sources", _HEAD)
        yield from (_paragraph(text, _SMALL) for text in cited)


def _blanks(notice: Notice) -> Table:
    rows = [[_paragraph(blank.letter, _BOLD), _paragraph(blank.name, _BOLD), _cell(blank)] for blank in notice.blanks]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, grey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (1, -1), lightgrey),
    ]
    return Table(rows, colWidths=[0.3 * inch, 1.5 * inch, 5.2 * inch], style=TableStyle(style))


def _cell(blank: Blank) -> list[Any]:
    lines = [_paragraph(line, _TEXT) for line in blank.lines]
    if not blank.lines:
        lines.append(Spacer(1, 16 if blank.letter in _RULED else 8))
    return [*lines, *([_paragraph(f"{blank.note}.", _SMALL)] if blank.note else [])]


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(_showable(text)), style)


def _showable(text: str) -> str:
    plain = _COVERED.sub("[covered]", text)
    try:
        plain.encode(ENCODING)
    except UnicodeEncodeError as error:
        raise BadInput(f"the sheet's letters cannot show {plain[error.start]!r}: expected Latin letters") from None
    return plain


def _footed(text: str) -> Any:
    def draw(canvas: Any, made: Any) -> None:
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(made.leftMargin, 0.4 * inch, _showable(text))

    return draw
