"""The ICD-10-CM tabular XML: its tree walked once, with seventh characters expanded and the paths of all notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Record
from codeward.datasets.icd_xml import Element, flat, root_of

NOTE_KINDS = {
    "includes": "includes",
    "inclusionTerm": "inclusion",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code-first",
    "useAdditionalCode": "use-additional",
    "codeAlso": "code-also",
    "notes": "note",
    "sevenChrNote": "seventh-note",
}
_BLOCKS = ("diag", "section", "chapter", "introduction", "sectionIndex")


class Sevenths(dict[str, str]):
    """Seventh characters and their meanings; `barred` are patterns of built codes that a note rules out."""

    barred: tuple[str, ...] = ()


_BARRED = re.compile(
    r"7th characters? (?P<marks>.+?) do not apply to codes in category (?P<category>\w{3}) (?P<rest>.+)"
)


def _sevenths(diag: Element) -> Sevenths:
    """The set a code defines, with what its notes bar: D and S after a sixth character 7 or 8 in category S06."""
    found = Sevenths({item.get("char", ""): flat(item) for item in diag.iterfind("sevenChrDef/extension")})
    for note in diag.iterfind("notes/note"):
        barred = _BARRED.search(flat(note))
        if barred:
            marks = "".join(re.findall(r"\b[A-Z0-9]\b", barred["marks"]))
            sixths = "".join(re.findall(r"(?:6th character|, or) (\w)\b", barred["rest"]))
            found.barred = (*found.barred, rf"{barred['category']}..[{sixths}][{marks}]")
    return found


def _tree(stream: IO[bytes]) -> Element:
    return root_of(stream, "ICD10CM.tabular")


def codes(stream: IO[bytes]) -> Iterator[Record]:
    """Every code and header in order, those built from a seventh character note behind their base."""
    for chapter in _tree(stream).iterfind("chapter"):
        number = _text(chapter, "name")
        for section in chapter.iterfind("section"):
            for diag in section.iterfind("diag"):
                yield from _diag(diag, _path(diag), "", Sevenths(), (number, section.get("id", "")))


def places(stream: IO[bytes]) -> dict[str, tuple[str, str]]:
    """Category to chapter number and section."""
    found = {}
    for chapter in _tree(stream).iterfind("chapter"):
        for section in chapter.iterfind("section"):
            for diag in section.iterfind("diag"):
                found[_text(diag, "name")] = (_text(chapter, "name"), section.get("id", ""))
    return found


def _diag(diag: Element, path: str, parent: str, sevenths: Sevenths, place: tuple[str, str]) -> Iterator[Record]:
    code = _text(diag, "name").replace(".", "")
    title = _text(diag, "desc")
    sevenths = _sevenths(diag) or sevenths
    children = list(diag.iterfind("diag"))
    check = _check(diag)
    billable = not children and not sevenths
    yield path, [code, title, "1" if billable else "0", parent, *place, "0"], check
    for at, child in enumerate(children, start=1):
        step = f"{path}/diag[{at}]" if len(children) > 1 else f"{path}/diag"
        yield from _diag(child, step, code, sevenths, place)
    if not children:
        for mark, meaning in sevenths.items():
            full = code.ljust(6, "X") + mark
            if any(re.match(pattern, full) for pattern in sevenths.barred):
                continue
            yield f"{path}@{mark}", [full, f"{title}, {meaning}", "1", code, *place, "1"], check


def notes(stream: IO[bytes]) -> Iterator[Record]:
    """Every note line, chapter and section titles included, with the code, section or chapter it stands under."""
    root = _tree(stream)
    for chapter in root.iterfind("chapter"):
        yield from _block(chapter, _text(chapter, "name"), "chapter")
        for section in chapter.iterfind("section"):
            yield from _block(section, section.get("id", ""), "section")
            for diag in section.iter("diag"):
                yield from _block(diag, _text(diag, "name").replace(".", ""), "code")


def _block(block: Element, owner: str, level: str) -> Iterator[Record]:
    if level != "code":
        title = _text(block, "desc")
        yield f"{_path(block)}/desc", [owner, level, "title", "0", "", title], crc32(title.encode())
    places: dict[str, int] = {}
    for group in block:
        if group.tag == "sevenChrDef":
            for item in group.iterfind("extension"):
                yield _line(item, [owner, level, "seventh"], places, item.get("char", ""))
        elif group.tag in NOTE_KINDS:
            for item in group.iterfind("note"):
                yield _line(item, [owner, level, NOTE_KINDS[str(group.tag)]], places, "")


def _line(item: Element, head: list[str], places: dict[str, int], mark: str) -> Record:
    place = places[head[2]] = places.get(head[2], 0) + 1
    text = flat(item)
    return _path(item), [*head, str(place), mark, text], crc32((mark + text).encode())


def _path(element: Element) -> str:
    return str(element.getroottree().getpath(element))


def _text(element: Element, tag: str) -> str:
    return (element.findtext(tag) or "").strip()


def _check(diag: Element) -> int:
    """Over the element's own text and notes, its child codes left out."""
    parts = ["".join(str(text) for text in child.itertext()) for child in diag if child.tag not in _BLOCKS]
    return crc32("\x1f".join(parts).encode())
