"""Index terms: rows of the ICD-10-CM index and tables of one edition by code, letter, main term or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release

_HELD = "first_release <= ? and last_release >= ?"


@dataclass(frozen=True, slots=True)
class MainTerm:
    """A main term and how many terms stand below it."""

    found: Found[Any]
    below: int


def published_order(found: Found[Any]) -> tuple[int, ...]:
    """Where the row stands in its file: the numbers of its path, 1 where an only child has none."""
    steps = str(found.source.line).split("/")[2:]
    return tuple(int(step.partition("[")[2].rstrip("]") or 1) for step in steps)


def terms_leading_to(
    library: Library, dataset: str, release: Release, columns: Sequence[str], forms: Sequence[str], most: int
) -> tuple[list[Found[Any]], int]:
    """Terms with one of these printed codes in one of the columns, the longest form first; and how many there are."""
    table = DATASETS[dataset].table
    either = " or ".join(f"t.{name} = form.printed" for name in columns)
    ids = library.db.execute(
        f"with form (printed, nearness) as (values {', '.join('(?, ?)' for _ in forms)}) "
        f"select t.id from form cross join {table} t where ({either}) and {_HELD} "
        "group by t.id order by min(nearness), t.id",
        (*(value for pair in zip(forms, range(len(forms)), strict=True) for value in pair), release.id, release.id),
    ).fetchall()
    found = []
    for (key,) in ids[:most]:
        row = library.db.execute(f"select * from {table} where id = ?", (key,)).fetchone()
        found.append(library.found(DATASETS[dataset], row, release))
    return found, len(ids)


def letters(library: Library, dataset: str, release: Release) -> list[tuple[str, int]]:
    """Letters of the index and how many main terms each has."""
    rows = library.db.execute(
        f"select letter, count(*) from {DATASETS[dataset].table} where level = 0 and {_HELD} group by letter",
        (release.id, release.id),
    )
    return sorted((str(letter), int(count)) for letter, count in rows)


def main_terms(library: Library, dataset: str, release: Release, letter: str) -> list[MainTerm]:
    """Main terms of a letter in published order, each with the count of what stands below it.

    A main term that is printed twice has its terms counted together, as its page shows them.
    """
    table = DATASETS[dataset].table
    below = dict(
        library.db.execute(
            f"select main, count(*) from {table} where letter = ? and level > 0 and {_HELD} group by main",
            (letter, release.id, release.id),
        )
    )
    rows = library.db.execute(
        f"select * from {table} where letter = ? and level = 0 and {_HELD}", (letter, release.id, release.id)
    )
    found = sorted((library.found(DATASETS[dataset], row, release) for row in rows), key=published_order)
    return [MainTerm(item, below.get(item.row.main, 0)) for item in found]


def terms_beginning(library: Library, dataset: str, release: Release, path: str) -> list[Found[Any]]:
    """Terms whose path begins with these words, whatever their case, in published order."""
    rows = library.db.execute(
        f"select * from {DATASETS[dataset].table} where path like ? escape '\\' and {_HELD}",
        (_literally(path) + "%", release.id, release.id),
    )
    return sorted((library.found(DATASETS[dataset], row, release) for row in rows), key=published_order)


def terms_with_words(
    library: Library, dataset: str, release: Release, words: Sequence[str], window: tuple[int, int]
) -> tuple[list[Found[Any]], int]:
    """Terms whose path or modifiers hold every word, those at the top first; and how many there are."""
    start, most = window
    each = " and ".join("(path like ? escape '\\' or modifiers like ? escape '\\')" for _ in words)
    held = f"from {DATASETS[dataset].table} where {each} and {_HELD}"
    likes = [f"%{_literally(word)}%" for word in words]
    values = (*(like for like in likes for _ in range(2)), release.id, release.id)
    total = int(library.db.execute(f"select count(*) {held}", values).fetchone()[0])
    rows = library.db.execute(f"select * {held} order by level, id limit ? offset ?", (*values, most, start))
    return [library.found(DATASETS[dataset], row, release) for row in rows], total


def main_terms_like(library: Library, dataset: str, release: Release, text: str) -> list[str]:
    """Main terms that are this text or begin with it before a comma, whatever their case; the exact one first."""
    rows = library.db.execute(
        f"select distinct main from {DATASETS[dataset].table} where level = 0 and (main like ? escape '\\' or "
        f"main like ? escape '\\') and {_HELD} order by length(main), main",
        (_literally(text), _literally(text) + ",%", release.id, release.id),
    )
    return [str(main) for (main,) in rows]


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
