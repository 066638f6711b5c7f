"""Guidance: passages of the coding guidelines and the claims processing manual, by their section or by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer
from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.datasets.claims_processing_manual import ClaimsManualRow
from codeward.datasets.icd_10_cm_guidelines import GuidelineRow
from codeward.services.policy_manual import cut
from codeward.services.view import View
from codeward.store.library import Found, Library
from codeward.store.passages import (
    CLAIMS_MANUAL,
    GUIDELINES,
    Shelf,
    chapters_in_force,
    passages_of_section,
    passages_with_words,
)

GUIDANCE = (GUIDELINES, CLAIMS_MANUAL)
LONGEST = 400
"""Characters of a question that are read."""
WORDS = 20
"""Words of a question that are looked for."""

_CALLED = ("guideline", "guidelines", "section", "sec")
_APART = re.compile(r"[()\s,§]")
_WORD = re.compile(r"[^\W_]+")
_GUIDELINE = re.compile(r"((?:i{1,3}|iv)(?:\.[a-z0-9]{1,3}){0,6}|app\.i{1,3})")
_CLAIMS = re.compile(
    r"(?:(?:cpm |iom |pub )?(?:100-04 )?ch(?:apter)? ?(\d{1,2}) )?(?:section |sec |s)?(\d{1,3}(?:\.\d{1,2}){0,6})"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or the beginning of a long one: where it is cited, its headings, its page and its words.

    `section` is written as cited: `I.C.9.a`, or `ch12 30.6.5` with the chapter before it.
    """

    document: str
    section: str
    path: str
    page: int
    label: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class PassageFinds:
    """What was found, best first or in reading order; not `every` when no paragraph holds all the words.

    `section` is the section that was asked for, where the question was one.
    """

    passages: tuple[Passage, ...]
    every: bool = True
    section: str = ""


def find_passages(library: Library, text: str, on: date, document: str = "", most: int = 5) -> Answer[PassageFinds]:
    """Paragraphs of a section where the text is one (`I.C.9.a`, `ch12 30.6.5`), else those that hold its words.

    Raises BadInput when the text has no word. What is not loaded is noted as missing in the answer.
    """
    asked = text[:LONGEST]
    words = list(_WORD.findall(asked))[:WORDS]
    if not words:
        raise BadInput(f"{text[:60]!r} has no word to look for")
    view = View(library, on)
    shelves = [(name, shelf) for name in GUIDANCE if document in ("", name) for shelf in _shelves(view, name)]
    finds = _by_section(view, shelves, asked, most)
    if finds is None:
        finds = _by_words(view, shelves, words, most)
    view.sources.update(dict.fromkeys(passage.source for passage in finds.passages))
    return view.answer(finds)


def _shelves(view: View, dataset: str) -> list[Shelf]:
    release = view.edition(dataset)
    if release is None:
        return []
    if dataset == GUIDELINES:
        return [(release, None)]
    return [(newest, chapter) for chapter, newest in sorted(chapters_in_force(view.library, view.on).items())]


def _by_section(view: View, shelves: list[tuple[str, Shelf]], text: str, most: int) -> PassageFinds | None:
    """The section's paragraphs; None when the text names no section, or no loaded one."""
    plain = " ".join(_APART.sub(" ", text.lower()).split()).strip(".")
    marks = [word.strip(".") for word in plain.split() if word not in _CALLED]
    dotted = ".".join(marks)
    for dataset, pattern, written in ((GUIDELINES, _GUIDELINE, dotted), (CLAIMS_MANUAL, _CLAIMS, plain)):
        found = pattern.fullmatch(written)
        if found is None:
            continue
        *chapter, section = found.groups()
        held = [
            item
            for name, shelf in shelves
            if name == dataset and (not chapter or chapter[0] is None or int(chapter[0]) == shelf[1])
            for item in passages_of_section(view.library, dataset, shelf, section)
        ]
        if held:
            return PassageFinds(tuple(_passage(dataset, item) for item in held[:most]), section=section)
    return None


def _by_words(view: View, shelves: list[tuple[str, Shelf]], words: list[str], most: int) -> PassageFinds:
    for every in (True, False):
        found = [
            (worth, at, dataset, item)
            for at, (dataset, shelf) in enumerate(shelves)
            for worth, item in passages_with_words(view.library, dataset, shelf, words, most, every=every)
        ]
        if found:
            found.sort(key=lambda each: each[:2])
            passages = tuple(_passage(dataset, item) for _, _, dataset, item in found[:most])
            return PassageFinds(passages, every or len(words) == 1)
    return PassageFinds(())


def _passage(dataset: str, found: Found[GuidelineRow] | Found[ClaimsManualRow]) -> Passage:
    row = found.row
    if isinstance(row, ClaimsManualRow):
        section, label = f"ch{row.chapter} {row.section}", str(row.page)
    else:
        section, label = row.section, row.label
    return Passage(dataset, section, row.path, row.page, label, cut(row.text, ""), found.source)
