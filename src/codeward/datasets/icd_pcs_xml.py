"""The ICD-10-PCS XML files: tables with their rows and values, index terms, and definitions, each with its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Record
from codeward.datasets.icd_xml import Element, flat, root_of, steps

STEP = " > "
"""Stands between a main term and its subterms; no published term holds it."""
_REFERENCES = ("see", "use", "code", "codes", "tab")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one axis: where it stands, its character, label and definition."""

    path: str
    position: int
    axis: str
    mark: str
    label: str
    definition: str


def table_values(stream: IO[bytes]) -> Iterator[Record]:
    """One record a value: table, row (0 for the three characters that name the table), place, axis, value, words."""
    for table, row, value in _values(stream):
        cells = [table, str(row), str(value.position), value.axis, value.mark, value.label, value.definition]
        yield value.path, cells, crc32("\x1f".join(cells).encode())


def built_codes(stream: IO[bytes]) -> Iterator[Record]:
    """Every code that the rows allow, in order; its title is put together from the labels."""
    table, row, values = "", 0, list[Value]()
    for now, number, value in _values(stream):
        if (now, number) != (table, row):
            yield from _built(table, row, values)
            values = values if number and now == table and row == 0 else [] if number == 0 else _heads(values)
            table, row = now, number
        values.append(value)
    yield from _built(table, row, values)


def _heads(values: list[Value]) -> list[Value]:
    return [value for value in values if value.position <= 3]


def _built(table: str, row: int, values: list[Value]) -> Iterator[Record]:
    heads = _heads(values)
    if table and row == 0:
        title = f"{heads[1].label}, {heads[2].label}"
        yield heads[2].path, [table, title, "0", "1"], crc32(f"{table}{title}".encode())
    if row:
        axes = [[value for value in values if value.position == place] for place in (4, 5, 6, 7)]
        for chosen in product(*axes):
            code = table + "".join(value.mark for value in chosen)
            title = f"{heads[2].label}: " + ", ".join(value.label for value in chosen)
            yield f"{chosen[0].path}@{code[3:]}", [code, title, "1", "1"], crc32(f"{code}{title}".encode())


def _values(stream: IO[bytes]) -> Iterator[tuple[str, int, Value]]:
    """Every value with its table and row, tables in published order, their own three characters first."""
    root = root_of(stream, "ICD10PCS.tabular")
    for path, element in steps(root, f"/{root.tag}"):
        if element.tag != "pcsTable":
            continue
        inner = steps(element, path)
        heads = [value for place, axis in inner if axis.tag == "axis" for value in _axis(axis, place)]
        table = "".join(value.mark for value in heads)
        if [value.position for value in heads] != [1, 2, 3]:
            raise ValueError(f"{path}: a table is named by one value each of the axes 1, 2 and 3")
        yield from ((table, 0, value) for value in heads)
        rows = [(place, row) for place, row in inner if row.tag == "pcsRow"]
        for number, (place, row) in enumerate(rows, start=1):
            values = [value for at, axis in steps(row, place) for value in _axis(axis, at)]
            _refuse_miscounted(place, row, values)
            yield from ((table, number, value) for value in values)


def _axis(axis: Element, path: str) -> Iterator[Value]:
    position, title = int(axis.get("pos", "0")), (axis.findtext("title") or "").strip()
    labels = [(place, item) for place, item in steps(axis, path) if item.tag == "label"]
    definition = flat(found) if (found := axis.find("definition")) is not None else ""
    if len(labels) != int(axis.get("values", "-1")):
        raise ValueError(f"{path}: says {axis.get('values')} values and holds {len(labels)}")
    for place, label in labels:
        mark = label.get("code", "")
        if len(mark) != 1:
            raise ValueError(f"{place}: {mark!r} is not one character")
        yield Value(place, position, title, mark, flat(label), definition)


def _refuse_miscounted(path: str, row: Element, values: list[Value]) -> None:
    """A row says how many codes it allows: the product of its four axes."""
    allowed = 1
    for place in (4, 5, 6, 7):
        allowed *= sum(value.position == place for value in values)
    if allowed != int(row.get("codes", "-1")):
        raise ValueError(f"{path}: says {row.get('codes')} codes and allows {allowed}")


def index_terms(stream: IO[bytes]) -> Iterator[Record]:
    """One record a term: number, letter, main term, path of words, level, words, and what it refers to."""
    root = root_of(stream, "ICD10PCS.index")
    number = 0
    for path, letter in steps(root, f"/{root.tag}"):
        if letter.tag != "letter":
            continue
        name = (letter.findtext("title") or "").strip()
        for place, main in steps(letter, path):
            if main.tag == "mainTerm":
                for cells, at in _terms(main, place, ()):
                    number += 1
                    full = [str(number), name, *cells]
                    yield at, full, crc32("\x1f".join(full[1:]).encode())


def _terms(term: Element, path: str, above: tuple[str, ...]) -> Iterator[tuple[list[str], str]]:
    inner = steps(term, path)
    unknown = next((at for at, child in inner if child.tag not in ("title", "term", *_REFERENCES)), None)
    if unknown:
        raise ValueError(f"{unknown}: not an element of this index")
    texts = {str(child.tag): child for _, child in inner if child.tag != "term"}
    words = flat(texts["title"]) if "title" in texts else ""
    if not above and not words:
        raise ValueError(f"{path}: a main term without a title")
    trail = (*above, words) if words else above
    refers = {tag: _words_of(texts[tag]) if tag in texts else "" for tag in _REFERENCES}
    see = texts.get("see")
    if see is not None:
        for tag in ("codes", "tab"):
            refers[tag] = refers[tag] or (see.findtext(tag) or "").strip()
    cells = [trail[0], STEP.join(trail), str(len(path.split("/term")) - 1), words]
    yield [*cells, *(refers[tag] for tag in _REFERENCES)], path
    for place, child in inner:
        if child.tag == "term":
            yield from _terms(child, place, trail)


def _words_of(element: Element) -> str:
    """The element's own words, without the table or codes inside it."""
    return " ".join((element.text or "").split())


def definitions(stream: IO[bytes]) -> Iterator[Record]:
    """One record a line of a definition: section, place, axis, term, kind of line, number, character, text."""
    root = root_of(stream, "ICD10PCS.definitions")
    numbers: dict[tuple[str, ...], int] = {}
    for path, element in steps(root, f"/{root.tag}"):
        lines = _section(element, path) if element.tag == "section" else _aggregates(element, path)
        for at, cells in lines:
            key = tuple(cells[:6])
            numbers[key] = numbers.get(key, 0) + 1
            full = [*cells[:6], str(numbers[key]), *cells[6:]]
            yield at, full, crc32("\x1f".join(full).encode())


def _section(section: Element, path: str) -> Iterator[tuple[str, list[str]]]:
    code, name = section.get("code", ""), (section.findtext("title") or "").strip()
    for place, axis in steps(section, path):
        if axis.tag != "axis":
            continue
        head = [code, name, axis.get("pos", ""), (axis.findtext("title") or "").strip()]
        for at, terms in steps(axis, place):
            if terms.tag == "terms":
                term = [flat(title) for title in terms.iterfind("title")]
                for spot, line in steps(terms, at):
                    if line.tag != "title":
                        yield spot, [*head, "; ".join(term), str(line.tag), line.get("code", ""), flat(line)]


def _aggregates(element: Element, path: str) -> Iterator[tuple[str, list[str]]]:
    """Which specific devices a general device value stands for, and where."""
    if element.tag != "deviceAggregation":
        return
    for place, aggregate in steps(element, path):
        device = aggregate.findtext("device") or ""
        for at, line in steps(aggregate, place):
            if line.tag != "device":
                yield at, ["", "", "6", "Device", flat_text(device), str(line.tag), line.get("value", ""), flat(line)]


def flat_text(text: str) -> str:
    """A text with blanks folded."""
    return " ".join(text.split())
