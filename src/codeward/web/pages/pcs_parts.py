"""ICD-10-PCS code pages: the characters as tiles, the way up through the tables, and siblings axis by axis."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from codeward.core.answers import Answer
from codeward.services.page import CodePage, Line
from codeward.store.library import Library
from codeward.web.pages.day import Day
from codeward.web.pages.key_facts import KeyFact
from codeward.web.pages.parts import Part, parts_of

RAIL = (
    ("characters", "Characters", "characters"),
    ("table", "Table", "table"),
    ("codes", "Codes", "codes"),
    ("pcs-index", "Index", "pcs_index"),
    ("history", "Editions", "history"),
    ("status", "Status", "status"),
)


@dataclass(frozen=True, slots=True)
class AxisGroup:
    """One axis of a table row and what may stand there."""

    title: str
    lines: tuple[Line, ...]


def pcs_context(answer: Answer[CodePage], library: Library, day: Day) -> dict[str, Any]:
    """What the page of a code or of a table shows beyond the head that all pages share."""
    page, parts = answer.value, parts_of(answer, library)
    rail = [(anchor, name, parts[section].unknown) for anchor, name, section in RAIL if section in parts]
    code = page.code.value
    return {
        "parts": parts,
        "rail": rail,
        "key_facts": _tiles(parts),
        "crumbs": [code[:end] for end in range(1, min(len(code), 4))],
        "table_code": code[:3] if "table" in parts and not parts["table"].absent else "",
        "choices": _choices(code),
        "siblings": _siblings(parts),
    }


def _tiles(parts: dict[str, Part]) -> tuple[KeyFact, ...]:
    part = parts.get("characters")
    lines = part.tables["characters"].lines if part and "characters" in part.tables else ()
    return tuple(_tile(line, part) for line in lines) if part else ()


def _tile(line: Line, part: Part) -> KeyFact:
    character, axis, meaning = (cell.text for cell in line.cells[:3])
    return KeyFact(axis, character, meaning, "characters", line.source, "" if line.source else "none", part.oldest)


def _choices(code: str) -> str:
    """The characters behind the table as the table builder takes them."""
    return "".join(f"&c{position}={character}" for position, character in enumerate(code, start=1) if position > 3)


def _siblings(parts: dict[str, Part]) -> list[AxisGroup]:
    part = parts.get("table")
    lines = part.tables["siblings"].lines if part and "siblings" in part.tables else ()
    return [AxisGroup(title, tuple(group)) for title, group in groupby(lines, key=lambda line: line.cells[0].text)]
