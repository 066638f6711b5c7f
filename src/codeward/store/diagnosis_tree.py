"""Diagnosis tree: what stands below a chapter, section or code of one ICD-10-CM edition, and how much is billable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from codeward.store.library import Library
from codeward.store.releases import Release

_HELD = "first_release <= ? and last_release >= ?"
_AT_ONCE = 500
"""Codes asked for in one statement; SQLite takes no endless list."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One group of codes: its name, its first and last category, and how many codes in it are billable."""

    name: str
    first: str
    last: str
    billable: int


def by_chapter(library: Library, release: Release) -> list[Branch]:
    """Chapters in order; none where the edition is a list of codes alone."""
    blocks = [item for item in _blocks(library, release) if item.chapter]
    return sorted(_joined(blocks, lambda item: item.chapter), key=lambda item: int(item.name))


def by_section(library: Library, release: Release, chapter: str) -> list[Branch]:
    """Sections of a chapter in order of their codes."""
    return _joined([item for item in _blocks(library, release) if item.chapter == chapter], lambda item: item.section)


def chapter_of(library: Library, release: Release, section: str) -> str:
    """The chapter a section stands in; empty where the edition has no such section."""
    return next((item.chapter for item in _blocks(library, release) if item.section == section), "")


def by_letter(library: Library, release: Release) -> list[Branch]:
    """First letters of codes, for an edition without chapters."""
    return _joined(_blocks(library, release), lambda item: item.first[0])


@dataclass(frozen=True, slots=True)
class _Block:
    """Codes of one section, or of one letter where the edition has no sections."""

    chapter: str
    section: str
    first: str
    last: str
    billable: int


_kept: WeakKeyDictionary[Library, dict[int, list[_Block]]] = WeakKeyDictionary()
"""An edition never changes once it is built, and counting all its codes takes a tenth of a second."""


def _blocks(library: Library, release: Release) -> list[_Block]:
    held = _kept.setdefault(library, {})
    if release.id not in held:
        rows = library.db.execute(
            "select coalesce(chapter, ''), coalesce(section, ''), min(code), max(substr(code, 1, 3)), sum(billable) "
            f"from icd_10_cm where {_HELD} group by chapter, section, substr(code, 1, 1) order by min(code)",
            (release.id, release.id),
        )
        held[release.id] = [_Block(chapter, section, first[:3], last, n) for chapter, section, first, last, n in rows]
    return held[release.id]


def _joined(blocks: list[_Block], name_of: Callable[[_Block], str]) -> list[Branch]:
    groups: dict[str, list[_Block]] = {}
    for block in blocks:
        groups.setdefault(name_of(block), []).append(block)
    return [
        Branch(name, group[0].first, max(item.last for item in group), sum(item.billable for item in group))
        for name, group in groups.items()
    ]


def categories(library: Library, release: Release, beginning: str = "", section: str = "") -> list[Branch]:
    """Categories (three characters) of a section, or of codes that begin with a letter."""
    where, value = ("section = ?", (section,)) if section else ("code >= ? and code < ?", (beginning, beginning + "~"))
    rows = library.db.execute(
        f"select substr(code, 1, 3), min(code), max(code), sum(billable) from icd_10_cm where {where} and {_HELD} "
        "group by 1 order by 1",
        (*value, release.id, release.id),
    )
    return [Branch(*row) for row in rows]


def count_billable(library: Library, release: Release, code: str) -> int:
    """How many billable codes begin with this one, itself included."""
    row = library.db.execute(
        f"select coalesce(sum(billable), 0) from icd_10_cm where code >= ? and code < ? and {_HELD}",
        (code, code + "~", release.id, release.id),
    ).fetchone()
    return int(row[0])


def has_narrower(library: Library, release: Release, code: str) -> bool:
    """Whether the edition has a longer code that begins with this one."""
    row = library.db.execute(
        f"select 1 from icd_10_cm where code > ? and code < ? and {_HELD} limit 1",
        (code, code + "~", release.id, release.id),
    ).fetchone()
    return row is not None


def uses(library: Library, release: Release, codes: Iterable[str]) -> dict[str, bool]:
    """Of the given codes those that the edition has, and whether each is billable."""
    wanted = sorted(set(codes))
    found: dict[str, bool] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        rows = library.db.execute(
            f"select code, billable from icd_10_cm where code in ({', '.join('?' * len(some))}) and {_HELD}",
            (*some, release.id, release.id),
        )
        found |= {str(code): bool(billable) for code, billable in rows}
    return found
