"""Manual pages: the NCCI policy manual to read, its contents and chapters, and words found in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer
from codeward.core.faults import BadInput, NotFound
from codeward.datasets.ncci_policy_manual import ParagraphRow
from codeward.datasets.policy_manual_codes import codes_named, kind_of
from codeward.datasets.policy_manual_text import CHAPTERS
from codeward.services.policy_manual import EXCERPT, SENTENCE, cut, excerpt, manual_editions, nearest_first
from codeward.services.view import View
from codeward.store.library import Found, Library
from codeward.store.policy_manual import (
    MANUAL,
    paragraph,
    paragraphs_naming,
    paragraphs_of,
    paragraphs_with_words,
    section_starts,
)
from codeward.store.releases import Release

FOUND = 30
"""Paragraphs found by words at most."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SectionOfManual:
    """A section in the manual's contents: where it begins and its first paragraph's number."""

    letter: str
    heading: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class ChapterOfManual:
    """A chapter in the manual's contents; without sections when no loaded file holds it."""

    name: str
    title: str
    sections: tuple[SectionOfManual, ...]


@dataclass(frozen=True, slots=True)
class ManualContents:
    """The loaded edition's chapters, and those that no loaded file holds."""

    edition: str
    chapters: tuple[ChapterOfManual, ...]
    absent: tuple[str, ...]


def manual_contents(library: Library, on: date) -> Answer[ManualContents | None]:
    """The table of contents as of the day; None when no edition speaks for it."""
    view = View(library, on)
    release = view.edition(MANUAL)
    if release is None:
        return view.answer(None)
    starts: dict[str, list[Found[ParagraphRow]]] = {}
    for found in section_starts(library, release):
        starts.setdefault(found.row.chapter, []).append(found)
    chapters = tuple(_chapter(name, starts[name]) for name in CHAPTERS if name in starts)
    absent = tuple(name for name in CHAPTERS if name not in starts)
    return view.answer(ManualContents(release.edition, chapters, absent))


def _chapter(name: str, starts: list[Found[ParagraphRow]]) -> ChapterOfManual:
    sections = [SectionOfManual(f.row.section, f.row.heading, f.row.label, f.row.number) for f in starts]
    return ChapterOfManual(name, starts[0].row.chapter_title, tuple(sections))


def manual_chapter(library: Library, chapter: str, on: date) -> Answer[tuple[Found[ParagraphRow], ...]]:
    """The paragraphs of a chapter in reading order; empty when no edition speaks for the day.

    Raises NotFound when there is no such chapter, or the loaded files do not hold it.
    """
    name = chapter_named(chapter)
    view = View(library, on)
    release = view.edition(MANUAL)
    if release is None:
        return view.answer(())
    found = tuple(paragraphs_of(library, release, name))
    if not found:
        raise NotFound(f"the loaded files of the NCCI policy manual {release.edition} do not hold chapter {name}")
    view.sources[found[0].source] = None
    return view.answer(found)


def chapter_named(text: str) -> str:
    """The chapter as the manual writes it (III), from `iii`, `3`, `intro` or `introduction`; NotFound otherwise."""
    plain = text.strip().upper().removeprefix("CHAPTER").strip()
    if plain.isascii() and plain.isdigit() and int(plain) < len(CHAPTERS):
        return CHAPTERS[int(plain)]
    if plain in ("INTRO", "INTRODUCTION"):
        return CHAPTERS[0]
    if plain in CHAPTERS:
        return plain
    raise NotFound(f"{text!r} is no chapter of the NCCI policy manual: expected Intro or I to XIII")


@dataclass(frozen=True, slots=True)
class ManualHit:
    """A paragraph that was found, and the part of it that holds what was looked for."""

    found: Found[ParagraphRow]
    text: str


@dataclass(frozen=True, slots=True)
class ManualFinds:
    """What was found, best first; not `every` when no paragraph holds all the words and these hold some."""

    hits: tuple[ManualHit, ...]
    every: bool = True


def find_in_manual(library: Library, text: str, on: date, most: int = FOUND) -> Answer[ManualFinds]:
    """Paragraphs that name the code typed, else those with all the words of a text, else those with some.

    Raises BadInput when the text has neither word nor code.
    """
    words = list(_WORD.findall(text))[:20]
    if not words:
        raise BadInput(f"{text!r} has no word to look for")
    view = View(library, on)
    releases = manual_editions(view)
    if releases is None:
        return view.answer(ManualFinds(()))
    code = words[0].upper() if len(words) == 1 else ""
    hits = _by_code(view, releases, code, most) if codes_named(f"code {code}") else []
    every = True
    if not hits:
        rows = paragraphs_with_words(library, releases[0], words, most, every=True)
        every = bool(rows) or len(words) == 1
        rows = rows or paragraphs_with_words(library, releases[0], words, most, every=False)
        hits = [ManualHit(found, _around(found.row.text, words)) for found in rows]
    view.sources.update(dict.fromkeys(hit.found.source for hit in hits))
    return view.answer(ManualFinds(tuple(hits), every))


def _by_code(view: View, releases: tuple[Release, Release], code: str, most: int) -> list[ManualHit]:
    named = nearest_first(paragraphs_naming(view.library, releases, kind_of(code), code))
    rows = (paragraph(view.library, releases[0], item.row.chapter, item.row.number) for item in named[:most])
    return [ManualHit(found, excerpt(found.row.text, code)) for found in rows if found]


def _around(text: str, words: list[str]) -> str:
    """The first sentence with most of the words, and what follows it."""
    if len(text) <= EXCERPT:
        return text
    sentences = SENTENCE.split(text)
    counts = [sum(word.lower() in sentence.lower() for word in words) for sentence in sentences]
    at = counts.index(max(counts))
    return cut(" ".join(sentences[at:]), "… " if at else "")
