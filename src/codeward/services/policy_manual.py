"""Policy manual: what the NCCI policy manual says of a code, closest paragraphs first."""

from __future__ import annotations

import re

from codeward.datasets.ncci_policy_manual import NamedCodeRow, ParagraphRow
from codeward.datasets.policy_manual_codes import Named, codes_named, kind_of
from codeward.datasets.policy_manual_text import CHAPTERS
from codeward.services.page import Cell, Line, Section, table
from codeward.services.view import View
from codeward.store.library import Found
from codeward.store.policy_manual import CODES, MANUAL, paragraph, paragraphs_naming
from codeward.store.releases import Release

SHOWN = 12
"""Paragraphs on a code's page at most."""
EXCERPT = 420
"""Characters of a paragraph that a code's page shows at most."""
WIDEST = 2_500
"""Numbers that a range may span to say something of a code; `10000-19999` names a part of the codebook."""
MARK = 4
"""Characters of a list mark, which is no sentence to leave out."""
HEADS = ("Page", "Paragraph", "Section", "Named as", "What it says")

SENTENCE = re.compile(r"(?<=[.:;!?”)])\s+(?=[A-Z“(•])")


def what_the_manual_says(view: View, code: str) -> Section:
    """Paragraphs that name the code: by itself first, then in the narrowest range, in reading order among equals."""
    title, releases = "What the NCCI manual says", manual_editions(view)
    if releases is None:
        return Section("policy-manual", title, missing=(MANUAL,))
    named = nearest_first(paragraphs_naming(view.library, releases, kind_of(code), code))
    lines = [line for item in named[:SHOWN] if (line := _line(view, releases[0], item, code))]
    if not lines:
        return Section("policy-manual", title)
    shown = table("policy-manual", "Paragraphs that name it", HEADS, lines, len(named))
    return Section("policy-manual", title, tables=(shown,))


def manual_editions(view: View) -> tuple[Release, Release] | None:
    """The editions of the manual and of the codes it names that answer for the day."""
    manual, named = view.edition(MANUAL), view.library.in_force(CODES, view.on)
    return (manual, named) if manual and named else None


def nearest_first(found: list[Found[NamedCodeRow]]) -> list[Found[NamedCodeRow]]:
    """Each paragraph once, under the closest of the ranges that hold the code; those of whole chapters left out."""
    near = [item for item in found if _width(item.row) <= WIDEST]
    near.sort(key=lambda item: (_width(item.row), CHAPTERS.index(item.row.chapter), item.row.number))
    closest: dict[tuple[str, int], Found[NamedCodeRow]] = {}
    for item in near:
        closest.setdefault((item.row.chapter, item.row.number), item)
    return list(closest.values())


def _width(row: NamedCodeRow) -> int:
    """How many numbers a range spans; letters at either end do not count."""
    first, last = (int("".join(filter(str.isdigit, code)) or "0") for code in (row.first, row.last))
    return abs(last - first)


def _line(view: View, release: Release, item: Found[NamedCodeRow], code: str) -> Line | None:
    found = paragraph(view.library, release, item.row.chapter, item.row.number)
    if found is None:
        return None
    view.sources[found.source] = None
    row: ParagraphRow = found.row
    written = Named(item.row.kind, item.row.first, item.row.last).written
    cells = (row.label, f"{row.chapter}/{row.number}", place_in_chapter(row), written, excerpt(row.text, code))
    return Line(tuple(map(Cell, cells)), found.source)


def place_in_chapter(row: ParagraphRow) -> str:
    """Section and list mark in a few words: `F. Mohs Micrographic Surgery`, `L. General Policy Statements, 5`."""
    section = f"{row.section}. {row.heading}" if row.section else row.heading or row.chapter_title
    return f"{section}, {row.item}" if row.item else section


def excerpt(text: str, code: str) -> str:
    """The sentences of a paragraph that name the code, and what follows them, as far as there is room."""
    if len(text) <= EXCERPT:
        return text
    sentences = SENTENCE.split(text)
    at = next((at for at, sentence in enumerate(sentences) if _names(sentence, code)), 0)
    if at == 1 and len(sentences[0]) <= MARK:
        at = 0
    return cut(" ".join(sentences[at:]), "… " if at else "")


def _names(sentence: str, code: str) -> bool:
    kind = kind_of(code)
    return any(named.kind == kind and named.first <= code <= named.last for named in codes_named(sentence))


def cut(text: str, before: str) -> str:
    """As much of a text as an excerpt holds."""
    if len(text) <= EXCERPT:
        return before + text
    return before + text[:EXCERPT].rpartition(" ")[0] + " …"
