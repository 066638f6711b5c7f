"""ICD-10-PCS index and definitions: terms by letter or words, and what the terms of a section mean."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.icd_10_pcs import DefinitionRow, TermRow
from codeward.services.view import View
from codeward.store.library import Found

CODES, INDEX, DEFINITIONS = "icd-10-pcs", "icd-10-pcs-index", "icd-10-pcs-definitions"
NAMES = {
    "definition": "Definition",
    "explanation": "Explanation",
    "includes": "Includes",
    "operation": "In operation",
    "bodySys": "In body system",
    "parent": "Otherwise coded as",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its words, how deep it stands, what it refers to, and the code or table that leads on."""

    words: str
    depth: int
    see: str
    use: str
    code: Code | None
    beginning: str
    main: str
    source: Source


def letters(view: View) -> list[str]:
    """The letters that the index of the day has."""
    rows: list[Found[TermRow]] = view.find(INDEX, level="0")
    return list(dict.fromkeys(item.row.letter for item in rows))


def terms_of_letter(view: View, letter: str) -> list[Term]:
    """Every main term of a letter."""
    rows: list[Found[TermRow]] = view.find(INDEX, letter=letter, level="0")
    return [_term(item) for item in rows]


def whole_term(view: View, main: str) -> list[Term]:
    """A main term with everything below it, in published order."""
    rows: list[Found[TermRow]] = view.find(INDEX, main_term=main)
    return [_term(item) for item in sorted(rows, key=lambda item: item.row.number)]


def main_of(view: View, see: str) -> str:
    """The main term that a reference names, empty when the index has none of that name."""
    wanted = see.partition(",")[0].strip()
    return wanted if view.find(INDEX, main_term=wanted) else ""


def _term(found: Found[TermRow]) -> Term:
    row = found.row
    return Term(
        row.words,
        row.level,
        row.see,
        row.use,
        Code(CODES, row.code) if row.code else None,
        row.codes or row.table,
        row.main_term,
        found.source,
    )


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term of one axis and every line about it."""

    axis: str
    term: str
    lines: tuple[tuple[str, str, Source], ...]


def sections(view: View) -> list[tuple[str, str]]:
    """Code and name of each section that has definitions, and of the list of devices last."""
    rows: list[Found[DefinitionRow]] = view.find(DEFINITIONS, kind="definition")
    rows += view.find(DEFINITIONS, kind="includes")
    named = {item.row.section: item.row.section_name for item in rows}
    devices = [("devices", "Specific devices")] if view.find(DEFINITIONS, section="") else []
    return [*sorted(named.items()), *devices]


def meanings(view: View, section: str) -> list[Meaning]:
    """Every term of a section with its lines, in published order."""
    rows: list[Found[DefinitionRow]] = view.find(DEFINITIONS, section="" if section == "devices" else section)
    grouped: dict[tuple[int, str, str], list[tuple[str, str, Source]]] = {}
    for item in rows:
        row = item.row
        text = f"{row.text} ({row.mark})" if row.mark else row.text
        key = (row.position, row.axis, row.term)
        grouped.setdefault(key, []).append((NAMES.get(row.kind, row.kind), text, item.source))
    return [Meaning(axis, term, tuple(lines)) for (_, axis, term), lines in grouped.items()]
