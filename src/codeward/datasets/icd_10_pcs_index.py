"""ICD-10-PCS index: every term with the terms above it, and the code, codes or table that it leads to.

Source: icd10pcs_index.xsd. `tab` names a table, `codes` a table and more characters, `code` a whole code; `see` sends
the reader to another term, `use` to the value that the tables have for a word of the record. Either may name a table
itself (`use` beyond what the schema says).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Record, column
from codeward.datasets.icd_10_pcs_tables import ICD_10_PCS_TABLES
from codeward.datasets.icd_xml import Element, root_of
from codeward.datasets.kinds import TEXT, VERBATIM, WHOLE, WORD
from codeward.datasets.pcs_editions import LANDING, LICENCE, pcs_shapes
from codeward.datasets.pcs_xml import BEGINNING, numbered, only, text_of

ROOT = "ICD10PCS.index"
_POINTERS = ("code", "codes", "tab")
_BEGINNING = re.compile(BEGINNING)


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One term; it stands under the terms above it, and leads to at most one place."""

    letter: str = column(kind=WORD, required=True)
    main: str = column(kind=TEXT, required=True, note="the main term it stands under")
    place: str = column(kind=VERBATIM, note="which term of which term below the main term: 002.001; empty for it")
    level: int = column(kind=WHOLE, required=True, note="0 for a main term")
    term: str = column(kind=TEXT, note="empty where only see or use stands there")
    see: str = column(kind=TEXT, note="the term to look under instead")
    use: str = column(kind=TEXT, note="the value that the tables have for it")
    code: str = column(kind=WORD, note="a whole code, or the characters its codes begin with")
    leads_to: str = column(kind=TEXT, note="code, codes or tab, as the file names it")


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    root = root_of(files[""], ROOT)
    only(root, f"/{ROOT}", "version", "title", "letter")
    for group, path in numbered(root, "letter", f"/{ROOT}"):
        only(group, path, "title", "mainTerm")
        letter = text_of(group.find("title"))
        for main, where in numbered(group, "mainTerm", path):
            yield from _term(main, where, [letter, text_of(main.find("title"))], ())


def _term(element: Element, path: str, head: list[str], place: tuple[int, ...]) -> Iterator[Record]:
    if element.get("level", "0") != str(len(place)):
        raise ValueError(f"{path}: expected level {len(place)}, found {element.get('level')!r}")
    only(element, path, "title", "see", "use", "term", *_POINTERS)
    see, use = element.find("see"), element.find("use")
    code, kind = _pointer([element, *(item for item in (see, use) if item is not None)], path)
    where = ".".join(f"{number:03d}" for number in place)
    cells = [*head, where, str(len(place)), text_of(element.find("title")), text_of(see), text_of(use), code, kind]
    yield path, cells, crc32("\x1f".join(cells).encode())
    for number, (below, inner) in enumerate(numbered(element, "term", path), start=1):
        yield from _term(below, inner, head, (*place, number))


def _pointer(owners: list[Element], path: str) -> tuple[str, str]:
    """What the term, its `see` or its `use` leads to; ValueError for more than one or for what is no beginning."""
    for inner in owners[1:]:
        only(inner, path, *_POINTERS)
    found = [(text_of(item), tag) for owner in owners for tag in _POINTERS for item in owner.iterfind(tag)]
    if len(found) > 1:
        raise ValueError(f"{path}: leads to {len(found)} places, expected at most one")
    if not found:
        return "", ""
    code, tag = found[0]
    if not _BEGINNING.fullmatch(code) or (tag == "code") != (len(code) == 7) or (tag == "tab") != (len(code) == 3):
        raise ValueError(f"{path}: {code!r} is no {tag} of ICD-10-PCS")
    return code, tag


ICD_10_PCS_INDEX = Dataset(
    id="icd-10-pcs-index",
    title="ICD-10-PCS index",
    row=IndexRow,
    shapes=pcs_shapes("index", "xml"),
    key=("main", "place"),
    looked_up_by=("main", "letter", "code"),
    records=_records,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=ICD_10_PCS_TABLES.addresses,
    links=ICD_10_PCS_TABLES.links,
)
