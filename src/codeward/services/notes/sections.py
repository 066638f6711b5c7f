"""Sections: the headings under which US notes are written, each with our one word for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from codeward.core.notes import Section

_WORDS: dict[str, Any] = tomllib.loads(files(__package__).joinpath("headings.toml").read_text("utf-8"))
_SPELLINGS: dict[str, list[str]] = _WORDS["headings"]
"""Our word for a section, and the headings that open it; "" closes the section before and opens none of ours."""

SECTION_NAMES = tuple(name for name in _SPELLINGS if name)
"""Every name that a section may have, besides ""."""

_SUBHEADINGS = frozenset(_WORDS["parts"].split())
"""Parts of a review of systems or an examination: they stay in the section that is open."""

_HOLDS_PARTS = ("exam", "review of systems")
_NAMES_PROBLEMS = ("assessment", "assessment and plan", "plan", "diagnosis", "hospital course", "problem list")
"""Where upper case before a colon is a problem, not an unknown heading."""

_PARTS_TOO = (
    "discharge",
    "condition",
    "social",
    "complaint",
    "description",
    "activity",
    "alcohol",
    "tobacco",
    "treatment",
)
"""Headings that within an examination or review of systems are none."""

_LONGEST = 70
"""Characters of the longest heading with its markup."""

_MARKUP = re.compile(
    r"[ \t>]{0,8}(?:#{1,6}[ \t]{0,4}|={2,6}[ \t]{0,4}|[-*•][ \t]{1,4}(?=\*\*))?(?:\*\*|__)?"
    r"(?:(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)][ \t]{1,4})?(?:\*\*|__)?\[?[ \t]{0,4}"
)
_TAIL = re.compile(
    r"[ \t]{0,4}(?:\*\*|__)?[ \t]{0,2}(?:\([^()\n]{0,30}\))?[ \t]{0,4}(?:[:]|[-–—]{1,2}(?=\s|$))?(?:\*\*|__)?"
)
_COLON = re.compile(r"(?<=[A-Za-z)*\]]):|(?<=[A-Za-z)] ):")
_WORD = re.compile(r"\S+")
_BARE_OPENERS = re.compile(r"(?:HPI|PMHX?|PSHX?|ROS|FHX?|A/P|A&P)(?=[ \t]+[A-Z0-9])")
_PREVIOUS = re.compile(r"[.;!?\])>|_]\s{0,4}$|(?:\s{2}|\t)$|[.)\]:]\s{1,4}\d{1,2}[.)]\s{1,3}$")


def _key(heading: str) -> str:
    """A heading without case, runs of blanks and closing marks."""
    return " ".join(heading.casefold().replace("’", "'").split()).strip(" *_#=-[]")


_NAMES = {_key(spelling): name for name, spellings in reversed(_SPELLINGS.items()) for spelling in spellings}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what section it opens (None: it is a part of the open one) and where it stands, colon included."""

    name: str | None
    start: int
    end: int


def sections_of(text: str, headings: tuple[Heading, ...]) -> tuple[Section, ...]:
    """Parts of a note in their order, each from its heading to the next; before the first heading the name is ""."""
    found: list[Section] = []
    name, start = "", 0
    for heading in headings:
        if heading.name is None:
            continue
        if text[start : heading.start].strip():
            found.append(Section(name, start, heading.start))
        name, start = heading.name, heading.start
    if text[start:].strip():
        found.append(Section(name, start, len(text)))
    return tuple(found)


def headings_of(text: str) -> tuple[Heading, ...]:
    """Headings in their order: on a line of their own, before a colon, or upper case before a colon mid-text."""
    found: list[Heading] = []
    current = ""
    at = 0
    for line in text.splitlines(keepends=True):
        for heading in _in_line(line, at):
            kept = _in_place(heading, current, text)
            if kept is not None:
                current = current if kept.name is None else kept.name
                found.append(kept)
        at += len(line)
    return tuple(found)


def heading_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of a heading stand that begins at a place: without its number, emphasis and colon."""
    line = text[start : min(end, start + _LONGEST)].split("\n", 1)[0].split(":", 1)[0]
    markup = _MARKUP.match(line)
    begin = markup.end() if markup and markup.end() < len(line) else 0
    return start + begin, start + len(line.rstrip(" *_"))


def _in_place(heading: Heading, current: str, text: str) -> Heading | None:
    """What a heading is where it stands: a part of an examination, a problem of an assessment, or what it says."""
    low, high = heading_words(text, heading.start, heading.end)
    told = _key(text[low:high])
    if heading.name is None:
        opens = "exam" if current in ("vitals", "") else None
        return Heading(opens, heading.start, heading.end)
    if current in _NAMES_PROBLEMS and (heading.start == heading.end or told == "pe"):
        return None
    if current in _HOLDS_PARTS and told in _PARTS_TOO:
        return Heading(None, heading.start, heading.start)
    return heading


def _in_line(line: str, offset: int) -> Iterator[Heading]:
    opened = _at_line_start(line)
    openings = _openings(line)
    done = 0
    if opened is not None:
        yield _placed(opened, openings, offset)
        done = opened.end
    for colon in _COLON.finditer(line, done):
        inline = _before_colon(line, colon.start(), done, openings | {done})
        if inline is not None:
            yield _placed(inline, openings, offset)
            done = colon.end()


def _placed(heading: Heading, openings: set[int], offset: int) -> Heading:
    """A heading at its place in the note; its number, bullet or emphasis is part of it."""
    start = min(openings) if heading.start in openings else heading.start
    end = start if heading.start == heading.end else heading.end
    return Heading(heading.name, offset + start, offset + end)


def _at_line_start(line: str) -> Heading | None:
    """A heading that opens a line: alone on it, or with a colon or dash behind it."""
    markup = _MARKUP.match(line)
    begin = markup.end() if markup else 0
    bare = _BARE_OPENERS.match(line, begin)
    if bare:
        return Heading(_NAMES[_key(bare[0])], begin, bare.end())
    whole = line.strip()
    if len(whole) <= _LONGEST and ":" not in whole:
        name = _NAMES.get(_key(line[begin:])) if len(_key(line[begin:])) > 1 else None
        if name is not None:
            return Heading(name, begin, len(line.rstrip()))
    return _dashed(line, begin)


def _dashed(line: str, begin: int) -> Heading | None:
    """PLAN - continue: a heading, a dash, its text."""
    head = line[begin : begin + _LONGEST]
    dash = re.search(r"[ \t][-–—]{1,2}[ \t]", head)
    if dash is None or (name := _NAMES.get(_key(head[: dash.start()]))) is None or len(_key(head[: dash.start()])) < 2:
        return None
    return Heading(name, begin, begin + dash.end())


def _before_colon(line: str, colon: int, least: int, opening: set[int]) -> Heading | None:
    """The longest heading before a colon that opens the line, is upper case, or follows the end of a sentence."""
    low = max(least, colon - _LONGEST)
    words = [(low + word.start(), low + word.end()) for word in _WORD.finditer(line[low:colon])][-8:]
    for start, _ in words:
        key = _key(re.sub(r"\([^()]{0,30}\)$", "", line[start:colon].strip()))
        known = _NAMES.get(key)
        if known is None and key not in _SUBHEADINGS:
            continue
        if len(key) == 1 and start not in opening:
            continue
        if (
            start in opening
            or line[start:colon].isupper()
            or (line[start].isupper() and _PREVIOUS.search(line[max(0, start - 12) : start]))
        ):
            return Heading(known, start, colon + 1)
    return _unknown(line, words, colon, opening)


def _openings(line: str) -> set[int]:
    """Where the first word of a line may stand: before or after its number, bullet or emphasis."""
    markup = _MARKUP.match(line)
    first = _WORD.search(line, 0, _LONGEST)
    begin = first.start() if first else 0
    return {max(begin, markup.end() if markup else 0), begin}


def _unknown(line: str, words: list[tuple[int, int]], colon: int, opening: set[int]) -> Heading | None:
    """An upper-case heading we have no word for ends the section before it; its words stay in the sentence."""
    for start, _ in words[-5:]:
        text = line[start:colon]
        if len(text) > 3 and text.isupper() and start in opening and not any(mark.isdigit() for mark in text):
            return Heading("", start, start)
    return None
