"""What changed: two editions of a dataset side by side, counted by column, filtered and read row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from codeward.core.codes import Code, plain
from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.datasets.declare import Column, Dataset
from codeward.datasets.registry import DATASETS
from codeward.services.cells import OURS, differs, label_of, shown, withheld
from codeward.services.freshness import missing_between
from codeward.services.subjects import code_of
from codeward.store.compare import Asked, Row, change_of, code_columns, differences
from codeward.store.library import Library
from codeward.store.releases import Release

CHANGES = ("added", "removed", "changed")
WITHHELD = "wording not shown"


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """In how many changed rows a column differs; `alike` holds both values where they are the same in all of them."""

    name: str
    label: str
    rows: int
    alike: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Two editions in counts.

    `unsaid` names columns that one of the editions leaves empty throughout: no difference in them is a change.
    `missing` are first days of editions that came between and are not loaded.
    """

    dataset: Dataset
    before: Release
    after: Release
    added: int
    removed: int
    changed: int
    columns: tuple[ColumnCount, ...]
    unsaid: tuple[str, ...]
    missing: tuple[date, ...]

    @property
    def total(self) -> int:
        """Rows that differ."""
        return self.added + self.removed + self.changed

    @property
    def alike(self) -> tuple[ColumnCount, ...]:
        """Columns that changed on every changed row in the same way, such as a conversion factor."""
        return tuple(item for item in self.columns if item.alike and item.rows == self.changed > 1)

    def count(self, change: str) -> int:
        """Rows of one change."""
        return {"added": self.added, "removed": self.removed, "changed": self.changed}[change]


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One column before and after; empty where the row was not there or the cell is blank."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs: its code and the rest of its key, each differing column, and where both sides stand."""

    change: str
    code: Code | None
    key: tuple[tuple[str, str], ...]
    cells: tuple[ChangedCell, ...]
    before: Source | None
    after: Source | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: one change, one column, codes beginning so, rows changed in more than what changed everywhere."""

    change: str = ""
    column: str = ""
    begins: str = ""
    beyond_alike: bool = False
    codes: tuple[str, ...] = ()


def pairs_of(library: Library, dataset: str) -> tuple[tuple[Release, Release], ...]:
    """Loaded editions beside the one before them, newest first, each with editions of its own origin only."""
    editions = sorted(library.editions(dataset), key=lambda item: (item.from_package, item.effective, item.id))
    pairs = [pair for pair in pairwise(editions) if pair[0].from_package == pair[1].from_package]
    return tuple(sorted(pairs, key=lambda pair: (pair[1].effective, pair[1].id), reverse=True))


def latest_changes(library: Library) -> tuple[Summary, ...]:
    """Each dataset's newest edition against the one before it, the newest edition first."""
    found = [pairs[0] for name in DATASETS if (pairs := pairs_of(library, name))]
    ordered = sorted(found, key=lambda pair: pair[1].effective, reverse=True)
    return tuple(summary(library, *pair) for pair in ordered)


def summary(library: Library, before: Release, after: Release) -> Summary:
    """Counts by change and by column; remembered by the library, which never changes."""
    held = library.comparisons.get((before.id, after.id))
    if held is None:
        held = library.comparisons[before.id, after.id] = _summary(library, before, after)
    assert isinstance(held, Summary)
    return held


def _summary(library: Library, before: Release, after: Release) -> Summary:
    dataset = DATASETS[before.dataset]
    unsaid = _unsaid(library, dataset, before, after)
    spoken = _spoken(dataset, unsaid)
    counts: Counter[str] = Counter()
    rows: Counter[int] = Counter()
    alike: dict[int, tuple[object, object] | None] = {}
    for was, now in differences(library, library, dataset, (before, after)):
        differing = [at for at, item in spoken if was and now and differs(item, was[at], now[at])]
        if was and now and not differing:
            continue
        counts[change_of(was, now)] += 1
        rows.update(differing)
        for at in differing:
            assert was is not None and now is not None
            both = was[at], now[at]
            if alike.setdefault(at, both) != both:
                alike[at] = None
    columns = tuple(_column_count(library, dataset, item, rows[at], alike[at]) for at, item in spoken if rows[at])
    missing = missing_between(dataset, before, after) if not after.own_days else ()
    return Summary(
        dataset, before, after, counts["added"], counts["removed"], counts["changed"], columns, unsaid, missing
    )


def _column_count(
    library: Library, dataset: Dataset, item: Column, rows: int, alike: tuple[object, object] | None
) -> ColumnCount:
    both = None
    if alike is not None and rows > 1 and not withheld(dataset, item):
        both = shown(library, item, alike[0]), shown(library, item, alike[1])
    return ColumnCount(item.name, label_of(item), rows, both)


def _unsaid(library: Library, dataset: Dataset, before: Release, after: Release) -> tuple[str, ...]:
    aside = (*dataset.key, *OURS.get(dataset.id, ()))
    optional = [item.name for item in dataset.columns if not item.required and item.name not in aside]
    return tuple(name for name in optional if library.is_silent(before, name) != library.is_silent(after, name))


def _spoken(dataset: Dataset, unsaid: tuple[str, ...]) -> list[tuple[int, Column]]:
    """Columns to compare, with their place in a stored row."""
    aside = (*unsaid, *OURS.get(dataset.id, ()))
    return [(at, item) for at, item in enumerate(dataset.columns, start=1) if item.name not in aside]


def changes(library: Library, before: Release, after: Release, wanted: Wanted | None = None) -> Iterator[Change]:
    """Rows that differ, in the order of the key."""
    wanted = wanted or Wanted()
    known = summary(library, before, after)
    _refuse_unknown(known.dataset, wanted)
    for was, now in _wanted_rows(library, known, wanted):
        yield _change(library, known, was, now)


def page_of_changes(
    library: Library, pair: tuple[Release, Release], wanted: Wanted, start: int, most: int
) -> tuple[tuple[Change, ...], int]:
    """A window of the rows wanted, and how many there are in all."""
    known = summary(library, *pair)
    _refuse_unknown(known.dataset, wanted)
    rows = _wanted_rows(library, known, wanted)
    skipped = sum(1 for _ in islice(rows, start))
    found = tuple(_change(library, known, *row) for row in islice(rows, most))
    more = known.total - skipped - len(found) if _is_plain(wanted) else sum(1 for _ in rows)
    return found, skipped + len(found) + more


def _is_plain(wanted: Wanted) -> bool:
    return wanted == Wanted()


def _refuse_unknown(dataset: Dataset, wanted: Wanted) -> None:
    if wanted.change and wanted.change not in CHANGES:
        raise BadInput(f"{wanted.change!r} is no change: expected one of {', '.join(CHANGES)}")
    if wanted.column and wanted.column not in dataset.index:
        raise BadInput(f"{dataset.id} has no column {wanted.column!r}: it has {', '.join(dataset.index)}")


def _wanted_rows(library: Library, known: Summary, wanted: Wanted) -> Iterator[tuple[Row | None, Row | None]]:
    asked = Asked(plain(wanted.begins), wanted.codes)
    spoken = _spoken(known.dataset, known.unsaid)
    everywhere = {known.dataset.index[item.name] + 1 for item in known.alike} if wanted.beyond_alike else set()
    only = known.dataset.index[wanted.column] + 1 if wanted.column else None
    for was, now in differences(library, library, known.dataset, (known.before, known.after), asked):
        if wanted.change and wanted.change != change_of(was, now):
            continue
        if was is None or now is None:
            if only is None:
                yield was, now
            continue
        differing = {at for at, item in spoken if differs(item, was[at], now[at])}
        if differing - everywhere and (only is None or only in differing):
            yield was, now


def _change(library: Library, known: Summary, was: Row | None, now: Row | None) -> Change:
    dataset, held = known.dataset, now or was or ()
    columns = [(dataset.index[name] + 1, dataset.columns[dataset.index[name]]) for name in dataset.key]
    key = tuple((label_of(item), shown(library, item, held[at] or None)) for at, item in columns)
    code = code_of(dataset.id, str(held[dataset.index[code_columns(dataset)[0]] + 1] or ""))
    cells = tuple(_cells(library, known, was, now))
    return Change(
        change_of(was, now),
        code,
        key,
        cells,
        library.found(dataset, was, known.before).source if was else None,
        library.found(dataset, now, known.after).source if now else None,
    )


def _cells(library: Library, known: Summary, was: Row | None, now: Row | None) -> Iterator[ChangedCell]:
    dataset = known.dataset
    for at, item in _spoken(dataset, known.unsaid):
        before, after = was[at] if was else None, now[at] if now else None
        both = was is not None and now is not None
        if not both and item.name in dataset.key:
            continue
        if not (differs(item, before, after) if both else before != after):
            continue
        if withheld(dataset, item):
            yield ChangedCell(item.name, label_of(item), WITHHELD if was else "", WITHHELD if now else "")
        else:
            yield ChangedCell(item.name, label_of(item), shown(library, item, before), shown(library, item, after))
