"""Passages: paragraphs of the coding guidelines and of the claims processing manual, by section or by words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release

GUIDELINES, CLAIMS_MANUAL = "icd-10-cm-guidelines", "claims-processing-manual"

Shelf = tuple[Release, int | None]
"""An edition and, where chapters have editions of their own, the chapter it is asked for."""


def write_passage_index(db: sqlite3.Connection, present: Sequence[str]) -> None:
    """Index the words of every paragraph and of the headings above it; the texts themselves stay where they are."""
    for dataset in (GUIDELINES, CLAIMS_MANUAL):
        table = DATASETS[dataset].table
        if table in present:
            db.executescript(
                f"create virtual table {table}_text using fts5 (path, text, content='{table}', content_rowid='id', "
                f'tokenize="porter unicode61 remove_diacritics 2"); '
                f"insert into {table}_text ({table}_text) values ('rebuild');"
            )


def chapters_in_force(library: Library, on: date) -> dict[int, Release]:
    """Every chapter of the claims manual with the newest edition of it that had been made by the day."""
    table, found = DATASETS[CLAIMS_MANUAL].table, dict[int, Release]()
    made = [release for release in library.editions(CLAIMS_MANUAL) if release.effective <= on]
    for release in sorted(made, key=lambda item: item.effective, reverse=True):
        held = library.db.execute(
            f"select distinct chapter from {table} where first_release <= ? and last_release >= ?",
            (release.id, release.id),
        )
        for (chapter,) in held:
            found.setdefault(chapter, release)
    return found


def passages_of_section(library: Library, dataset: str, shelf: Shelf, section: str) -> list[Found[Any]]:
    """The paragraphs of a section and of those below it (`30.6` has 30.6.5), in reading order; case does not matter."""
    release = shelf[0]
    rows = library.db.execute(
        f"select p.* from {DATASETS[dataset].table} p where {_held(shelf)} "
        "and (lower(section) = lower(?) or lower(section) like lower(?) || '.%') order by number",
        (*_given(shelf), section, section),
    )
    return [library.found(DATASETS[dataset], row, release) for row in rows]


def passages_with_words(
    library: Library, dataset: str, shelf: Shelf, words: Sequence[str], most: int, *, every: bool
) -> list[tuple[float, Found[Any]]]:
    """Paragraphs that hold every word, or any, as their stems, with their BM25 (lower is better); best first."""
    table = DATASETS[dataset].table
    quoted = ('"' + word.replace('"', '""') + '"' for word in words)
    match = (" AND " if every else " OR ").join(quoted)
    rows = library.db.execute(
        f"select p.*, bm25({table}_text, 1.5, 1.0) as worth from {table}_text t join {table} p on p.id = t.rowid "
        f"where {table}_text match ? and {_held(shelf)} order by worth, p.number limit ?",
        (match, *_given(shelf), most),
    )
    return [(row[-1], library.found(DATASETS[dataset], row[:-1], shelf[0])) for row in rows]


def _held(shelf: Shelf) -> str:
    return "p.first_release <= ? and p.last_release >= ?" + (" and p.chapter = ?" if shelf[1] is not None else "")


def _given(shelf: Shelf) -> tuple[int, ...]:
    release, chapter = shelf
    return (release.id, release.id) if chapter is None else (release.id, release.id, chapter)
