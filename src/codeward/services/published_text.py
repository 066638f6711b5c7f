"""Published text: what the coverage exports hold as markup in entities, twice over, as plain lines to read."""

from __future__ import annotations

import re
from html import unescape

from lxml import html

LONGEST = 400_000
"""Characters of one text that are read; the longest published one has under 200,000."""
_BLOCKS = frozenset(
    ("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "table", "ul", "ol", "dd", "dt", "blockquote")
)
_UNSEEN = frozenset(["script", "style", "head", "title"])
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def lines_of(text: str) -> tuple[str, ...]:
    """The paragraphs, list points and table rows of a text, markup gone and blanks folded; empty for an empty one."""
    plain = _CONTROL.sub("", unescape(unescape(text[:LONGEST])))
    if "<" not in plain:
        return _folded(plain)
    try:
        root = html.fragment_fromstring(plain, create_parent="div")
    except (html.etree.ParserError, html.etree.XMLSyntaxError):
        return _folded(re.sub(r"<[^<>]*>", " ", plain))
    return _folded("".join(_pieces(root)))


def _pieces(root: html.HtmlElement) -> list[str]:
    """Texts in order with a line's end around every block."""
    pieces: list[str] = []
    for event, node in html.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        block = "\n" if node.tag in _BLOCKS else " " if node.tag in ("td", "th") else ""
        shown = isinstance(node.tag, str) and node.tag not in _UNSEEN
        if event == "start":
            pieces += [block, _on_one_line(node.text) if shown else ""]
        else:
            pieces += [block, _on_one_line(node.tail) if node is not root else ""]
    return pieces


def _on_one_line(text: str | None) -> str:
    """In markup a line's end is a blank."""
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _folded(text: str) -> tuple[str, ...]:
    return tuple(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)
