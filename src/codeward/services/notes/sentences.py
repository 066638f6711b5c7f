"""Sentences: a note cut into sentences and list items, whatever its lines look like."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from importlib.resources import files

from codeward.core.notes import Section, Sentence
from codeward.services.notes.sections import Heading

_ITEM = re.compile(
    r"[ \t]{0,40}(?:[-*+•·▪◦‣–—>□☐☑☒✓]{1,3}(?=[ \t(\[\w])|\(?\d{1,2}[.)](?=[ \t])|[a-zA-Z][.)](?=[ \t])|\[[ xX]?\])"
)
"""What opens a list item."""

_WRAPPED = 55
"""A line at least this long may go on in the next one."""

_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("sentences.toml").read_text("utf-8"))
_ABBREVIATIONS = frozenset(_WORDS["abbreviations"].split())
_MAY_END = frozenset(_WORDS["may_end"].split())
_OPENERS = frozenset(_WORDS["openers"].split())
_STOP = re.compile(
    r"(?:\.|(?<=[^\s(])[!?])(?=[\"')\]]{0,2}(?:\s|$))"
    r"|\s(?=\d{1,2}\)\s{1,9}\S)|(?<=[.:;])\s{1,9}(?=\d{1,2}\.\s{1,9}[A-Za-z])"
)
_LAST_WORD = re.compile(r"\S{0,20}$")
_NEXT_WORD = re.compile(r"[\"')\]]{0,2}\s{0,20}([^\s,;:.]{0,20})")


def sentences_of(text: str, sections: tuple[Section, ...], headings: tuple[Heading, ...]) -> tuple[Sentence, ...]:
    """Sentences and list items in their order, headings left out; each knows the name of its section."""
    starts = [section.start for section in sections]
    names = [section.name for section in sections]
    found: list[Sentence] = []
    for start, end in _stretches(text, headings):
        name = names[max(0, bisect_right(starts, start) - 1)] if names else ""
        for block_start, block_end in _blocks(text, start, end):
            found += (Sentence(low, high, name) for low, high in _cuts(text, block_start, block_end))
    return tuple(found)


def _stretches(text: str, headings: tuple[Heading, ...]) -> Iterator[tuple[int, int]]:
    """What stands between headings."""
    at = 0
    for heading in headings:
        yield at, heading.start
        at = heading.end
    yield at, len(text)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines joined where one goes on in the next."""
    block, at, before = start, start, ""
    for line in text[start:end].splitlines(keepends=True):
        if before and not _goes_on(before, line):
            yield block, at
            block = at
        before = line
        at += len(line)
    yield block, end


def _goes_on(line: str, following: str) -> bool:
    """Whether a line's sentence continues in the next: no blank line, no new item, and no end of its own."""
    told, coming = line.rstrip(), following.strip()
    if not told.strip() or not coming or _ITEM.match(following):
        return False
    if told[-1] in ".!?:;" and coming[0].isupper():
        return told[-1] != ":" and len(told) >= _WRAPPED
    return coming[0].islower() or told[-1] == "," or len(told) >= _WRAPPED


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a block, without blanks around them."""
    low = start
    for stop in _STOP.finditer(text, start, end):
        if stop[0][0] in ".!?" and not _ends(text, low, stop.start(), end):
            continue
        yield from _trimmed(text, low, stop.end())
        low = stop.end()
    yield from _trimmed(text, low, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    bare = piece.strip()
    if any(mark.isalnum() for mark in bare[:200]):
        low = start + len(piece) - len(piece.lstrip())
        yield low, low + len(bare)


def _ends(text: str, low: int, at: int, end: int) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, an initial or the number of an item."""
    if text[at] != ".":
        return True
    found = _LAST_WORD.search(text[max(low, at - 20) : at])
    word = (found[0] if found else "").lstrip("([\"'")
    following = _NEXT_WORD.match(text, at + 1, end)
    coming = following[1] if following else ""
    if word.isdigit() and len(word) <= 2 and not text[max(low, at - 40) : at - len(word)].strip():
        return False
    if len(word) == 1 and word.isupper():
        return coming.casefold() in _OPENERS
    if word.casefold() in _ABBREVIATIONS:
        return word.casefold() in _MAY_END and (coming.casefold() in _OPENERS and coming[:1].isupper())
    return not coming[:1].islower() or (word.isalpha() and len(word) > 2)
