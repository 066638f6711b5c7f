"""The XML in which NCHS and CMS publish ICD-10: parsed without entities, and its root checked."""

from __future__ import annotations

from typing import IO

from lxml import etree

Element = etree._Element


def root_of(stream: IO[bytes], tag: str) -> Element:
    """The root element; ValueError when the file is not well-formed, defines entities or has another root."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.parse(stream, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not well-formed XML: {error}") from None
    if str(getattr(tree.docinfo, "doctype", "")):
        raise ValueError("has a document type declaration, which can define entities: not accepted")
    root = tree.getroot()
    if root.tag != tag:
        raise ValueError(f"root element is {root.tag!r}, expected {tag!r}")
    return root


def flat(element: Element) -> str:
    """All text inside an element, blanks and line breaks folded."""
    return " ".join("".join(str(text) for text in element.itertext()).split())
