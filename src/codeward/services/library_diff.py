"""Library diff: rows added, removed and changed between two editions, or between two built libraries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.store.compare import compare
from codeward.store.library import Library
from codeward.store.licence import for_pages_alone
from codeward.store.releases import Release

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LICENSED = "(licensed wording)"
"""Stands for text that only code pages may spell."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that differs: its key, and each differing column's value before and after."""

    change: str
    key: dict[str, str]
    columns: dict[str, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class DatasetDiff:
    """Counts and the first rows of each change; `before` and `after` name the editions compared."""

    dataset: str
    before: str
    after: str
    added: int
    removed: int
    changed: int
    rows: tuple[ChangedRow, ...]


def edition_of(library: Library, dataset: str, name: str) -> Release:
    """The loaded edition called `name` (with or without `dataset@`); NotFound lists what is loaded."""
    wanted = name.removeprefix(f"{dataset}@")
    editions = library.editions(dataset)
    if not editions:
        raise NotLoaded(f"{dataset} is not loaded")
    for release in editions:
        if release.edition.lower() == wanted.lower():
            return release
    raise NotFound(f"{dataset} has no edition {wanted!r}: loaded are {', '.join(item.edition for item in editions)}")


def known_dataset(name: str) -> Dataset:
    """The dataset of that id; BadInput lists the ids."""
    if name not in DATASETS:
        raise BadInput(f"no dataset is called {name!r}: expected one of {', '.join(DATASETS)}")
    return DATASETS[name]


def diff_editions(library: Library, dataset: str, before: Release, after: Release, most: int = 100) -> DatasetDiff:
    """Rows that differ between two editions of one library."""
    return _diff(library, library, known_dataset(dataset), before, after, most)


def diff_libraries(old: Library, new: Library, dataset: str, most: int = 100) -> DatasetDiff:
    """Rows that differ between the newest editions that two libraries hold of a dataset."""
    declared = known_dataset(dataset)
    editions = [max(library.editions(dataset), key=lambda item: item.effective, default=None) for library in (old, new)]
    if editions[0] is None or editions[1] is None:
        raise NotLoaded(f"{dataset} is not in both libraries")
    return _diff(old, new, declared, editions[0], editions[1], most)


def _diff(old: Library, new: Library, dataset: Dataset, before: Release, after: Release, most: int) -> DatasetDiff:
    names = [item.name for item in dataset.columns]
    found = compare(old, new, dataset, (before, after), most)
    rows = tuple(_row(dataset, names, change, pair) for change, pairs in found.pairs.items() for pair in pairs)
    counts = found.counts
    return DatasetDiff(
        dataset.id,
        before.edition,
        after.edition,
        counts[ADDED],
        counts[REMOVED],
        counts[CHANGED],
        rows[:most],
    )


def _row(dataset: Dataset, names: list[str], change: str, pair: tuple[Any, Any]) -> ChangedRow:
    was, now = pair
    held = now if now is not None else was
    key = {name: _text(held[names.index(name)]) or "" for name in dataset.key}
    hidden = for_pages_alone(dataset)
    columns = {
        name: tuple(_spelt(row[at], name in hidden) if row else None for row in (was, now))
        for at, name in enumerate(names)
        if was is None or now is None or was[at] != now[at]
    }
    return ChangedRow(change, key, columns)


def _spelt(value: object, hidden: bool) -> str | None:
    return LICENSED if hidden and value is not None else _text(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
