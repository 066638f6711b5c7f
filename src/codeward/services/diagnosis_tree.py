"""Diagnosis tree: ICD-10-CM level by level as of a day, with how many billable codes stand below each step."""

from __future__ import annotations

import re
from dataclasses import dataclass

from codeward.core.codes import Code
from codeward.core.faults import NotFound
from codeward.core.sources import Source
from codeward.datasets.icd_10_cm import DiagnosisRow
from codeward.services.view import View
from codeward.store.diagnosis_tree import (
    Branch,
    by_chapter,
    by_letter,
    by_section,
    categories,
    chapter_of,
    count_billable,
    has_narrower,
)
from codeward.store.library import Found
from codeward.store.releases import Release

CODES, NOTES = "icd-10-cm", "icd-10-cm-notes"
_CHAPTER, _SECTION, _LETTER = re.compile(r"\d{1,2}"), re.compile(r"\w{3}-\w{3}"), re.compile(r"[A-Z]")

Entry = Found[DiagnosisRow]


@dataclass(frozen=True, slots=True)
class Step:
    """One chapter, section, letter or code: its name, title, what it spans, and what is billable below it."""

    kind: str
    name: str
    title: str
    span: str
    billable: int
    is_billable: bool
    has_more: bool
    source: Source | None

    @property
    def code(self) -> Code | None:
        """The code, where the step is one."""
        return Code(CODES, self.name) if self.kind == "code" else None

    @property
    def shown(self) -> str:
        """The name as people write it."""
        return self.code.shown if self.code else self.name


@dataclass(frozen=True, slots=True)
class Level:
    """The steps below a place, the places above it, and whether the edition has chapters at all."""

    here: Step | None
    above: tuple[Step, ...]
    below: tuple[Step, ...]
    chapters: bool


def browse(view: View, place: str) -> Level:
    """What stands below a chapter (`2`), section (`C43-C44`), letter (`C`) or code; all chapters for no place.

    Raises NotFound where the edition of the day has no such place.
    """
    release = view.edition(CODES)
    if release is None:
        return Level(None, (), (), False)
    wanted = place.strip().upper()
    if not wanted:
        return _top(view, release)
    for pattern, build in ((_CHAPTER, _chapter), (_SECTION, _section), (_LETTER, _letter)):
        if pattern.fullmatch(wanted):
            return build(view, release, wanted)
    return _code(view, release, wanted.replace(".", ""))


def _top(view: View, release: Release) -> Level:
    chapters = by_chapter(view.library, release)
    if chapters:
        return Level(None, (), tuple(_titled(view, "chapter", item) for item in chapters), True)
    return Level(None, (), tuple(_plain(item) for item in by_letter(view.library, release)), False)


def _titled(view: View, kind: str, branch: Branch) -> Step:
    """A chapter or section; its title is a note of the tabular list, which may not be loaded."""
    titles = view.find(NOTES, owner=branch.name, level=kind, kind="title")
    title, source = (titles[0].row.text, titles[0].source) if titles else ("", None)
    span = f"{branch.first}-{branch.last}"
    return Step(kind, branch.name, title.removesuffix(f" ({span})"), span, branch.billable, False, True, source)


def _plain(branch: Branch) -> Step:
    span = f"{branch.first}-{branch.last}"
    return Step("letter", branch.name, "", span, branch.billable, False, True, None)


def _chapter(view: View, release: Release, name: str) -> Level:
    here = _chapter_step(view, release, name)
    sections = by_section(view.library, release, name)
    return Level(here, (), tuple(_titled(view, "section", item) for item in sections), True)


def _chapter_step(view: View, release: Release, name: str) -> Step:
    found = next((item for item in by_chapter(view.library, release) if item.name == name), None)
    if found is None:
        raise NotFound(f"{release.edition} has no chapter {name}")
    return _titled(view, "chapter", found)


def _section(view: View, release: Release, name: str) -> Level:
    chapter = chapter_of(view.library, release, name)
    if not chapter:
        raise NotFound(f"{release.edition} has no section {name}")
    sections = by_section(view.library, release, chapter)
    here = _titled(view, "section", next(item for item in sections if item.name == name))
    below = tuple(_categories(view, release, categories(view.library, release, section=name)))
    return Level(here, (_chapter_step(view, release, chapter),), below, True)


def _letter(view: View, release: Release, name: str) -> Level:
    below = tuple(_categories(view, release, categories(view.library, release, name)))
    if not below:
        raise NotFound(f"{release.edition} has no code that begins with {name}")
    here = next(item for item in by_letter(view.library, release) if item.name == name)
    return Level(_plain(here), (), below, bool(by_chapter(view.library, release)))


def _categories(view: View, release: Release, found: list[Branch]) -> list[Step]:
    return [_step(view, release, branch.name) for branch in found]


def _step(view: View, release: Release, code: str) -> Step:
    rows: list[Entry] = view.library.find(CODES, release, view.on, code=code)
    return _known(view, release, rows[0]) if rows else _unlisted(view, release, code)


def _known(view: View, release: Release, found: Entry) -> Step:
    view.sources[found.source] = None
    row = found.row
    more = not row.billable
    count = count_billable(view.library, release, row.code) if more else 1
    return Step("code", row.code, row.title, "", count, row.billable, more, found.source)


def _unlisted(view: View, release: Release, code: str) -> Step:
    """A header that a list of billable codes does not have: known by the codes that begin with it."""
    return Step("code", code, "", "", count_billable(view.library, release, code), False, True, None)


def _code(view: View, release: Release, code: str) -> Level:
    rows: list[Entry] = view.library.find(CODES, release, view.on, code=code)
    if not rows and not has_narrower(view.library, release, code):
        raise NotFound(f"{release.edition} has no code {Code(CODES, code).shown}")
    here = _step(view, release, code)
    children: list[Entry] = view.library.find(CODES, release, view.on, parent=code) if rows else []
    below = [_known(view, release, item) for item in children] or _next_level(view, release, code)
    return Level(here, tuple(_above(view, release, code, rows)), tuple(below), bool(rows and rows[0].row.chapter))


def _next_level(view: View, release: Release, code: str) -> list[Step]:
    """Without headers in the list: the shortest codes that begin with this one and lie below no other of them."""
    rows: list[Entry] = view.library.beginning_with(CODES, release, code)
    return [_known(view, release, item) for item in rows]


def _above(view: View, release: Release, code: str, rows: list[Entry]) -> list[Step]:
    if not rows:
        wider = [code[:3]] if len(code) > 3 else []
        return [_plain_letter(view, release, code), *(_unlisted(view, release, item) for item in wider)]
    row, line = rows[0].row, list[Step]()
    while row.parent:
        found: list[Entry] = view.library.find(CODES, release, view.on, code=row.parent)
        if not found:
            break
        line.insert(0, _known(view, release, found[0]))
        row = found[0].row
    return [*_groups(view, release, rows[0].row), *line]


def _groups(view: View, release: Release, row: DiagnosisRow) -> list[Step]:
    if not row.chapter:
        headless = len(row.code) > 3 and not row.parent
        return [
            _plain_letter(view, release, row.code),
            *([_unlisted(view, release, row.code[:3])] if headless else []),
        ]
    sections = [item for item in by_section(view.library, release, row.chapter) if item.name == row.section]
    return [_chapter_step(view, release, row.chapter), *(_titled(view, "section", item) for item in sections)]


def _plain_letter(view: View, release: Release, code: str) -> Step:
    return _plain(next(item for item in by_letter(view.library, release) if item.name == code[0]))
