"""The ICD-10-CM index XML: one walk over letters, main terms and subterms, each with its path and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from codeward.datasets.icd_xml import Element, root_of
from codeward.datasets.kinds import Kind

STEP = " > "
"""Stands between a main term and its subterms in a path of words; no published term holds it."""

_CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{0,4})?-?"
_PUBLISHED = re.compile(rf"{_CODE}(?:-[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{{1,4}})?)?")
_CELL = re.compile(rf"{_CODE}|--?")
_KNOWN = frozenset({"title", "term", "code", "manif", "see", "seeAlso", "seecat", "subcat", "cell"})


@dataclass(frozen=True, slots=True)
class Term:
    """One main term or subterm: where it stands, its words, and the texts of its other children by tag."""

    line: str
    letter: str
    path: tuple[str, ...]
    level: int
    words: str
    modifiers: str
    printed: str
    texts: dict[str, str]
    cells: dict[str, str]

    @property
    def row_start(self) -> list[str]:
        """The cells that every kind of index row begins with."""
        path = STEP.join(self.path)
        return [self.letter, self.path[0], path, str(self.level), self.words, self.modifiers, self.printed]

    @property
    def checked(self) -> str:
        """Everything that stands in the term itself, for the check."""
        own = [*self.texts.items(), *self.cells.items()]
        return "\x1f".join([str(self.level), self.printed, *(f"{tag}={text}" for tag, text in own)])


def _read_code(cell: str) -> str:
    code = cell.strip().strip("[]").upper()
    if code and not _PUBLISHED.fullmatch(code):
        raise ValueError("expected an ICD-10-CM code with its dot, a dash where it is not complete, or a range")
    return code


def _read_cell(cell: str) -> str:
    code = cell.strip().upper()
    if code and not _CELL.fullmatch(code):
        raise ValueError("expected an ICD-10-CM code with its dot, or - or -- for none")
    return code


def _as_text(value: object) -> object:
    return value


INDEX_CODE = Kind("ICD-10-CM code as the index prints it", _read_code, "TEXT", "VARCHAR", _as_text)
"""With its dot; a dash at the end says that the code goes on in the tabular list."""
TABLE_CODE = Kind("ICD-10-CM code as the tables print it", _read_cell, "TEXT", "VARCHAR", _as_text)
"""As `INDEX_CODE`; a dash or two alone say that nothing is listed in this column."""


def terms(stream: IO[bytes], heads: tuple[str, ...] = ()) -> Iterator[Term]:
    """Every term in published order; ValueError where the file is not this index or holds what is not known.

    `heads` are the column headings that a table must have, in order.
    """
    root = root_of(stream, "ICD10CM.index")
    found = tuple(" ".join((head.text or "").split()) for head in root.iterfind("indexHeading/head"))
    if found != heads:
        wanted = ", ".join(heads) or "none"
        raise ValueError(f"column headings are {', '.join(found) or 'none'}; expected {wanted}")
    for at, letter in _numbered(root, "letter"):
        name = (letter.findtext("title") or "").strip()
        base = f"/{root.tag}/letter{at}"
        for place, main in _numbered(letter, "mainTerm"):
            yield from _walk(main, f"{base}/mainTerm{place}", name, (), 0)


def _numbered(parent: Element, tag: str) -> Iterator[tuple[str, Element]]:
    """Children of a tag with their place as XPath writes it: none for an only child."""
    found = parent.findall(tag)
    if len(found) == 1:
        yield "", found[0]
    else:
        yield from ((f"[{at}]", child) for at, child in enumerate(found, start=1))


def _walk(element: Element, line: str, letter: str, above: tuple[str, ...], level: int) -> Iterator[Term]:
    if level and element.get("level") != str(level):
        raise ValueError(f"{line}: level is {element.get('level')!r}, expected '{level}'")
    words, modifiers, printed = _title(element, line)
    path = (*above, words or printed)
    texts, cells = _children(element, line)
    yield Term(line, letter, path, level, words or printed, modifiers, printed, texts, cells)
    for at, child in _numbered(element, "term"):
        yield from _walk(child, f"{line}/term{at}", letter, path, level + 1)


def _title(element: Element, line: str) -> tuple[str, str, str]:
    """The words that count, the nonessential modifiers beside them, and the whole as printed."""
    title = element.find("title")
    if title is None:
        raise ValueError(f"{line}: has no title")
    if title.find("nemod") is None:
        words = _plain(title.text)
        if not words:
            raise ValueError(f"{line}: its title is empty")
        return words, "", words
    modifiers = [_plain("".join(str(text) for text in child.itertext())) for child in title]
    words = _plain(" ".join([title.text or "", *(child.tail or "" for child in title)]))
    printed = [title.text or ""]
    for child, text in zip(title, modifiers, strict=True):
        printed += [text, child.tail or ""]
    return words, " ".join(modifiers), _plain(" ".join(printed))


def _children(element: Element, line: str) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    cells: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        tag = str(child.tag)
        if tag in ("title", "term"):
            continue
        held, name = (cells, child.get("col", "")) if tag == "cell" else (texts, tag)
        if tag not in _KNOWN or name in held:
            raise ValueError(f"{line}: {'a second' if name in held else 'an unknown'} element {tag!r}")
        held[name] = _plain(child.text)
    return texts, cells


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
