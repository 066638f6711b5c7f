"""Policy manual: paragraphs that name a code, chapters in reading order, and words looked for in paragraphs."""

from __future__ import annotations

import sqlite3
from typing import Any

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release

MANUAL, CODES = "ncci-policy-manual", "ncci-policy-manual-codes"

INDEX = """
create virtual table ncci_policy_manual_text using fts5 (heading, text, content='ncci_policy_manual',
  content_rowid='id', tokenize="porter unicode61 remove_diacritics 2");
insert into ncci_policy_manual_text (ncci_policy_manual_text) values ('rebuild');
"""
_HELD = "p.first_release <= ? and p.last_release >= ?"


def write_word_index(db: sqlite3.Connection) -> None:
    """Index the words of every paragraph; the texts themselves stay where they are."""
    db.executescript(INDEX)


def paragraphs_naming(library: Library, releases: tuple[Release, Release], kind: str, code: str) -> list[Found[Any]]:
    """Rows of the code table whose code, or range of the same kind, holds `code`; single codes and narrow ranges first.

    `releases` are the editions of the manual and of its code table that answer for the day.
    """
    _, named = releases
    rows = library.db.execute(
        f"select p.* from {DATASETS[CODES].table} p where kind = ? and first <= ? and last >= ? and {_HELD}",
        (kind, code, code, named.id, named.id),
    )
    return [library.found(DATASETS[CODES], row, named) for row in rows]


def paragraphs_of(library: Library, release: Release, chapter: str) -> list[Found[Any]]:
    """Every paragraph of a chapter in reading order."""
    rows = library.db.execute(
        f"select p.* from {DATASETS[MANUAL].table} p where chapter = ? and {_HELD} order by number",
        (chapter, release.id, release.id),
    )
    return [library.found(DATASETS[MANUAL], row, release) for row in rows]


def paragraph(library: Library, release: Release, chapter: str, number: int) -> Found[Any] | None:
    """One paragraph by its number in its chapter."""
    row = library.db.execute(
        f"select p.* from {DATASETS[MANUAL].table} p where chapter = ? and number = ? and {_HELD}",
        (chapter, number, release.id, release.id),
    ).fetchone()
    return library.found(DATASETS[MANUAL], row, release) if row else None


def section_starts(library: Library, release: Release) -> list[Found[Any]]:
    """The first paragraph of every section of every chapter."""
    rows = library.db.execute(
        f"select p.* from {DATASETS[MANUAL].table} p join (select min(number) as number, chapter from "
        f"{DATASETS[MANUAL].table} p where {_HELD} group by chapter, section, heading) s "
        f"on s.chapter = p.chapter and s.number = p.number where {_HELD} order by p.chapter, p.number",
        (release.id, release.id, release.id, release.id),
    )
    return [library.found(DATASETS[MANUAL], row, release) for row in rows]


def paragraphs_with_words(
    library: Library, release: Release, words: list[str], most: int, *, every: bool
) -> list[Found[Any]]:
    """Paragraphs that hold every word, or any, as their stems; best first by BM25."""
    quoted = ('"' + word.replace('"', '""') + '"' for word in words)
    match = (" AND " if every else " OR ").join(quoted)
    rows = library.db.execute(
        f"select p.* from ncci_policy_manual_text t join {DATASETS[MANUAL].table} p on p.id = t.rowid "
        f"where ncci_policy_manual_text match ? and {_HELD} order by bm25(ncci_policy_manual_text, 2.0, 1.0) limit ?",
        (match, release.id, release.id, most),
    )
    return [library.found(DATASETS[MANUAL], row, release) for row in rows]
