"""ICD-10-PCS XML: opening a published file strictly, and the texts and paths of its elements."""

from __future__ import annotations

from collections.abc import Iterator

from codeward.datasets.icd_xml import Element

VALUE = "[0-9A-HJ-NP-Z]"
"""A character of a code: I and O are left out so that nobody reads them as 1 and 0 (schemas of all three files)."""
SECTION = "[0-9B-DF-HX]"
TABLE = f"{SECTION}{VALUE}{{2}}"
CODE = f"{SECTION}{VALUE}{{6}}"
BEGINNING = f"{SECTION}{VALUE}{{2,6}}"


def numbered(element: Element, tag: str, path: str) -> Iterator[tuple[Element, str]]:
    """The children of that name, each with its own path."""
    for place, child in enumerate(element.iterfind(tag), start=1):
        yield child, f"{path}/{tag}[{place}]"


def only(element: Element, path: str, *tags: str) -> None:
    """ValueError for a child, or text behind one, that the element is not known to have: nothing is passed over."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in tags:
            raise ValueError(f"{path}: has a {child.tag!r}, expected {', '.join(tags) or 'text alone'}")
        behind = (child.tail or "").strip()
        if behind:
            raise ValueError(f"{path}: has text behind {child.tag!r}: {behind[:40]!r}")


def text_of(element: Element | None) -> str:
    """The element's own text, without that of its children; empty where there is no element."""
    return "" if element is None else " ".join((element.text or "").split())
